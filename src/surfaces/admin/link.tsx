import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import type { Instant } from '../../kernel/clock.ts';
import { Field } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { CopyButton } from '../../ui/tools.tsx';
import { words } from './link-words.ts';
import { Page } from './page.tsx';
import type { Desk } from './scene.ts';
import { Why } from './why.tsx';

/** Somebody who is about to be added, as it was typed. */
export interface Typed {
  readonly username: string;
  readonly email: string;
  readonly name: string;
  readonly groups: string;
  readonly reason: string;
}

/** @param hindrance why it was not done */
export function addPage(desk: Desk, typed: Typed, hindrance: 'why' | 'taken' | 'malformed' | null): JSX.Element {
  const { language } = desk.frame;
  const { add: say, hindered } = words[language];
  const fields = { username: say.username, email: say.email, name: say.called, groups: say.groups };
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      {hindrance !== null && hindrance !== 'why' && <Note>{hindered[hindrance]}</Note>}
      <form class="stack" method="post" action="/admin/people/add">
        <input type="hidden" name={csrfField} value={desk.csrf} />
        {(Object.keys(fields) as (keyof typeof fields)[]).map((name) => (
          <Field
            key={name}
            label={fields[name]}
            name={name}
            type={name === 'email' ? 'email' : 'text'}
            autocomplete="off"
            maxlength={254}
            value={typed[name]}
            autofocus={name === 'username'}
            {...(name !== 'username' && { optional: true })}
          />
        ))}
        <Why desk={desk} typed={typed.reason} missing={hindrance === 'why'} />
        <div class="bar">
          <button type="submit">{say.go}</button>
          <a class="button second" href="/admin/people">
            {say.back}
          </a>
        </div>
      </form>
    </Page>
  );
}

/** The link, this once. */
export function linkPage(
  desk: Desk,
  { whom, to, until, now, back }: { whom: string; to: string; until: Instant; now: Instant; back: string },
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].made;
  return (
    <Page desk={desk} title={say.title} lead={say.lead(whom, <Time language={language} at={until} now={now} />)}>
      <code class="secret">{to}</code>
      <div class="bar">
        <CopyButton id="copied" text={to} label={say.copy} copied={say.copied} />
        <a class="button" href={back}>
          {say.on}
        </a>
      </div>
    </Page>
  );
}
