import type { JSX } from 'preact';

/** Drawn for 21 x 21, one stroke, in the colour of the text beside them. */
const paths = {
  password: ['M6 9h9a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z', 'M7 9V6.5a3.5 3.5 0 0 1 7 0V9'],
  phone: ['M8 2.5h5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2z', 'M9.5 16h2'],
  mail: [
    'M4.5 5h12A1.5 1.5 0 0 1 18 6.5v8a1.5 1.5 0 0 1-1.5 1.5h-12A1.5 1.5 0 0 1 3 14.5v-8A1.5 1.5 0 0 1 4.5 5z',
    'M3.5 6.5l7 5 7-5',
  ],
  message: [
    'M4.5 4h12A1.5 1.5 0 0 1 18 5.5v7a1.5 1.5 0 0 1-1.5 1.5H10l-4 3.5V14H4.5A1.5 1.5 0 0 1 3 12.5v-7A1.5 1.5 0 0 1 4.5 4z',
    'M7 9h.01M10.5 9h.01M14 9h.01',
  ],
  list: ['M7 5h11M7 10.5h11M7 16h11', 'M3 5h.01M3 10.5h.01M3 16h.01'],
  signpost: ['M6.5 3v15', 'M6.5 4.5h8L17.5 8l-3 3.5h-8z'],
  person: ['M10.5 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M3.5 18.5c.8-3.6 3.6-5.5 7-5.5s6.2 1.9 7 5.5'],
  people: [
    'M8 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
    'M2.5 17.5c.6-3 2.7-4.6 5.5-4.6s4.9 1.6 5.5 4.6',
    'M13.5 4.3a3 3 0 0 1 0 5.4M15.6 13.3c1.6.7 2.6 2.1 3 4.2',
  ],
  screen: [
    'M4.5 4h12A1.5 1.5 0 0 1 18 5.5v7a1.5 1.5 0 0 1-1.5 1.5h-12A1.5 1.5 0 0 1 3 12.5v-7A1.5 1.5 0 0 1 4.5 4z',
    'M7.5 18h6M10.5 14v4',
  ],
  window: [
    'M4.5 4h12A1.5 1.5 0 0 1 18 5.5v10a1.5 1.5 0 0 1-1.5 1.5h-12A1.5 1.5 0 0 1 3 15.5v-10A1.5 1.5 0 0 1 4.5 4z',
    'M3 8h15M6 6h.01',
  ],
  warning: ['M10.5 3 19 18H2z', 'M10.5 8.5v4M10.5 15.3v.01'],
  chart: ['M3.5 17.5h14', 'M5.5 14.5v-4M10.5 14.5v-9M15.5 14.5v-6'],
  sliders: [
    'M3.5 7h5.5M13 7h4.5M3.5 14h2.5M10 14h7.5',
    'M11 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
    'M8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  ],
  grid: ['M4 4h5v5H4z', 'M12 4h5v5h-5z', 'M4 12h5v5H4z', 'M12 12h5v5h-5z'],
  home: ['M3 10l7.5-6.5L18 10', 'M5 8.5V18h11V8.5'],
  key: ['M13.5 11.5a4.5 4.5 0 1 0-4.2-2.8L3 15v3h3v-2h2v-2h1.5l1.8-1.8a4.5 4.5 0 0 0 2.2.3z', 'M14.5 6.5h.01'],
  question: [
    'M10.5 18a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z',
    'M8.3 8.4a2.3 2.3 0 1 1 3.4 2c-.8.5-1.2 1-1.2 1.8M10.5 14.6v.01',
  ],
  token: [
    'M5.5 5h10A2.5 2.5 0 0 1 18 7.5v6a2.5 2.5 0 0 1-2.5 2.5h-10A2.5 2.5 0 0 1 3 13.5v-6A2.5 2.5 0 0 1 5.5 5z',
    'M6 8.5h6v4H6z',
    'M15.2 10.5h.01',
  ],
  eye: [
    'M1.5 10.5S4.5 5 10.5 5s9 5.5 9 5.5-3 5.5-9 5.5-9-5.5-9-5.5z',
    'M10.5 13a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
    'M3.5 3.5l14 14',
  ],
} as const;

export type IconName = keyof typeof paths;

/** One of ours, or a maker's mark: a path drawn for 24 x 24. */
export type Picture = IconName | { readonly mark: string };

export const Icon = ({ name }: { name: Picture }): JSX.Element =>
  typeof name === 'string' ? (
    <svg class="icon" viewBox="0 0 21 21" aria-hidden="true">
      {paths[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  ) : (
    <svg class="icon mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d={name.mark} />
    </svg>
  );
