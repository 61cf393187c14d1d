import type { ComponentChildren, JSX } from 'preact';
import type { Checkpoint } from '../../core/audit/checkpoint.ts';
import { eventsOf, kinds } from '../../core/audit/events.ts';
import type { Found } from '../../core/audit/search.ts';
import { words as eventWords } from '../../core/audit/words.ts';
import type { Instant } from '../../kernel/clock.ts';
import { Field } from '../../ui/field.tsx';
import { zoneIn } from '../../ui/moment.ts';
import { Select } from '../../ui/select.tsx';
import { Time } from '../../ui/time.tsx';
import type { Told } from '../portal/ways.tsx';
import { type Asking, type Meant, said } from './audit-asking.ts';
import { EntryRow, type Known } from './audit-entry.tsx';
import { words } from './audit-words.ts';
import { DownloadButton } from './download.tsx';
import { Page } from './page.tsx';
import type { Desk } from './scene.ts';

const home = '/admin/audit';

const addressOf = (asked: Asking, after: string): string => {
  const query = new URLSearchParams({ ...said(asked), ...(after !== '' && { after }) });
  return query.size === 0 ? home : `${home}?${query}`;
};

/** A page of entries, and what they are told with. */
export interface Shown extends Found, Known {
  readonly after: string;
  readonly meant: Meant;
  readonly chain: { readonly head: Checkpoint; readonly checkpoint: Checkpoint | null };
}

/** What happened, newest first, as people read it. @param found null: nobody is called what was asked for */
export function auditPage(
  desk: Desk,
  { asked, found }: { asked: Asking; found: Shown | null },
  told: Told,
): JSX.Element {
  const say = words[told.language];
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <SearchForm asked={asked} nobody={found === null} told={told} />
      {found !== null && <Entries desk={desk} found={found} told={told} />}
    </Page>
  );
}

function SearchForm({ asked, nobody, told }: { asked: Asking; nobody: boolean; told: Told }): JSX.Element {
  const say = words[told.language];
  const called = eventWords[told.language];
  const groups = kinds.map((kind) => ({
    label: say.kinds[kind],
    options: [
      { value: kind, label: say.all(say.kinds[kind]) },
      ...eventsOf(kind).map((event) => ({ value: event, label: called[event] })),
    ],
  }));
  return (
    <form class="panel filters" method="get" action={home}>
      <Field
        label={say.person}
        name="person"
        type="text"
        autocomplete="off"
        maxlength={254}
        value={asked.person}
        optional
        wrong={nobody ? say.nobody : null}
      />
      <Select label={say.kind} name="kind" prompt={say.anything} options={groups} chosen={asked.kind} optional />
      <Field label={say.from} name="from" type="date" autocomplete="off" value={asked.from} optional />
      <Field label={say.to} name="to" type="date" autocomplete="off" value={asked.to} optional />
      <div class="bar">
        <button type="submit">{say.find}</button>
        {Object.keys(said(asked)).length > 0 && (
          <a class="button second" href={home}>
            {say.clear}
          </a>
        )}
        <span class="small soft">{say.zone(zoneIn(told.language, told.now))}</span>
      </div>
    </form>
  );
}

function Entries({ desk, found, told }: { desk: Desk; found: Shown; told: Told }): JSX.Element {
  const say = words[told.language];
  const { rows, next, after, meant } = found;
  return (
    <>
      <section class="panel happened" aria-label={say.title}>
        {rows.length === 0 && <p class="nothing soft">{next === null ? say.nothing : say.nothingYet}</p>}
        {rows.map((row) => (
          <EntryRow key={row.id} row={row} known={found} told={told} />
        ))}
      </section>
      <nav class="bar" aria-label={say.pages}>
        {next !== null && (
          <a class="button second" rel="next" href={addressOf(meant.asked, next)}>
            {say.next}
          </a>
        )}
        {after !== '' && (
          <a class="button second" href={addressOf(meant.asked, '')}>
            {say.first}
          </a>
        )}
        <DownloadButton desk={desk} to={home} asked={said(meant.asked)}>
          {say.download}
        </DownloadButton>
      </nav>
      <p class="small soft">{chainSaid(found.chain, told)}</p>
    </>
  );
}

/** How far nobody can change anything unseen. */
function chainSaid({ head, checkpoint }: Shown['chain'], told: Told): ComponentChildren {
  const { chain: say } = words[told.language];
  if (head.number === 0) return say.open;
  const when = (at: number) => <Time {...told} at={at as Instant} />;
  const sealed = say.sealed(head.number, when(head.at));
  return checkpoint === null ? sealed : [sealed, ' ', say.checkpoint(checkpoint.number, when(checkpoint.at))];
}
