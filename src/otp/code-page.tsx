import type { ComponentChildren, JSX } from 'preact';
import { type Instant, minutes } from '../kernel/clock.ts';
import { CodeField } from '../ui/code-field.tsx';
import type { InEveryLanguage, Language } from '../ui/language.ts';
import { Hour } from '../ui/time.tsx';
import type { Said, View } from '../ui/view.ts';
import { Wrong } from '../ui/wrong.tsx';
import { pages } from './words.ts';

/** Where the sending of codes stands, for one person in one attempt. */
export interface Waiting {
  /** Until when the code that was sent works; null when there is none. */
  readonly until: Instant | null;
  /** Milliseconds until another may be sent; 0: now. */
  readonly wait: number;
  readonly now: Instant;
}

/** What differs from one way of sending to another, where a code is typed; a lead names where it went between its parts. */
interface TypeWords {
  readonly codeTitle: string;
  readonly codeLead: readonly string[];
}
/** And where it is asked for. */
interface AskWords extends TypeWords {
  readonly sendTitle: string;
  readonly sendLead: readonly string[];
}

/** The page whose one button sends a code. */
export const sendPage = (language: Language, { body, ...said }: Omit<Said, 'button' | 'also'>): Said => ({
  ...said,
  body: (
    <>
      <input type="hidden" name="send" value="yes" />
      {body}
    </>
  ),
  button: pages[language].send,
});

/** At a sign-in: sends one, or takes the one that was sent. */
export const askPage =
  (words: InEveryLanguage<AskWords>, masked: string, waiting: Waiting): View =>
  (language, wrong) => {
    const { sendTitle, sendLead } = words[language];
    if (waiting.until !== null) return typePage(language, { words: words[language], to: masked, waiting, wrong });
    return sendPage(language, {
      title: sendTitle,
      lead: naming(sendLead, masked),
      body: wrong === null ? <Patience language={language} {...waiting} /> : <Wrong id="send-wrong">{wrong}</Wrong>,
    });
  };

/** At a set-up: takes the one that was sent, or goes back to where it should go. */
export const confirmPage =
  (words: InEveryLanguage<TypeWords & { readonly elsewhere: string }>, recipient: string, waiting: Waiting): View =>
  (language, wrong) => {
    const elsewhere = (
      <button class="quiet wide" type="submit" name="elsewhere" value="yes" formnovalidate>
        {words[language].elsewhere}
      </button>
    );
    return typePage(language, { words: words[language], to: recipient, waiting, wrong }, elsewhere);
  };

interface Typed {
  readonly words: TypeWords;
  readonly to: string;
  readonly waiting: Waiting;
  readonly wrong: string | null;
}

/** A code is on its way. @param also what stands below "Send a new code" */
function typePage(language: Language, { words, to, waiting, wrong }: Typed, also: ComponentChildren = null): Said {
  const say = pages[language];
  const { until, now } = waiting;
  return {
    title: words.codeTitle,
    lead: (
      <>
        {naming(words.codeLead, to)} {say.until[0]}
        <Hour language={language} at={until ?? now} />
        {say.until[1]}
      </>
    ),
    body: <CodeField label={say.code} digits={6} wrong={wrong} />,
    also: (
      <div class="also">
        <button class="quiet wide" type="submit" name="send" value="yes" formnovalidate data-sends>
          {say.again}
        </button>
        <Patience language={language} {...waiting} />
        {also}
      </div>
    ),
  };
}

const naming = ([before, after]: readonly string[], recipient: string): JSX.Element => (
  <>
    {before}
    <bdi dir="ltr">{recipient}</bdi>
    {after}
  </>
);

/** From when on another can be sent, by the hour; where scripts run, counted down, and at the end said aloud, once. */
function Patience({ language, wait, now }: Waiting & { language: Language }): JSX.Element | null {
  if (wait === 0) return null;
  const say = pages[language];
  // A minute that has begun is not over: what is promised for an hour holds in its first second.
  const from = (Math.ceil((now + wait) / minutes(1)) * minutes(1)) as Instant;
  return (
    <>
      <p class="hint" data-counts={say.counting.join('#')} data-ready={say.ready} data-wait={wait}>
        {say.from[0]}
        <Hour language={language} at={from} />
        {say.from[1]}
      </p>
      <p class="hint" role="status" />
    </>
  );
}
