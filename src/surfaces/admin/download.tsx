import type { JSX } from 'preact';
import type { House } from '../../house.ts';
import { csrfField } from '../../http/csrf.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';
import { mayLook } from '../../proving/reading.ts';
import { signedIn } from '../portal/scene.ts';
import type { Desk } from './scene.ts';

/** A button that takes along what the page shows, all pages of it. */
export const DownloadButton = ({
  desk,
  to,
  asked,
  children,
}: {
  desk: Desk;
  to: string;
  /** As it was asked for on the page. */
  asked: Readonly<Record<string, string>>;
  children: string;
}): JSX.Element => (
  <form method="post" action={to}>
    <input type="hidden" name={csrfField} value={desk.csrf} />
    {Object.entries(asked).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <button class="second" type="submit">
      {children}
    </button>
  </form>
);

/** For as long as they may look: whoever is shut out meanwhile gets no more of it. */
export async function* whileTheyMay(
  { gate }: House,
  asked: Asked,
  parts: AsyncIterable<string>,
): AsyncIterable<string> {
  for await (const part of parts) {
    if (!(await mayLook(gate, signedIn(asked)))) throw new Problem('not-found', 'no longer theirs to see');
    yield part;
  }
}
