import type { JSX } from 'preact';
import { isScope, scopeWords } from '../../core/applications/words.ts';
import { csrfField } from '../../http/csrf.ts';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { words } from './words.ts';

interface Asking {
  readonly frame: Frame;
  readonly csrf: string;
  /** Where the form goes. */
  readonly to: string;
  readonly application: string | null;
}

/** What an application wants to know, in plain words, and two answers of the same weight. */
export function consentPage({ frame, csrf, to, application }: Asking, scopes: readonly string[]): JSX.Element {
  const say = words[frame.language].consent;
  const name = application ?? '';
  return (
    <Card frame={frame} title={say.title(name)} lead={say.lead(name)} passage={2} towards={application}>
      <ul>
        {scopes.filter(isScope).map((scope) => (
          <li key={scope}>{scopeWords[frame.language][scope]}</li>
        ))}
      </ul>
      <form class="stack" method="post" action={to}>
        <input type="hidden" name={csrfField} value={csrf} />
        <button class="wide" type="submit" name="answer" value="allow">
          {say.allow}
        </button>
        <button class="wide second" type="submit" name="answer" value="refuse">
          {say.refuse}
        </button>
      </form>
      <p class="soft small">{say.later}</p>
    </Card>
  );
}

/** Asked where an application cannot show that it speaks for this person: a link elsewhere signs nobody out. */
export function signOutPage(
  { frame, csrf, to, application }: Asking,
  hidden: Readonly<Record<string, string>>,
): JSX.Element {
  const say = words[frame.language].signOut;
  return (
    <Card frame={frame} title={say.title} lead={say.lead(application)} passage={2} towards={null}>
      <form class="stack" method="post" action={to}>
        <input type="hidden" name={csrfField} value={csrf} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button class="wide" type="submit">
          {say.out}
        </button>
      </form>
      <a class="button second wide" href="/account">
        {say.stay}
      </a>
    </Card>
  );
}

export function signedOutPage(frame: Frame): JSX.Element {
  const say = words[frame.language].signedOut;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <a class="button wide" href="/sign-in">
        {say.again}
      </a>
    </Card>
  );
}

/** A request that cannot be answered to the application, because nothing in it says where that safely is. */
export function wrongRequestPage(frame: Frame, error: string): JSX.Element {
  const say = words[frame.language].wrong;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <p class="soft small">{say.hint(error)}</p>
    </Card>
  );
}
