import { sql } from 'kysely';
import type { Handle, Transaction } from '../../store/database.ts';

/**
 * Where the n-th of many stands, at once. Whatever is kept has a number, one after the other; each shelf holds a thousand of
 * them and says how many are still there.
 */
export type Kind = 'user' | 'group';

type Tables = {
  scim_last_number: { one: number; number: number };
  scim_shelf: { kind: string; shelf: number; holds: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const width = 1000;
const shelfOf = (number: number): number => Math.floor(number / width);

/** From here until the transaction ends no other program changes anything. Taken before all other rows. */
export const oneProgramAtATime = (tx: Transaction): Promise<number> => give(tx, 0);

/** The next number; the only one who writes has it. */
export const nextNumber = (tx: Transaction): Promise<number> => give(tx, 1);

async function give(tx: Transaction, more: 0 | 1): Promise<number> {
  const { number } = await own(tx)
    .insertInto('scim_last_number')
    .values({ one: 1, number: more })
    .onConflict((conflict) =>
      conflict.column('one').doUpdateSet({ number: sql`scim_last_number.number + ${sql.lit(more)}` }),
    )
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export const shelve = (tx: Transaction, kind: Kind, number: number): Promise<void> => count(tx, kind, number, 1);
export const unshelve = (tx: Transaction, kind: Kind, number: number): Promise<void> => count(tx, kind, number, -1);

async function count(tx: Transaction, kind: Kind, number: number, more: 1 | -1): Promise<void> {
  await own(tx)
    .insertInto('scim_shelf')
    .values({ kind, shelf: shelfOf(number), holds: more })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'shelf']).doUpdateSet({ holds: sql`scim_shelf.holds + ${sql.lit(more)}` }),
    )
    .execute();
}

/** How many there are, and from which number on, so many passed over, the n-th is found. */
export interface Place {
  readonly total: number;
  readonly from: number;
  readonly skip: number;
}

/** @param before how many stand before it */
export async function findPlace(handle: Handle, kind: Kind, before: number): Promise<Place> {
  const shelves = await own(handle)
    .selectFrom('scim_shelf')
    .select(['shelf', 'holds'])
    .where('kind', '=', kind)
    .orderBy('shelf')
    .execute();
  const total = shelves.reduce((sum, { holds }) => sum + holds, 0);
  let skip = before;
  for (const { shelf, holds } of shelves) {
    if (skip < holds) return { total, from: shelf * width, skip };
    skip -= holds;
  }
  return { total, from: Number.MAX_SAFE_INTEGER, skip: 0 };
}
