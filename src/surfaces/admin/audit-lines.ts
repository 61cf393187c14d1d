import { listNames } from '../../core/accounts/store.ts';
import { type Found, type Search, searchLog } from '../../core/audit/search.ts';
import { linesOf, toldOf } from '../../core/audit/told.ts';
import type { Handle } from '../../store/database.ts';

/** So many are in memory at once. */
const part = 500;

/** All that was searched, newest first, as other programs are told of it: an entry to a line, some hundreds at a time. */
export async function* logAsLines(read: Handle, search: Omit<Search, 'after'>): AsyncIterable<string> {
  for (let after: string | null = ''; after !== null; ) {
    const { rows, next }: Found = await searchLog(read, { ...search, after }, part);
    const ids = rows.flatMap(({ account_id }) => account_id ?? []);
    const names = await listNames(read, ids);
    if (rows.length > 0) yield linesOf(rows.map((row) => toldOf(row, names)));
    after = next;
  }
}
