import type { JSX } from 'preact';
import { Field } from '../../ui/field.tsx';
import { words } from './people-words.ts';
import type { Desk } from './scene.ts';

/** Asks why something is done to somebody: it is written down, and nothing is done without. */
export function Why({
  desk,
  typed = '',
  missing,
  autofocus = false,
}: {
  desk: Desk;
  /** As it was typed before. */
  typed?: string;
  /** Nobody said why. */
  missing: boolean;
  autofocus?: boolean;
}): JSX.Element {
  const { reason, noReason } = words[desk.frame.language].act;
  return (
    <Field
      label={reason}
      name="reason"
      type="text"
      autocomplete="off"
      maxlength={200}
      value={typed}
      autofocus={autofocus}
      wrong={missing ? noReason : null}
    />
  );
}
