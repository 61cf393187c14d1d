import { type CompiledQuery, sql } from 'kysely';
import { expect, test } from 'vitest';
import { countAnew, hasUncounted, hasUnknown } from '../../src/core/accounts/counting.ts';
import { ordered } from '../../src/core/accounts/listing.ts';
import { countLocked, type Filter, filters, listPeople } from '../../src/core/accounts/people.ts';
import type { AccountId } from '../../src/core/accounts/store.ts';
import { hours, shift } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Database, Transaction } from '../../src/store/database.ts';
import { askedBy, rowsTouched, stepsOf } from './plans.ts';
import { type Opened, onBoth } from './stores.ts';

/** So many that PostgreSQL would not rather read them all. */
const many = 20_000;
/** Of each rare kind; the first of all in no order. */
const few = 5;

onBoth('many people', (open) => {
  test('no page looks through everybody, whoever is asked for', async () => {
    const opened = await open();
    await fill(opened);
    const { database } = opened.means;
    const bad = database.kind === 'postgres' ? readsMuch : scansIn;
    for (const [search, filter] of asking) {
      const { asked, found } = await watched(opened, search, filter);
      expect([search, filter, found]).toEqual([search, filter, expectedOf(search, filter)]);
      for (const query of asked) expect([query.sql, await bad(database, query)]).toEqual([query.sql, []]);
    }
  }, 60_000);

  test('whoever is to be counted anew, or is locked out, is found without looking at anybody else', async () => {
    const opened = await open();
    await fill(opened);
    const { database } = opened.means;
    const now = opened.clock.now();
    const bad = database.kind === 'postgres' ? readsMuch : scansIn;
    const locked = await askedBy(opened.read, (handle) => countLocked(handle, now, 1000));
    const isSome = await askedBy(opened.read, hasUncounted);
    const isUnknown = await askedBy(opened.read, hasUnknown);
    const anew = await askedBy(opened.read, (handle) => countAnew(handle as Transaction));
    expect([locked.answer, isSome.answer, isUnknown.answer]).toEqual([few, true, false]);
    expect(Object.fromEntries(anew.answer)).toEqual({ disabled: few, phishable: few });
    const found = anew.asked.filter(({ sql: text }) => /^select/.test(text));
    for (const query of [...locked.asked, ...isSome.asked, ...isUnknown.asked, ...found])
      expect([query.sql, await bad(database, query)]).toEqual([query.sql, []]);
  }, 60_000);
});

const asking = ['', 'p00042', 'p'].flatMap((search) => [null, ...filters].map((filter) => [search, filter] as const));

const expectedOf = (search: string, filter: Filter | null): number => {
  const rare = filter !== null && filter !== 'enabled';
  if (search === 'p00042') return rare ? 0 : 1;
  return search === '' && rare ? few : rare ? 0 : 50;
};

/** Asks for a page, and what the database was asked for it. */
async function watched({ read, clock }: Opened, search: string, filter: Filter | null) {
  const { answer, asked } = await askedBy(read, (handle) =>
    listPeople(handle, { search, filter, after: '' }, clock.now()),
  );
  return { found: answer.people.length, asked };
}

/** How many rows PostgreSQL touched for it, if that is more than a page and what it rests on. */
async function readsMuch(database: Database, query: CompiledQuery): Promise<readonly number[]> {
  const touched = await rowsTouched(database, query);
  return touched < many / 20 ? [] : [touched];
}

/** What is rare has an index that holds nothing else; whoever is locked is looked up, not asked one after the other. */
const needed = [
  { where: '"has_second" = 0 order', by: 'account_weak' },
  { where: '"hangs_on_one" = 1 order', by: 'account_hanging' },
  { where: '"disabled_at" is not null order', by: 'account_disabled' },
  { where: '("has_resistant" = 0 and "disabled_at" is null) order', by: 'account_phishable' },
  { where: 'counted_as <>', by: 'account_uncounted' },
  { where: 'from throttle', by: 'throttle_blocked' },
  { where: 'from throttle', by: 'id=?' },
  { where: 'from "throttle"', by: 'throttle_blocked' },
];

/** Where SQLite goes through a whole table of people, or not by the index that is there for it. */
async function scansIn(database: Database, query: CompiledQuery): Promise<readonly string[]> {
  const details = await stepsOf(database, query);
  const missing = needed.filter(({ where, by }) => query.sql.includes(where) && !details.join().includes(by));
  return [
    ...details.filter((one) => /^SCAN account(?!_gone|.* account_un(counted|known))/.test(one)),
    ...missing.map(({ by }) => by),
  ];
}

async function fill({ read, means, clock }: Opened): Promise<void> {
  const tables = read.withTables<{
    account: Record<string, unknown>;
    account_word: { word: string; account_id: string };
    throttle: Record<string, unknown>;
  }>();
  const people = Array.from({ length: many }, (_, n) => ({
    id: newId<'account'>(means.chance) as AccountId,
    name: `p${String(n).padStart(5, '0')}`,
    // Nowhere near each other, nor at the beginning.
    rare: n % (many / few) === many / few / 2,
    phishable: n % (many / few) === many / few / 4,
    counted: n % (many / few) === many / few / 2 || n % (many / few) === many / few / 4 ? '' : 'resistant',
  }));
  for (let n = 0; n < many; n += 500) {
    const some = people.slice(n, n + 500);
    await tables
      .insertInto('account')
      .values(
        some.map(({ id, name, rare, phishable, counted }) => ({
          id,
          username: name,
          name,
          groups: '[]',
          created_at: 0,
          listed_as: ordered(name),
          has_second: rare ? 0 : 1,
          hangs_on_one: rare ? 1 : 0,
          has_resistant: phishable ? 0 : 1,
          counted_as: counted,
          disabled_at: rare ? 1 : null,
        })),
      )
      .execute();
    await tables
      .insertInto('account_word')
      .values(some.map(({ id, name }) => ({ word: ordered(name), account_id: id })))
      .execute();
  }
  const budgets = people.flatMap(({ id, rare }, n) =>
    rare ? [`second:${id}`] : n % 10 === 0 ? [`first:${id}:x`] : [],
  );
  const until = shift(clock.now(), hours(1));
  await tables
    .insertInto('throttle')
    .values(
      budgets.map((budget) => ({
        budget,
        failures: 1,
        failed_at: clock.now(),
        blocked_until: budget.startsWith('second') ? until : 0,
      })),
    )
    .execute();
  await sql`analyze`.execute(read);
}
