import type { JSX } from 'preact';
import type { Person } from '../../core/accounts/people.ts';
import { calledOf } from '../../house.ts';
import { csrfField } from '../../http/csrf.ts';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import { Note } from '../../ui/note.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { Select } from '../../ui/select.tsx';
import { CopyButton } from '../../ui/tools.tsx';
import { Wrong } from '../../ui/wrong.tsx';
import { Panel, Row } from '../portal/pages.tsx';
import { Page } from './page.tsx';
import { words as acts } from './people-words.ts';
import { words } from './register-words.ts';
import type { Desk } from './scene.ts';
import { Why } from './why.tsx';

/** Where a PIN may be registered. @param name null: for all applications */
export interface Place {
  readonly field: string;
  readonly name: string | null;
  /** The names of its applications. */
  readonly applications: readonly string[];
  readonly ownMark: boolean;
}

/** Whom a PIN is registered for, and how far it has come. */
export interface Case {
  readonly whom: string;
  /** Their page; this page is below it. */
  readonly back: string;
  readonly places: readonly Place[];
  readonly chosen: readonly Place[];
  readonly reason: string;
  /** Another one each time they begin: what is pressed twice is one, what is begun twice is two. */
  readonly round: string;
}

const nameOf = (language: Language, { name }: Pick<Place, 'name'>): string => name ?? words[language].everywhere;

const namesOf = (language: Language, places: readonly Place[]): string =>
  places.map((place) => nameOf(language, place)).join(', ');

/** The realms, and whoever is looked for. */
export function pinsPage(
  desk: Desk,
  places: readonly Place[],
  { search, found }: { readonly search: string; readonly found: readonly Person[] },
): JSX.Element {
  const { language } = desk.frame;
  const { pins: say, name } = words[language];
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <Panel title={say.register}>
        <form class="search row" method="get" action="/admin/pins">
          <label class="unseen" for="user">
            {say.user}
          </label>
          <input id="user" name="user" value={search} placeholder={say.user} autocomplete="off" maxlength={64} />
          <button class="second" type="submit">
            {say.find}
          </button>
        </form>
        {found.map((person) => (
          <Row key={person.id} icon="person" name={calledOf(person)} about={person.email ?? person.username}>
            <div class="bar">
              <a class="button second" href={`/admin/people/${person.id}/pin`}>
                {name}
              </a>
            </div>
          </Row>
        ))}
        {search !== '' && found.length === 0 && <p class="nothing soft">{say.nobody}</p>}
      </Panel>
      <Panel title={say.realms}>
        {places.map((place) => (
          <Row key={place.field} icon="token" name={nameOf(language, place)} about={aboutOf(language, place)} />
        ))}
      </Panel>
    </Page>
  );
}

function aboutOf(language: Language, { name, applications, ownMark }: Place): string {
  const { pins: say } = words[language];
  if (name === null) return say.shared;
  const named = applications.length === 0 ? say.none : applications.join(', ');
  return ownMark ? `${named} · ${say.ownMark}` : named;
}

/** Where, and why. @param hindrance `where`: nowhere was chosen */
export function wherePage(
  desk: Desk,
  { whom, back, places, chosen, reason, round }: Case,
  { there, hindrance }: { readonly there: readonly Place[]; readonly hindrance: 'why' | 'where' | 'two-hands' | null },
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].where;
  const { told, back: leave } = acts[language].act;
  return (
    <Page desk={desk} title={say.title(whom)} lead={say.lead}>
      {hindrance === 'two-hands' && <Note>{say[hindrance]}</Note>}
      {there.length > 0 && <p class="hint">{say.now(namesOf(language, there))}</p>}
      <form class="stack" method="post" action={`${back}/pin`}>
        <input type="hidden" name={csrfField} value={desk.csrf} />
        <input type="hidden" name="round" value={round} />
        <fieldset class="stack">
          <legend>{say.label}</legend>
          {places.map((place) => (
            <div key={place.field} class="check">
              <input
                type="checkbox"
                id={place.field}
                name={place.field}
                value="yes"
                checked={chosen.includes(place)}
                {...(hindrance === 'where' && { 'aria-invalid': true, 'aria-describedby': 'where-wrong' })}
              />
              <label for={place.field}>{nameOf(language, place)}</label>
            </div>
          ))}
          {hindrance === 'where' && <Wrong id="where-wrong">{say.nowhere}</Wrong>}
        </fieldset>
        <Why desk={desk} typed={reason} missing={hindrance === 'why'} />
        <p class="hint">{told}</p>
        <div class="bar">
          <button type="submit">{say.next}</button>
          <a class="button second" href={back}>
            {leave}
          </a>
        </div>
      </form>
    </Page>
  );
}

