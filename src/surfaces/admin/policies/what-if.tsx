import type { JSX } from 'preact';
import type { Step } from '../../../flow/table.ts';
import type { Decision } from '../../../proving/situation.ts';
import { type BrowserKind, browsers, type Way } from '../../../proving/what-if.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Naming } from './rule.tsx';
import { words } from './words.ts';

/** What was asked about, as it was typed. */
export interface Asked {
  readonly who: string;
  /** An application's id; empty: their own pages. */
  readonly to: string;
  readonly from: string;
  readonly in: BrowserKind;
}

export type Amiss = 'nobody' | 'noAddress' | 'noPlace';

/** What would be met, under each policy that was asked about. */
export interface Answered {
  readonly whom: string;
  readonly place: string;
  readonly ways: readonly { readonly under: string; readonly way: Way }[];
}

export interface WhatIf {
  readonly asked: Asked;
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly amiss: Amiss | null;
  readonly answered: Answered | null;
}

export const WhatIfPanel = ({
  action,
  given: { asked, places, amiss, answered },
  naming,
}: {
  action: string;
  given: WhatIf;
  naming: Naming;
}): JSX.Element => {
  const say = words[naming.language].whatIf;
  return (
    <section class="panel" id="what-if">
      <header>
        <h2>{say.title}</h2>
      </header>
      <form class="stack what-if" method="get" action={`${action}#what-if`}>
        <p class="soft">{say.lead}</p>
        <div class="pair">
          <Field
            label={say.whom}
            name="who"
            type="text"
            autocomplete="off"
            maxlength={254}
            value={asked.who}
            wrong={amiss === 'nobody' ? say.nobody : null}
          />
          <Select
            label={say.to}
            name="to"
            options={[{ value: 'own', label: say.own }, ...places.map(({ id, name }) => ({ value: id, label: name }))]}
            chosen={asked.to}
            wrong={amiss === 'noPlace' ? say.noPlace : null}
          />
          <Field
            label={say.from}
            name="from"
            type="text"
            autocomplete="off"
            maxlength={45}
            value={asked.from}
            wrong={amiss === 'noAddress' ? say.noAddress : null}
          />
          <Select
            label={say.browser}
            name="in"
            options={browsers.map((kind) => ({ value: kind, label: say.browsers[kind] }))}
            chosen={asked.in}
          />
        </div>
        <div class="bar">
          <button type="submit">{say.go}</button>
        </div>
      </form>
      {answered !== null && <Ways answered={answered} naming={naming} />}
    </section>
  );
};

const Ways = ({ answered: { whom, place, ways }, naming }: { answered: Answered; naming: Naming }): JSX.Element => (
  <div class="ways">
    <h3>{words[naming.language].whatIf.result(whom, place)}</h3>
    <div class={ways.length > 1 ? 'pair' : 'stack'}>
      {ways.map(({ under, way }) => (
        <section key={under} class="stack">
          <p class="name">
            {under}
            <span class={`badge ${way.end === 'in' ? 'good' : 'warn'}`}>
              {words[naming.language].whatIf.ends[way.end]}
            </span>
          </p>
          <ol class="walked">
            {way.steps.map((decision, n) => (
              <Stop key={n} decision={decision} naming={naming} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  </div>
);

const Stop = ({ decision, naming }: { decision: Decision; naming: Naming }): JSX.Element => {
  const say = words[naming.language].whatIf;
  const { step, row, ruling, excused } = decision;
  return (
    <li>
      <p>
        <b>{screenIn(step, naming)}</b>
      </p>
      <p class="small soft">
        {becauseOf(row.name, naming)} · {say.row} <code>{row.name}</code>
      </p>
      {decision.facts.identified && (
        <p class="small soft">
          {say.by}: <bdi>{ruling.name}</bdi>
          {ruling.beside.length > 0 && `, ${say.beside(ruling.beside.join(', '))}`}
        </p>
      )}
      {excused && step.screen === 'done' && <p class="small soft">{say.excused}</p>}
    </li>
  );
};

/** The flow's own reason, in the reader's language; a row that nobody found words for says its own. */
function becauseOf(name: string, { language }: Naming): string {
  const rows: Readonly<Record<string, string>> = words[language].whatIf.rows;
  return rows[name] ?? name;
}

function screenIn(step: Step, { language, method }: Naming): string {
  const { screens } = words[language].whatIf;
  const all = (ids: readonly string[]) => ids.map(method).join(', ');
  switch (step.screen) {
    case 'welcome':
    case 'prove':
    case 'enrol':
      return screens[step.screen](method(step.method));
    case 'choose':
    case 'choose-new':
      return screens[step.screen](all(step.methods));
    case 'confirm':
      return screens[step.anew ? 'confirm-anew' : 'confirm'](all(step.methods));
    case 'offer':
      return screens.offer[step.offer];
    default:
      return screens[step.screen];
  }
}
