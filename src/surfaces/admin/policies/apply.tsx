import type { JSX } from 'preact';
import type { Weaker } from '../../../core/policies/weaker.ts';
import { csrfField } from '../../../http/csrf.ts';
import type { Both } from '../../../proving/policies.ts';
import { Field } from '../../../ui/field.tsx';
import { Note } from '../../../ui/note.tsx';
import { Wrong } from '../../../ui/wrong.tsx';
import { Page } from '../page.tsx';
import { words as common } from '../people-words.ts';
import type { Desk } from '../scene.ts';
import { Why } from '../why.tsx';
import { Changes } from './changes.tsx';
import { draftHome } from './draft.tsx';
import { words } from './draft-words.ts';
import type { Naming } from './rule.tsx';
import { WeakerPanel } from './weaker.tsx';

/** What is about to come into force, and what it takes to mean it. */
export interface Intended extends Both {
  /** What was looked at is known by it. */
  readonly digest: string;
  /** So many people could not get in any more: it takes their number to go on. */
  readonly out: number;
  /** Less would be asked: it takes a word to go on. */
  readonly weaker: readonly Weaker[];
}

/** As it was typed before. */
export interface Given {
  readonly reason: string;
  readonly sure: string;
  readonly meant: string;
}

/** `why`: nobody said why; `sure`: nobody typed how many it keeps out; `meant`: nor that less is meant; `moved`: it is not what was seen. */
export type Hindrance = 'why' | 'sure' | 'meant' | 'moved';

/** Before it is put in force: what changes, what it takes, and why. */
export function applyPage(
  desk: Desk,
  { before, after, digest, out, weaker }: Intended,
  { given, hindrance }: { given: Given; hindrance: Hindrance | null },
  naming: Naming,
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language].apply;
  const { act } = common[language];
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      {hindrance === 'moved' && <Note>{say.moved}</Note>}
      <Changes before={before} after={after} naming={naming} />
      <WeakerPanel weaker={weaker} naming={naming} />
      <form class="stack" method="post" action={`${draftHome}/apply`}>
        <input type="hidden" name={csrfField} value={desk.csrf} />
        <input type="hidden" name="digest" value={digest} />
        {weaker.length > 0 && <Meant say={say} ticked={given.meant === 'yes'} missing={hindrance === 'meant'} />}
        {out > 0 && (
          <Field
            label={say.sure(out)}
            name="sure"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            maxlength={6}
            value={given.sure}
            wrong={hindrance === 'sure' ? say.notSure : null}
          />
        )}
        <Why desk={desk} typed={given.reason} missing={hindrance === 'why'} />
        <p class="hint">{say.told}</p>
        <div class="bar">
          <button type="submit">{say.name}</button>
          <a class="button second" href={draftHome}>
            {act.back}
          </a>
        </div>
      </form>
    </Page>
  );
}

const Meant = ({
  say,
  ticked,
  missing,
}: {
  say: { meant: string; notMeant: string };
  ticked: boolean;
  missing: boolean;
}): JSX.Element => (
  <div class="stack">
    <div class="check">
      <input
        type="checkbox"
        id="meant"
        name="meant"
        value="yes"
        checked={ticked}
        {...(missing && { 'aria-invalid': true, 'aria-describedby': 'meant-wrong' })}
      />
      <label for="meant">{say.meant}</label>
    </div>
    {missing && <Wrong id="meant-wrong">{say.notMeant}</Wrong>}
  </div>
);
