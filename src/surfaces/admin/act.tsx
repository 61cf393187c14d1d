import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { Page } from './page.tsx';
import { words } from './people-words.ts';
import type { Desk } from './scene.ts';
import { Why } from './why.tsx';

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly prompt: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
}

/** What is about to be done to somebody. */
export interface Intent {
  readonly title: string;
  readonly lead: string;
  /** On the button. */
  readonly name: string;
  /** Which of them, where there are several. */
  readonly choice?: Choice;
  /** It takes something from them. */
  readonly takes: boolean;
  readonly to: string;
  /** Their page. */
  readonly back: string;
}

/** `why`: nobody said why; `last`: nobody would be left. */
export type Hindrance = 'why' | 'last' | null;

/** Says what it means, asks why, and does nothing by itself. */
export function actPage(
  desk: Desk,
  { title, lead, name, choice, takes, to, back }: Intent,
  hindrance: Hindrance,
): JSX.Element {
  const say = words[desk.frame.language].act;
  return (
    <Page desk={desk} title={title} lead={lead}>
      {hindrance === 'last' && <Note>{say.last}</Note>}
      <form class="stack" method="post" action={to}>
        <input type="hidden" name={csrfField} value={desk.csrf} />
        {choice !== undefined && <Select {...choice} />}
        <Why desk={desk} autofocus={choice === undefined} missing={hindrance === 'why'} />
        <p class="hint">{say.told}</p>
        <div class="bar">
          <button type="submit" {...(takes && { class: 'danger' })}>
            {name}
          </button>
          <a class="button second" href={back}>
            {say.back}
          </a>
        </div>
      </form>
    </Page>
  );
}
