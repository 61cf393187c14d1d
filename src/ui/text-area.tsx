import type { JSX } from 'preact';

/** A label, and room for many lines of code: what is typed there is neither corrected nor capitalised. */
export const TextArea = ({
  label,
  name,
  rows,
  maxlength,
  value,
  wrong,
}: {
  label: string;
  name: string;
  rows: number;
  maxlength: number;
  value: string;
  /** The id of what is said to be wrong with it; null: nothing is. */
  wrong: string | null;
}): JSX.Element => (
  <div class="field">
    <label for={name}>{label}</label>
    <textarea
      id={name}
      name={name}
      rows={rows}
      maxlength={maxlength}
      required
      spellcheck={false}
      autocapitalize="off"
      autocomplete="off"
      wrap="off"
      {...(wrong !== null && { 'aria-describedby': wrong, 'aria-invalid': true as const })}
    >
      {value}
    </textarea>
  </div>
);
