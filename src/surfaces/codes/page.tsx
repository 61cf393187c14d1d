import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { words } from './words.ts';

/** After a sign-in with one of the last codes: new ones, or on to where the person was going. */
export function fewPage(frame: Frame, { left, csrf, to }: { left: number; csrf: string; to: string }): JSX.Element {
  const say = words[frame.language];
  return (
    <Card frame={frame} title={say.title(left)} lead={say.lead} passage={2} towards={null}>
      <form class="stack" method="post" action="/codes">
        <input type="hidden" name={csrfField} value={csrf} />
        <input type="hidden" name="to" value={to} />
        <button class="wide" type="submit">
          {say.more}
        </button>
      </form>
      <a class="button quiet wide" href={to}>
        {say.on}
      </a>
    </Card>
  );
}

/** With new ones stored. A page, for a form that leads to an application ends at it (`form-action` of its policy). */
export function enoughPage(frame: Frame, to: string): JSX.Element {
  const say = words[frame.language].enough;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={2} towards={null}>
      <a class="button wide" href={to}>
        {say.on}
      </a>
    </Card>
  );
}
