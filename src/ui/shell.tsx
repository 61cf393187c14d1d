import type { ComponentChildren, JSX } from 'preact';
import { Document, type Frame } from './document.tsx';
import { Doors } from './doors.tsx';
import { Foot } from './foot.tsx';
import { Icon, type IconName } from './icons.tsx';
import { words } from './words.ts';

export interface Place {
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
}

/** How many milliseconds a session has left, and whether looking at a page prolongs it. */
export interface Ends {
  readonly within: number;
  readonly prolonged: boolean;
}

interface ShellProps {
  readonly frame: Frame;
  readonly title: string;
  readonly lead: ComponentChildren;
  /** What the navigation is called, and where it leads. */
  readonly label: string;
  readonly places: readonly Place[];
  readonly ending?: Ends | undefined;
  readonly children: ComponentChildren;
}

/** The pages behind the gate: where one can go at the side, one thing at a time in the middle. */
export const Shell = ({ frame, title, lead, label, places, ending, children }: ShellProps): JSX.Element => (
  <Document frame={frame} title={title}>
    <div class="shell">
      <nav aria-label={label}>
        <span class="home">
          <Doors passage={2} />
          {frame.brand.name}
        </span>
        {places.map(({ href, name, icon }) => (
          <a key={href} href={href} {...(href === frame.here && { 'aria-current': 'page' as const })}>
            <Icon name={icon} />
            {name}
          </a>
        ))}
      </nav>
      <main>
        <div class="headline">
          <h1>{title}</h1>
          <p class="soft">{lead}</p>
        </div>
        {children}
      </main>
      <Foot frame={frame} />
      {ending !== undefined && <Ending frame={frame} {...ending} />}
    </div>
  </Document>
);

const Ending = ({ frame, within, prolonged }: Ends & { frame: Frame }): JSX.Element => {
  const say = words[frame.language];
  return (
    <div class="ending" role="alert" data-ends-in={within} hidden>
      <p>{prolonged ? say.ending : say.endingForGood}</p>
      {prolonged && (
        <a class="button" href={frame.here}>
          {say.stay}
        </a>
      )}
    </div>
  );
};
