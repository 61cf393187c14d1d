import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

/** Copies a text where scripts run, and says so. */
export const CopyButton = ({
  id,
  text,
  label,
  copied,
}: {
  id: string;
  text: string;
  label: string;
  copied: string;
}): JSX.Element => (
  <>
    <button class="second scripted" type="button" data-copy={text} data-copied={copied} aria-describedby={id}>
      {label}
    </button>
    <span class="small soft" id={id} role="status" />
  </>
);

/** Prints the page where scripts run; the style sheet keeps what belongs on paper. */
export const PrintButton = ({ label }: { label: string }): JSX.Element => (
  <button class="second scripted" type="button" data-print>
    {label}
  </button>
);

/** Shows what is typed into a password field, where scripts run. */
export const RevealButton = ({ field, label }: { field: string; label: string }): JSX.Element => (
  <button
    class="reveal scripted"
    type="button"
    data-reveal={field}
    aria-controls={field}
    aria-pressed="false"
    aria-label={label}
    title={label}
  >
    <Icon name="eye" />
  </button>
);
