import type { JSX } from 'preact';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { Field } from '../../ui/field.tsx';
import { toldPage } from '../letter-pages.tsx';
import { words } from './words.ts';

/** Which address? */
export function askPage(
  frame: Frame,
  domains: readonly string[],
  again: { readonly typed: string; readonly because: 'malformed' | 'elsewhere' } | null,
): JSX.Element {
  const say = words[frame.language];
  const at = domains.join(say.ask.or);
  const lead = at === '' ? say.ask.lead : `${say.ask.lead} ${say.ask.at(at)}`;
  const wrong = again && (again.because === 'elsewhere' ? say.wrong.elsewhere(at) : say.wrong.malformed);
  return (
    <Card frame={frame} title={say.ask.title} lead={lead} passage={0} towards={null}>
      <form class="stack" method="post" action="/join">
        <Field
          label={say.ask.field}
          name="email"
          type="email"
          autocomplete="email"
          maxlength={254}
          autofocus
          value={again?.typed ?? ''}
          wrong={wrong}
        />
        <button class="wide" type="submit">
          {say.ask.go}
        </button>
      </form>
      <a class="button quiet wide" href="/sign-in">
        {say.ask.back}
      </a>
    </Card>
  );
}

/** Where the link of the letter leads: what are they called, whose mailbox it is? */
export function namePage(frame: Frame, email: string, to: string): JSX.Element {
  const say = words[frame.language].name;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <form class="stack" method="post" action={to}>
        <p class="act">{email}</p>
        <Field label={say.field} name="name" type="text" autocomplete="name" maxlength={100} autofocus />
        <button class="wide" type="submit">
          {say.go}
        </button>
      </form>
    </Card>
  );
}

const onwards = { sent: '/sign-in', gone: '/join', taken: '/sign-in' } as const;

export const tellPage = (frame: Frame, which: keyof typeof onwards): JSX.Element =>
  toldPage(frame, words[frame.language][which], {
    to: onwards[which],
    kind: which === 'sent' ? 'button second' : 'button',
  });
