import type { JSX } from 'preact';
import { Wrong } from './wrong.tsx';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Options that belong together, under a name. */
interface Group {
  readonly label: string;
  readonly options: readonly Option[];
}

interface SelectProps {
  readonly label: string;
  readonly name: string;
  /** What stands there until something is chosen; left out, something is. */
  readonly prompt?: string;
  readonly options: readonly (Option | Group)[];
  readonly chosen: string;
  /** Nothing need be chosen. */
  readonly optional?: true;
  /** What is wrong with the choice, and what to do about it. */
  readonly wrong?: string | null;
}

/** A label, a list to choose one from, and what is to be said about it. */
export function Select({ label, name, prompt, options, chosen, optional, wrong = null }: SelectProps): JSX.Element {
  const wrongId = `${name}-wrong`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        required={!optional}
        {...(wrong !== null && { 'aria-describedby': wrongId, 'aria-invalid': true })}
      >
        {prompt !== undefined && <option value="">{prompt}</option>}
        {options.map((one) =>
          'options' in one ? (
            <optgroup key={one.label} label={one.label}>
              {one.options.map((option) => optionOf(option, chosen))}
            </optgroup>
          ) : (
            optionOf(one, chosen)
          ),
        )}
      </select>
      {wrong !== null && <Wrong id={wrongId}>{wrong}</Wrong>}
    </div>
  );
}

const optionOf = ({ value, label }: Option, chosen: string): JSX.Element => (
  <option key={value} value={value} selected={value === chosen}>
    {label}
  </option>
);
