import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import { confirmPage, sendPage } from '../../otp/code-page.tsx';
import type { Stage } from '../../otp/confirming.ts';
import { refusals } from '../../otp/words.ts';
import type { Came } from '../../proving/addresses.ts';
import type { Frame } from '../../ui/document.tsx';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import type { Said } from '../../ui/view.ts';
import { pressPage, toldPage } from '../letter-pages.tsx';
import { Page, type Scene } from '../portal/pages.tsx';
import { words } from './words.ts';

/** Why a form did not lead on, and how long to wait until it can. */
export type Hitch = Pick<Came & { is: 'again' }, 'because' | 'wait'>;

/** Where to, or the code that was sent there. @param now the address that is theirs; null when they have none */
export function changePage(scene: Scene, now: string | null, stage: Stage, hitch: Hitch | null): JSX.Element {
  const { language } = scene.frame;
  const say = words[language].change;
  const { title, lead, body, also, button } = saidAt(stage, language, now, hitch);
  return (
    <Page scene={scene} title={title} lead={lead}>
      <form class="stack" method="post" action="/account/address">
        <input type="hidden" name={csrfField} value={scene.csrf} />
        {body}
        <div class="bar">
          <button type="submit">{button ?? say.go}</button>
          <a class="button second" href="/account">
            {say.back}
          </a>
        </div>
        {also}
      </form>
    </Page>
  );
}

function saidAt(stage: Stage, language: Language, now: string | null, hitch: Hitch | null): Said {
  const say = words[language].change;
  const wrong = hitch === null ? null : wrongIn(stage, language, hitch);
  if (stage.is === 'sent')
    return confirmPage({ en: words.en.change, de: words.de.change }, stage.recipient, stage.waiting)(language, wrong);
  const { address = '' } = stage.typed;
  return sendPage(language, {
    title: say.title,
    lead: now === null ? say.none : say.lead(<bdi dir="ltr">{now}</bdi>),
    body: (
      <Field
        label={say.field}
        name="address"
        type="email"
        autocomplete="email"
        maxlength={254}
        value={address}
        autofocus
        wrong={wrong}
      />
    ),
  });
}

/** What is wrong with an address, or with a code, which are told apart by where they are typed. */
function wrongIn(stage: Stage, language: Language, { because, wait = 0 }: Hitch): string | null {
  const say = words[language].change;
  if (because === 'malformed' && stage.is === 'where') return say.noAddress;
  if (because === 'same' || because === 'taken' || because === 'unavailable') return say[because];
  const told: Partial<Record<string, (wait: number) => string>> = refusals[language];
  return told[because]?.(wait) ?? null;
}

/** Nobody could confirm an address here. */
export function noMailPage(scene: Scene): JSX.Element {
  const say = words[scene.frame.language].change;
  return (
    <Page scene={scene} title={say.title} lead={say.noMail}>
      <div class="bar">
        <a class="button second" href="/account">
          {say.toAccount}
        </a>
      </div>
    </Page>
  );
}

/** Where the letter to the address before leads: one button. */
export const undoPage = (frame: Frame, to: string): JSX.Element => pressPage(frame, words[frame.language].undo.ask, to);

const onwards = { back: '/recover', taken: '/sign-in', gone: '/sign-in' } as const;

export const undonePage = (frame: Frame, which: keyof typeof onwards): JSX.Element =>
  toldPage(frame, words[frame.language].undo[which], { to: onwards[which], kind: 'button' });
