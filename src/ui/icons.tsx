import type { JSX } from 'preact';

/** Drawn for 21 x 21, one stroke, in the colour of the text beside them. */
const paths = {
  password: ['M4 9h13v9H4z', 'M7 9V6.5a3.5 3.5 0 0 1 7 0V9'],
  phone: ['M8 2.5h5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2z', 'M9.5 16h2'],
  list: ['M7 5h11M7 10.5h11M7 16h11', 'M3 5h.01M3 10.5h.01M3 16h.01'],
  person: ['M10.5 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M3.5 18.5c.8-3.6 3.6-5.5 7-5.5s6.2 1.9 7 5.5'],
  screen: ['M3 4h15v10H3z', 'M7.5 18h6M10.5 14v4'],
  out: ['M8 3H4v15h4', 'M13 6.5 17 10.5l-4 4', 'M17 10.5H8'],
  warning: ['M10.5 3 19 18H2z', 'M10.5 8.5v4M10.5 15.3v.01'],
  done: ['M4 11l4.5 4.5L17 6'],
} as const;

export type IconName = keyof typeof paths;

export const Icon = ({ name }: { name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 21 21" aria-hidden="true">
    {paths[name].map((d) => (
      <path key={d} d={d} />
    ))}
  </svg>
);
