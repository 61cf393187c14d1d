import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Hindrance } from '../../proving/temporary-codes.ts';
import { Field } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { Panel, Row } from '../portal/pages.tsx';
import { words } from './code-words.ts';
import { Page } from './page.tsx';
import { words as acts } from './people-words.ts';
import type { Desk } from './scene.ts';
import { Why } from './why.tsx';

/** Whom a code is for, and how far it has come. */
export interface Call {
  readonly whom: string;
  /** Where the number goes. */
  readonly address: string;
  /** Their page; this page is below it. */
  readonly back: string;
  readonly isSent: boolean;
  /** Why, as it was typed before. */
  readonly typed: string;
}

/** First the number that the caller reads back; then why, and the code. */
export function callPage(
  desk: Desk,
  { whom, address, back, isSent, typed }: Call,
  hindrance: Hindrance | 'why' | null,
): JSX.Element {
  const say = words[desk.frame.language];
  const { told, back: leave } = acts[desk.frame.language].act;
  const { lead, send, again, sent, badge } = say.check;
  const onItsWay = { text: badge, tone: 'good' } as const;
  const wrong = hindrance === 'wrong' ? say.hindered.wrong : null;
  return (
    <Page desk={desk} title={say.title(whom)} lead={say.lead}>
      {hindrance !== null && hindrance !== 'why' && hindrance !== 'wrong' && <Note>{say.hindered[hindrance]}</Note>}
      <Panel title={say.check.title}>
        <Row icon="mail" name={address} {...(isSent && { badge: onItsWay })} about={isSent ? sent : lead}>
          <form class="bar" method="post" action={`${back}/code/number`}>
            <input type="hidden" name={csrfField} value={desk.csrf} />
            <button class={isSent ? 'second' : ''} type="submit">
              {isSent ? again : send}
            </button>
          </form>
        </Row>
      </Panel>
      {isSent && (
        <form class="stack" method="post" action={`${back}/code`}>
          <input type="hidden" name={csrfField} value={desk.csrf} />
          <Field
            label={say.number}
            name="number"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            maxlength={12}
            autofocus
            wrong={wrong}
          />
          <Why desk={desk} typed={typed} missing={hindrance === 'why'} />
          <p class="hint">{told}</p>
          <div class="bar">
            <button type="submit">{say.give}</button>
            <a class="button second" href={back}>
              {leave}
            </a>
          </div>
        </form>
      )}
    </Page>
  );
}

/** The code, this once: in groups, as it is read out. */
export function codePage(
  desk: Desk,
  { whom, back }: Pick<Call, 'whom' | 'back'>,
  { code, until, now }: { readonly code: string; readonly until: Instant; readonly now: Instant },
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].shown;
  return (
    <Page desk={desk} title={say.title} lead={say.lead(whom, <Time language={language} at={until} now={now} />)}>
      <p class="spoken">{code.replace(/^(\d{4})/, '$1 ')}</p>
      <p class="hint">{say.told}</p>
      <div class="bar">
        <a class="button" href={back}>
          {say.on}
        </a>
      </div>
    </Page>
  );
}
