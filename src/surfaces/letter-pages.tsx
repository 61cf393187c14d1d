import type { JSX } from 'preact';
import { Card } from '../ui/card.tsx';
import type { Frame } from '../ui/document.tsx';

/** Where a link of a letter leads: one button, so that whoever only looks at links does nothing by it. */
export const pressPage = (
  frame: Frame,
  say: { readonly title: string; readonly lead: string; readonly go: string },
  to: string,
): JSX.Element => (
  <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
    <form class="stack" method="post" action={to}>
      <button class="wide" type="submit">
        {say.go}
      </button>
    </form>
  </Card>
);

/** What came of it, and the way on. */
export const toldPage = (
  frame: Frame,
  say: { readonly title: string; readonly lead: string; readonly on: string },
  { to, kind }: { readonly to: string; readonly kind: 'button' | 'button second' },
): JSX.Element => (
  <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
    <a class={`${kind} wide`} href={to}>
      {say.on}
    </a>
  </Card>
);
