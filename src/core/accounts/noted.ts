import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { type Account, type AccountRow, accountOf } from './store.ts';

/**
 * What is noted with an account of what somebody owns, so that pages find and count them without asking every method. No decision
 * rests on it: what is asked of anybody is read from the methods themselves.
 */
export interface Noted {
  /** Something is left that stands behind the password. */
  readonly second: boolean;
  /** Something of theirs does not work for a page that only looks like ours. */
  readonly resistant: boolean;
}

type Tables = {
  account: AccountRow & { has_second: number; has_resistant: number | null; hangs_on_one: number; weighed_by: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const columnsOf = ({ second, resistant }: Noted) => ({
  has_second: second ? 1 : 0,
  has_resistant: resistant ? 1 : 0,
});

/** At once, whenever something was bound or taken. What takes a longer look is weighed anew, by upkeep. */
export async function saveNoted(tx: Transaction, id: AccountId, noted: Noted): Promise<void> {
  await own(tx)
    .updateTable('account')
    .set({ ...columnsOf(noted), weighed_by: '' })
    .where('id', '=', id)
    .execute();
}

/** Some of those who were weighed by something else, or not since something of theirs changed. @param by what it is weighed by now */
export async function listUnweighed(handle: Handle, by: string, limit: number): Promise<readonly Account[]> {
  // Two ranges of one index, for nothing finds what is not equal.
  for (const side of ['<', '>'] as const) {
    const rows = await own(handle)
      .selectFrom('account')
      .selectAll()
      .where('weighed_by', side, by)
      .limit(limit)
      .execute();
    if (rows.length > 0) return rows.map(accountOf);
  }
  return [];
}

/** Says that they are weighed, before anything is looked at: whoever changes something of theirs meanwhile comes after, and says otherwise. */
export async function claim(tx: Transaction, id: AccountId, by: string): Promise<void> {
  await own(tx).updateTable('account').set({ weighed_by: by }).where('id', '=', id).execute();
}

/** All that is noted, and whether they hang on one thing. */
export async function saveWeighed(tx: Transaction, id: AccountId, weighed: Noted & { hangs: boolean }): Promise<void> {
  await own(tx)
    .updateTable('account')
    .set({ ...columnsOf(weighed), hangs_on_one: weighed.hangs ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}
