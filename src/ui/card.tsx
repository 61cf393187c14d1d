import type { ComponentChildren, JSX } from 'preact';
import { Document, type Frame } from './document.tsx';
import { Doors, type Passage } from './doors.tsx';
import { Foot } from './foot.tsx';
import { words } from './words.ts';

interface CardProps {
  readonly frame: Frame;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly passage: Passage;
  /** The application at the end of the way. */
  readonly towards: string | null;
  readonly children: ComponentChildren;
}

/** One calm card: where the way leads, how far it is, what to do now. */
export function Card({ frame, title, lead, passage, towards, children }: CardProps): JSX.Element {
  const say = words[frame.language];
  return (
    <Document frame={frame} title={title}>
      <div class="gate">
        <main class="card stack">
          <header>
            <p class="for">
              {towards === null ? (
                <b>{frame.brand.name}</b>
              ) : (
                <>
                  {say.towards} <b>{towards}</b>
                </>
              )}
            </p>
            <Doors passage={passage} label={say.passage[passage]} />
          </header>
          <div class="headline">
            <h1>{title}</h1>
            {lead !== undefined && <p class="soft">{lead}</p>}
          </div>
          {children}
        </main>
        <Foot frame={frame} />
      </div>
    </Document>
  );
}
