import type { JSX } from 'preact';

/** The letter of a name in a circle, for eyes only: the name stands beside it. */
export const Face = ({ name, big = false }: { name: string; big?: boolean }): JSX.Element => (
  <span class={big ? 'face big' : 'face'} aria-hidden="true">
    {[...name][0]?.toUpperCase()}
  </span>
);