/** What was typed of a key. @param uri what its picture says; null: it was not made here */
export interface Typed {
  readonly key: string;
  readonly uri: string | null;
  readonly digits: string;
  readonly period: string;
  readonly algorithm: string;
  readonly wrong: { readonly field: 'key' | 'code'; readonly text: string } | null;
}

/** The key, and a PIN of it: made here and put into an authenticator, or typed from what its maker sent along. */
export function keyPage(desk: Desk, { whom, back, chosen, reason, round }: Case, typed: Typed): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].key;
  const to = `${back}/pin`;
  const kept = (
    <>
      <input type="hidden" name={csrfField} value={desk.csrf} />
      {chosen.map(({ field }) => (
        <input key={field} type="hidden" name={field} value="yes" />
      ))}
      <input type="hidden" name="reason" value={reason} />
      <input type="hidden" name="round" value={round} />
    </>
  );
  const wrongAt = (field: 'key' | 'code') => (typed.wrong?.field === field ? typed.wrong.text : null);
  return (
    <Page desk={desk} title={say.title(whom)} lead={say.lead(namesOf(language, chosen))}>
      <Panel title={say.own}>
        <div class="made">
          {typed.uri !== null && <QrCode text={typed.uri} label={say.picture} />}
          <div class="stack">
            {typed.uri !== null && <Shown secret={typed.key} language={language} />}
            <form method="post" action={to}>
              {kept}
              <button class="second" type="submit" name="do" value="key">
                {typed.uri === null ? say.make : say.again}
              </button>
            </form>
          </div>
        </div>
      </Panel>
      <form class="stack" method="post" action={to}>
        {kept}
        {typed.uri !== null && <input type="hidden" name="made" value="yes" />}
        <Field
          label={say.field}
          name="key"
          type="text"
          autocomplete="off"
          maxlength={256}
          value={typed.key}
          wrong={wrongAt('key')}
        />
        <p class="hint">{say.hint}</p>
        <details open={typed.digits !== '6' || typed.period !== '30' || typed.algorithm !== 'SHA1'}>
          <summary>{say.pattern}</summary>
          <div class="stack">
            <Select {...choiceOf(say.digits, 'digits', ['6', '8'])} chosen={typed.digits} />
            <Select {...choiceOf(say.period, 'period', ['30', '60'])} chosen={typed.period} />
            <Select {...choiceOf(say.algorithm, 'algorithm', ['SHA1', 'SHA256', 'SHA512'])} chosen={typed.algorithm} />
          </div>
        </details>
        <Field
          label={say.pin}
          name="code"
          class="code"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength={16}
          wrong={wrongAt('code')}
        />
        <div class="bar">
          <button type="submit" name="do" value="create">
            {say.create}
          </button>
          <a class="button second" href={back}>
            {say.back}
          </a>
        </div>
      </form>
    </Page>
  );
}

const choiceOf = (label: string, name: string, values: readonly string[]) => ({
  label,
  name,
  prompt: label,
  options: values.map((value) => ({ value, label: value })),
});

const Shown = ({ secret, language }: { secret: string; language: Language }): JSX.Element => {
  const say = words[language].key;
  return (
    <>
      <p>{say.scan}</p>
      <bdi class="secret" dir="ltr">
        {secret.match(/.{1,4}/g)?.join(' ')}
      </bdi>
      <div class="bar">
        <CopyButton id="key-copied" text={secret} label={say.copy} copied={say.copied} />
      </div>
    </>
  );
};

/** Where somebody is registered now. */
export function registeredPage(
  desk: Desk,
  { whom, back }: Pick<Case, 'whom' | 'back'>,
  there: readonly Place[],
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].done;
  return (
    <Page desk={desk} title={say.title(whom)} lead={say.lead}>
      <Panel title={say.where}>
        {there.map((place) => (
          <Row key={place.field} icon="token" name={nameOf(language, place)} about={place.applications.join(', ')} />
        ))}
      </Panel>
      <div class="bar">
        <a class="button" href={back}>
          {say.on}
        </a>
        <a class="button second" href="/admin/pins">
          {say.another}
        </a>
      </div>
    </Page>
  );
}
