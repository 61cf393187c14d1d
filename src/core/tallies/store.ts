import { sql } from 'kysely';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import type { Day } from '../../ui/day.ts';
import { type Standing, standings } from '../accounts/counting.ts';
import talliesSql from './0001-tallies.sql';

export const migrations: readonly Migration[] = [{ name: 'tallies/0001', sql: talliesSql }];

/**
 * What is counted by the day. `sign-in`: by what it was proven with, `password totp`; `refusal`: by what was answered wrong;
 * `application`: by where to; `alarm`: by event; `message`: by channel and what became of it, `sms sent`; `people`: how many stood how at its end.
 */
export type Kind = 'sign-in' | 'application' | 'refusal' | 'alarm' | 'message' | 'people';

export interface Tally {
  readonly kind: Kind;
  readonly day: Day;
  readonly name: string;
  readonly number: number;
}

type Tables = {
  tally: Tally;
  tally_mark: { one: number; number: number };
  people_total: { standing: Standing; number: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** What was counted of a kind since a day, the oldest first. It reads as many rows as it gives. */
export const listTallies = (handle: Handle, kind: Kind, since: Day): Promise<readonly Tally[]> =>
  own(handle)
    .selectFrom('tally')
    .selectAll()
    .where('kind', '=', kind)
    .where('day', '>=', since)
    .orderBy('day')
    .execute();

export type Totals = Readonly<Record<Standing, number>>;

/** How many people stand how. */
export async function readTotals(handle: Handle): Promise<Totals> {
  const rows = await own(handle).selectFrom('people_total').selectAll().execute();
  const numbers = new Map(rows.map(({ standing, number }) => [standing, number]));
  return Object.fromEntries(standings.map((standing) => [standing, numbers.get(standing) ?? 0])) as Totals;
}

/** How far the log is counted. */
export async function readMark(handle: Handle): Promise<number> {
  const row = await own(handle).selectFrom('tally_mark').select('number').executeTakeFirst();
  return row?.number ?? 0;
}

/** A change that changes nothing: whoever else counts waits here until this transaction ends. */
export async function holdMark(tx: Transaction): Promise<number> {
  const { number } = await own(tx)
    .insertInto('tally_mark')
    .values({ one: 1, number: 0 })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ one: 1 }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export async function saveMark(tx: Transaction, number: number): Promise<void> {
  await own(tx).updateTable('tally_mark').set({ number }).where('one', '=', 1).execute();
}

/** Adds each to what was counted of its kind and name that day. */
export async function addTallies(tx: Transaction, counted: readonly Omit<Tally, 'number'>[]): Promise<void> {
  const sums = new Map<string, Tally>();
  for (const one of counted) {
    const key = JSON.stringify([one.kind, one.day, one.name]);
    sums.set(key, { ...one, number: (sums.get(key)?.number ?? 0) + 1 });
  }
  if (sums.size === 0) return;
  await own(tx)
    .insertInto('tally')
    .values([...sums.values()])
    .onConflict((conflict) =>
      conflict.columns(['kind', 'day', 'name']).doUpdateSet({ number: sql`tally.number + excluded.number` }),
    )
    .execute();
}

/** Changes how many stand how, and keeps it as the end of this day. */
export async function changeTotals(tx: Transaction, day: Day, changes: ReadonlyMap<Standing, number>): Promise<void> {
  const rows = standings.map((standing) => ({ standing, number: changes.get(standing) ?? 0 }));
  const totals = await own(tx)
    .insertInto('people_total')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('standing').doUpdateSet({ number: sql`people_total.number + excluded.number` }),
    )
    .returningAll()
    .execute();
  await own(tx)
    .insertInto('tally')
    .values(totals.map(({ standing, number }) => ({ kind: 'people' as const, day, name: standing, number })))
    .onConflict((conflict) => conflict.columns(['kind', 'day', 'name']).doUpdateSet({ number: sql`excluded.number` }))
    .execute();
}

/** Is it kept how many stood how on this day? */
export async function hasTotals(handle: Handle, day: Day): Promise<boolean> {
  const rows = await own(handle)
    .selectFrom('tally')
    .select('name')
    .where('kind', '=', 'people')
    .where('day', '=', day)
    .limit(1)
    .execute();
  return rows.length > 0;
}
