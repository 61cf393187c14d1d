import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import type { View } from '../../ui/view.ts';
import { words } from './words.ts';

/** Before anything happens: programs that look at every link in a mail get no further. */
export function introPage(frame: Frame, given: { to: string; method: string; name: string }): JSX.Element {
  const say = words[frame.language].intro;
  return (
    <Card frame={frame} title={say.title(given.method)} lead={say.lead(given.name)} passage={0} towards={null}>
      <form class="stack" method="post" action={given.to}>
        <button class="wide" type="submit">
          {say.go}
        </button>
      </form>
    </Card>
  );
}

export function setUpPage(
  frame: Frame,
  given: { to: string; csrf: string; view: View; wrong: string | null },
): JSX.Element {
  const { title, lead, body, button } = given.view(frame.language, given.wrong);
  return (
    <Card frame={frame} title={title} lead={lead} passage={0} towards={null}>
      <form class="stack" method="post" action={given.to}>
        <input type="hidden" name={csrfField} value={given.csrf} />
        {body}
        <button class="wide" type="submit">
          {button ?? words[frame.language].save}
        </button>
      </form>
    </Card>
  );
}

export function tellPage(frame: Frame, which: 'done' | 'gone'): JSX.Element {
  const say = words[frame.language][which];
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <a class="button wide" href="/sign-in">
        {say.on}
      </a>
    </Card>
  );
}
