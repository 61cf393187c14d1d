import type { JSX } from 'preact';
import type { Change } from '../../core/proof-tickets/store.ts';
import { csrfField } from '../../http/csrf.ts';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { words } from './words.ts';

/** What was about to be sent, named, and sent by one press: a page that is only looked at changes nothing. */
export function goOnPage(frame: Frame, csrf: string, { path, form, act, from }: Change): JSX.Element {
  const say = words[frame.language];
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={2} towards={null}>
      <p class="act">{act.charAt(0).toUpperCase() + act.slice(1)}</p>
      <form class="stack" method="post" action={path}>
        <input type="hidden" name={csrfField} value={csrf} />
        {Object.entries(form).map(([name, value]) => (
          <input type="hidden" key={name} name={name} value={value} />
        ))}
        <button class="wide" type="submit">
          {say.go}
        </button>
      </form>
      <a class="button quiet wide" href={from}>
        {say.cancel}
      </a>
    </Card>
  );
}
