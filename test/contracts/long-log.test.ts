import { type CompiledQuery, sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Event, eventsOf, kinds } from '../../src/core/audit/events.ts';
import type { Row } from '../../src/core/audit/marks.ts';
import { type Search, searchLog } from '../../src/core/audit/search.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import type { Database, Handle } from '../../src/store/database.ts';
import { askedBy, rowsTouched, stepsOf } from './plans.ts';
import { onBoth } from './stores.ts';

/** So many that PostgreSQL would not rather read them all. */
const many = 60_000;
const size = 50;
/** Nobody turns over more pages. */
const most = 30;

const everything: Search = { person: null, events: null, since: null, until: null, after: '' };
const [ann, bob, root] = ['a', 'b', 'r'].map((letter) => letter.repeat(22) as AccountId) as [
  AccountId,
  AccountId,
  AccountId,
];
const often: readonly Event[] = ['session.started'];
/** Each way of asking that the page has, and ways together. */
const searches: Readonly<Record<string, Search>> = {
  everything,
  'some days': { ...everything, since: 20_000 as Instant, until: 40_000 as Instant },
  'a day long ago': { ...everything, until: 300 as Instant },
  'what happens often': { ...everything, events: often },
  'what is rare': { ...everything, events: ['account.erased'] },
  'what never happened': { ...everything, events: ['keys.rotated'] },
  ...Object.fromEntries(kinds.map((kind) => [kind, { ...everything, events: eventsOf(kind) }])),
  'a person of many entries': { ...everything, person: ann },
  'a person of few': { ...everything, person: bob },
  'somebody who does things to others': { ...everything, person: root },
  'nobody of that name': { ...everything, person: 'x'.repeat(22) as AccountId },
  'what happens often, of a person': { ...everything, person: ann, events: often },
  'what is rare, of a person': { ...everything, person: ann, events: ['account.erased'] },
  'a person, on some days': { ...everything, person: ann, since: 20_000 as Instant, until: 20_900 as Instant },
};

onBoth('a long log', (open) => {
  test('no page looks through all of it, and page after page is all that fits, once, newest first', async () => {
    const { means, read } = await open();
    await fill(read);
    const all = await read.withTables<{ audit: Row }>().selectFrom('audit').selectAll().execute();
    for (const [name, search] of Object.entries(searches)) {
      const expected = all.filter((row) => fits(row, search));
      const { found, ended } = await pagesOf(means.database, search, name);
      const ids = new Set(found.map(({ id }) => id));
      const strangers = found.filter((row) => !fits(row, search));
      expect([name, ids.size, strangers]).toEqual([name, found.length, []]);
      if (ended) expect([name, found.length]).toEqual([name, expected.length]);
      expect([name, found.every(({ at }, n) => n === 0 || at <= (found[n - 1]?.at ?? 0))]).toEqual([name, true]);
    }
  }, 120_000);
});

/** Page after page, and that none of them costs more than a page. */
async function pagesOf(database: Database, search: Search, name: string) {
  const bad = database.kind === 'postgres' ? readsMuch : scansIn;
  const found: Row[] = [];
  let after: string | null = '';
  for (let page = 0; after !== null && page < most; page++) {
    const from: Search = { ...search, after };
    const { answer, asked } = await askedBy(database.read, (handle) => searchLog(handle, from, size));
    for (const query of asked) expect([name, page, await bad(database, query)]).toEqual([name, page, []]);
    expect(answer.rows.length).toBeLessThanOrEqual(size);
    found.push(...answer.rows);
    after = answer.next;
  }
  return { found, ended: after === null };
}

const fits = ({ at, event, account_id, actor }: Row, { person, events, since, until }: Search): boolean =>
  (person === null || account_id === person || actor === person) &&
  (events === null || events.includes(event as Event)) &&
  (since === null || at >= since) &&
  (until === null || at < until);

/** Of a person some thousand are looked through, and each is counted in every step that it passes. */
async function readsMuch(database: Database, query: CompiledQuery): Promise<readonly number[]> {
  const touched = await rowsTouched(database, query);
  return touched < many / 4 ? [] : [touched];
}

/** Each by an index, and by nothing that is put in order for it, but the few rows of what is put together. */
async function scansIn(database: Database, query: CompiledQuery): Promise<readonly string[]> {
  const steps = await stepsOf(database, query);
  const scans = steps.filter((step) => /^SCAN audit(?! USING INDEX audit_at$)/.test(step));
  const sorts = steps.filter(
    (step, n) => step.startsWith('USE TEMP') && /^(SEARCH|SCAN) audit/.test(steps[n - 1] ?? ''),
  );
  return [...scans, ...sorts];
}

/** Several in each millisecond, so that time alone is no order. */
async function fill(read: Handle): Promise<void> {
  await sql`
    insert into audit (id, at, event, account_id, actor, address, detail)
    with recursive number(i) as (select 0 union all select i + 1 from number where i < ${sql.lit(many - 1)})
    select substr('0000000000000000000000', length(cast((i * 7919) % 99991 as text)) + 1) || cast((i * 7919) % 99991 as text),
      i / 7 * 5,
      case when i % 20011 = 5 then 'account.erased' when i % 50 = 7 then 'account.unlocked' when i % 3 = 0 then 'session.started' else 'proof.accepted' end,
      case when i % 50 = 7 then ${ann} when i % 10 = 3 then ${ann} when i % 9001 = 4 then ${bob}
        else 'p' || substr('000000000000000000000', length(cast(i as text)) + 1) || cast(i as text) end,
      case when i % 50 = 7 then ${root} when i % 10 = 3 then ${ann} else 'p' || substr('000000000000000000000', length(cast(i as text)) + 1) || cast(i as text) end,
      '192.0.2.7', '{}'
    from number`.execute(read);
  await sql`analyze`.execute(read);
}
