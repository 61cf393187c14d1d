import type { JSX } from 'preact';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { Field } from '../../ui/field.tsx';
import { pressPage, toldPage } from '../letter-pages.tsx';
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
export const buttonPage = (frame: Frame, which: 'begin' | 'stop', to: string): JSX.Element =>
  pressPage(frame, words[frame.language][which], to);

const onwards = { sent: '/sign-in', stopped: '/sign-in', gone: '/recover' } as const;

export const tellPage = (frame: Frame, which: keyof typeof onwards): JSX.Element =>
  toldPage(frame, words[frame.language][which], { to: onwards[which], kind: 'button second' });
