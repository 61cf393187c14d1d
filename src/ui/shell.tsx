import type { ComponentChildren, JSX } from 'preact';
import { Document, type Frame } from './document.tsx';
import { Doors } from './doors.tsx';
import { languages } from './language.ts';
import { words } from './words.ts';

export interface Place {
  readonly href: string;
  readonly name: string;
}

interface ShellProps {
  readonly frame: Frame;
  readonly title: string;
  readonly lead: string;
  /** What the navigation is called, and where it leads. */
  readonly label: string;
  readonly places: readonly Place[];
  readonly children: ComponentChildren;
}

/** The pages behind the gate: where one can go at the side, one thing at a time in the middle. */
export const Shell = ({ frame, title, lead, label, places, children }: ShellProps): JSX.Element => (
  <Document frame={frame} title={title}>
    <div class="shell">
      <nav aria-label={label}>
        <span class="home">
          <Doors passage={2} />
          Sallyport
        </span>
        {places.map(({ href, name }) => (
          <a key={href} href={href} {...(href === frame.here && { 'aria-current': 'page' as const })}>
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
      <footer class="foot">
        {languages
          .filter((language) => language !== frame.language)
          .map((language) => (
            <a
              key={language}
              href={`/language/${language}?from=${encodeURIComponent(frame.here)}`}
              lang={language}
              hreflang={language}
            >
              {words[language].itself}
            </a>
          ))}
      </footer>
    </div>
  </Document>
);
