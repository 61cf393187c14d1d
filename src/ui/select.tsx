import type { JSX } from 'preact';
import { Wrong } from './wrong.tsx';

interface SelectProps {
  readonly label: string;
  readonly name: string;
  /** What stands there until something is chosen; left out, something is. */
  readonly prompt?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
  /** What is wrong with the choice, and what to do about it. */
  readonly wrong?: string | null;
}

/** A label, a list to choose one from, and what is to be said about it. */
export function Select({ label, name, prompt, options, chosen, wrong = null }: SelectProps): JSX.Element {
  const wrongId = `${name}-wrong`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        required
        {...(wrong !== null && { 'aria-describedby': wrongId, 'aria-invalid': true })}
      >
        {prompt !== undefined && <option value="">{prompt}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
      {wrong !== null && <Wrong id={wrongId}>{wrong}</Wrong>}
    </div>
  );
}
