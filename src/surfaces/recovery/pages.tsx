import type { JSX } from 'preact';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { Field } from '../../ui/field.tsx';
import { words } from './words.ts';

/** Which name? The only thing that is asked of somebody who forgot the rest. */
export function askPage(frame: Frame): JSX.Element {
  const say = words[frame.language].ask;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <form class="stack" method="post" action="/recover">
        <Field label={say.field} name="username" type="text" autocomplete="username" maxlength={254} autofocus />
        <button class="wide" type="submit">
          {say.go}
        </button>
      </form>
      <a class="button quiet wide" href="/sign-in">
        {say.back}
      </a>
    </Card>
  );
}

/** Where a link of a mail leads: one button. */
export function buttonPage(frame: Frame, which: 'begin' | 'stop', to: string): JSX.Element {
  const say = words[frame.language][which];
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <form class="stack" method="post" action={to}>
        <button class="wide" type="submit">
          {say.go}
        </button>
      </form>
    </Card>
  );
}

const onwards = { sent: '/sign-in', stopped: '/sign-in', gone: '/recover' } as const;

export function tellPage(frame: Frame, which: 'sent' | 'stopped' | 'gone'): JSX.Element {
  const say = words[frame.language][which];
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <a class="button second wide" href={onwards[which]}>
        {say.on}
      </a>
    </Card>
  );
}
