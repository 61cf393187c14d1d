import type { AccountId } from '../kernel/ids.ts';
import type { Handle, Transaction } from './database.ts';

/** What every table has that keeps something of somebody's: the row's own name, and whose it is. */
type OwnedRow = { id: string; account_id: string };
const own = (handle: Handle) => handle.withTables<Record<string, OwnedRow>>();

/** Takes one row away, or all: of this person alone, whatever id is named (T27). @returns how many went */
export async function removeOwned(tx: Transaction, table: string, account: AccountId, which: string): Promise<number> {
  const all = own(tx).deleteFrom(table).where('account_id', '=', account);
  const gone = await (which === 'all' ? all : all.where('id', '=', which)).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
