import type { JSX } from 'preact';

/** The letter of a name in a circle, for eyes only: the name stands beside it. */
export const Face = ({ name }: { name: string }): JSX.Element => (
  <span class="face" aria-hidden="true">
    {[...name][0]?.toUpperCase()}
  </span>
);
