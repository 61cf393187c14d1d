import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { type Account, type AccountRow, accountOf } from './store.ts';

/** Who hangs on one thing. Kept with the account, so that a page finds them; by upkeep, for it takes a look at all they own. */

type Tables = { account: AccountRow & { hangs_on_one: number; weighed_by: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

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

export async function saveHangs(tx: Transaction, id: AccountId, hangs: boolean): Promise<void> {
  await own(tx)
    .updateTable('account')
    .set({ hangs_on_one: hangs ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}
