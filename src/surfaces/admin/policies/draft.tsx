import type { JSX } from 'preact';
import type { Weaker } from '../../../core/policies/weaker.ts';
import { may } from '../../../core/roles/roles.ts';
import { csrfField } from '../../../http/csrf.ts';
import type { Both } from '../../../proving/policies.ts';
import { Note } from '../../../ui/note.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { Wrong } from '../../../ui/wrong.tsx';
import { Button, Panel } from '../../portal/pages.tsx';
import { Page } from '../page.tsx';
import type { Desk } from '../scene.ts';
import { Changes } from './changes.tsx';
import { words } from './draft-words.ts';
import { home } from './page.tsx';
import { type Naming, RuleList } from './rule.tsx';
import { WeakerPanel } from './weaker.tsx';
import { type WhatIf, WhatIfPanel } from './what-if.tsx';

export const draftHome = `${home}/draft`;
/** Of characters: the form that keeps it has to fit what a request may hold. */
export const longest = 24_000;

/** What was typed, and what is to be said of it. */
export interface Written {
  readonly text: string;
  /** It was kept; else it is what is in force, as they would begin. */
  readonly kept: boolean;
  /** The number of what is in force, and stands beside it. */
  readonly beside: number;
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
  /** That came into force since it was begun. */
  readonly outrun: boolean;
}

/** Where it can be read: what it comes to. */
export interface Readable extends Both {
  readonly weaker: readonly Weaker[];
  readonly whatIf: WhatIf;
}

export function draftPage(
  desk: Desk,
  { text, kept, beside, mistakes, warnings, outrun }: Written,
  readable: Readable | null,
  naming: Naming,
): JSX.Element {
  const { language } = desk.frame;
  const say = words[language];
  const isGood = kept && readable !== null && mistakes.length === 0 && !outrun;
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      {outrun && <Note>{say.older(beside)}</Note>}
      <form class="stack" method="post" action={draftHome}>
        <input type="hidden" name={csrfField} value={desk.csrf} />
        <input type="hidden" name="beside" value={beside} />
        <TextArea
          label={say.document}
          name="document"
          rows={18}
          maxlength={longest}
          value={text}
          wrong={mistakes.length > 0 ? 'mistakes' : null}
        />
        {mistakes.length > 0 && <Mistakes mistakes={mistakes}>{say.wrong}</Mistakes>}
        <div class="bar">
          <button type="submit">{say.check}</button>
          <a class="button second" href={home}>
            {say.back}
          </a>
        </div>
      </form>
      {warnings.length > 0 && <Warnings warnings={warnings} say={say.mind} />}
      {readable !== null && (
        <>
          <Changes before={readable.before} after={readable.after} naming={naming} />
          <WeakerPanel weaker={readable.weaker} naming={naming} />
          <section class="panel">
            <header>
              <h2>{say.rules}</h2>
            </header>
            <RuleList rules={readable.after.policies} naming={naming} />
          </section>
          <WhatIfPanel action={draftHome} given={readable.whatIf} naming={naming} />
        </>
      )}
      <div class="bar">
        {isGood && may(desk, 'change-policy') && (
          <a class="button" href={`${draftHome}/apply`}>
            {say.apply.open}
          </a>
        )}
        {kept && readable !== null && (
          <a class="button second" href={`${draftHome}/replay`}>
            {say.replay.open}
          </a>
        )}
        {kept && (
          <Button scene={desk} to={`${draftHome}/drop`} kind="danger">
            {say.drop}
          </Button>
        )}
      </div>
    </Page>
  );
}

/** What its author may not have meant. */
const Warnings = ({ warnings, say }: { warnings: readonly string[]; say: string }): JSX.Element => (
  <Panel title={say}>
    <ul class="counts" lang="en">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  </Panel>
);

/** As the schema says them, in the one language it speaks: the words of the document are in them. */
const Mistakes = ({ mistakes, children }: { mistakes: readonly string[]; children: string }): JSX.Element => (
  <div class="mistakes">
    <Wrong id="mistakes">{children}</Wrong>
    <ul lang="en">
      {mistakes.map((mistake) => (
        <li key={mistake}>{mistake}</li>
      ))}
    </ul>
  </div>
);
