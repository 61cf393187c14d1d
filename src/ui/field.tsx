import type { JSX } from 'preact';
import { RevealButton } from './tools.tsx';
import { Wrong } from './wrong.tsx';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: 'text' | 'password';
  readonly autocomplete: string;
  readonly class?: string;
  readonly value?: string;
  readonly inputmode?: 'numeric' | 'email';
  readonly maxlength?: number;
  readonly autofocus?: boolean;
  readonly hint?: string;
  /** The number of digits after which the form sends itself, where scripts run. */
  readonly digits?: number;
  /** For a password: the words on the button that shows it. */
  readonly reveal?: string;
  /** What is wrong with what was typed, and what to do about it. */
  readonly wrong?: string | null;
}

/** A label, an input, and what is to be said about it, tied together for whoever does not see them side by side. */
export function Field({ label, name, hint, wrong, digits, reveal, ...input }: FieldProps): JSX.Element {
  const hintId = hint === undefined ? null : `${name}-hint`;
  const wrongId = wrong ? `${name}-wrong` : null;
  const about = [hintId, wrongId].filter((id) => id !== null).join(' ');
  // The library types an input by its `type`; here it is a value, so the attributes go in as one.
  const attributes = {
    ...input,
    ...(digits && { 'data-digits': digits }),
    ...(about && { 'aria-describedby': about }),
    ...(wrongId && { 'aria-invalid': true }),
  };
  const field = <input id={name} name={name} required {...(attributes as object)} />;
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
      {hintId && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      {wrongId && wrong && <Wrong id={wrongId}>{wrong}</Wrong>}
    </div>
  );
}
