import type { JSX } from 'preact';
import { Field } from './field.tsx';

/** One field for the whole code: it takes a paste with spaces and keeps leading zeros. */
export const CodeField = ({
  label,
  digits,
  wrong,
  autofocus = true,
}: {
  label: string;
  digits: number;
  wrong: string | null;
  /** Where there is something to read first, the field waits. */
  autofocus?: boolean;
}): JSX.Element => (
  <Field
    label={label}
    name="code"
    class="code"
    type="text"
    inputmode="numeric"
    autocomplete="one-time-code"
    maxlength={digits * 2}
    digits={digits}
    autofocus={autofocus}
    wrong={wrong}
  />
);
