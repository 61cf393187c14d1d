import type { JSX } from 'preact';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import type { Reason } from './refused.ts';
import { words } from './words.ts';

/** A message of ours, on its way to an application in the person's browser: by itself, or by a button (Bindings 3.5.4). */
export interface Carried {
  readonly to: string;
  readonly application: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function carryPage(frame: Frame, { to, application, fields }: Carried): JSX.Element {
  const say = words[frame.language].on;
  return (
    <Card frame={frame} title={say.title} lead={say.lead(application)} passage={2} towards={application}>
      <form class="stack" method="post" action={to} data-carry>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button class="wide" type="submit">
          {say.go(application)}
        </button>
      </form>
    </Card>
  );
}

/** A message that is not answered to the application: nothing in it says safely where to. */
export function refusedPage(frame: Frame, because: Reason): JSX.Element {
  const say = words[frame.language].wrong;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <p class="soft small">
        {say.hint(say.because[because])} (<code>saml:{because}</code>)
      </p>
    </Card>
  );
}
