import type { JSX } from 'preact';
import { RevealButton } from './tools.tsx';
import { Wrong } from './wrong.tsx';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: 'text' | 'password' | 'email' | 'tel' | 'date';
  readonly autocomplete: string;
  readonly class?: string;
  readonly value?: string;
  readonly inputmode?: 'numeric';
  readonly maxlength?: number;
  readonly autofocus?: boolean;
  /** It may be left empty. */
  readonly optional?: true;
  /** The number of digits after which the form sends itself, where scripts run. */
  readonly digits?: number;
  /** For a password: the words on the button that shows it. */
  readonly reveal?: string;
  /** What is wrong with what was typed, and what to do about it. */
  readonly wrong?: string | null;
}

/** A label, an input, and what is to be said about it, tied together for whoever does not see them side by side. */
export function Field({ label, name, wrong, digits, reveal, optional, ...input }: FieldProps): JSX.Element {
  const wrongId = wrong ? `${name}-wrong` : null;
  // The library types an input by its `type`; here it is a value, so the attributes go in as one.
  const attributes = {
    ...input,
    ...(digits && { 'data-digits': digits }),
    ...(wrongId && { 'aria-describedby': wrongId, 'aria-invalid': true }),
  };
  const field = <input id={name} name={name} required={!optional} {...(attributes as object)} />;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {reveal === undefined ? (
        field
      ) : (
        <div class="secret-field">
          {field}
          <RevealButton field={name} label={reveal} />
        </div>
      )}
      {wrongId && wrong && <Wrong id={wrongId}>{wrong}</Wrong>}
    </div>
  );
}
