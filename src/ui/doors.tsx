import type { JSX } from 'preact';

/** 0: nobody is known yet. 1: the first door stands open. 2: through both. */
export type Passage = 0 | 1 | 2;

/** Two doors in one gate, the only progress a sign-in shows. */
export const Doors = ({ passage, label }: { passage: Passage; label?: string | undefined }): JSX.Element => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label or is hidden, which the rule does not see through the spread
  <svg
    class="doors"
    viewBox="0 0 34 34"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    <path class={passage > 0 ? 'open' : ''} d="M3 32V16a14 14 0 0 1 28 0v16z" />
    <path class={passage > 1 ? 'through' : ''} d="M10 32V18.5a7 7 0 0 1 14 0V32z" />
  </svg>
);
