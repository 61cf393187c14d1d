import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { canonical } from './canonical.ts';

/** What an account is found by. Kept with it, so that no page looks through everybody (`docs/adr/0031`). */

type Tables = {
  account: { id: string; groups: string; listed_as: string | null; weighed_by: string };
  account_word: { word: string; account_id: string };
  account_group: { name: string; account_id: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

interface Named {
  readonly id: AccountId;
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
}

/** Nobody is told apart by what follows. */
const longest = 128;

/** Text that every collation of every database puts in the same order. */
export const ordered = (text: string): string => Buffer.from(canonical(text).slice(0, longest)).toString('hex');

/** A name is found by each of its parts, and by what follows it: "Ann Mary Lee" by `ann m`, `mary`, `lee`. */
const most = 8;
function wordsOf({ username, email, name }: Named): readonly string[] {
  const parts = canonical(name).split(/\s+/);
  const ends = parts.slice(0, most).map((_, index) => parts.slice(index).join(' '));
  return [...new Set([username, email ?? '', ...ends].map(ordered))].filter((word) => word !== '');
}

/** The first of their words that begins so: by it they are found, and by no other, or they would be found twice. */
export const firstWord = (account: Named, beginning: string): string | undefined =>
  wordsOf(account)
    .filter((word) => word.startsWith(beginning))
    .sort()[0];

/** The words that new people are found by. */
export async function addWords(tx: Transaction, accounts: readonly Named[]): Promise<void> {
  await own(tx)
    .insertInto('account_word')
    .values(accounts.flatMap((account) => wordsOf(account).map((word) => ({ word, account_id: account.id }))))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Anew, after any change to one of the names. */
export async function saveListing(tx: Transaction, account: Named): Promise<void> {
  await own(tx).deleteFrom('account_word').where('account_id', '=', account.id).execute();
  await addWords(tx, [account]);
  await saveGroups(tx, [account]);
  await own(tx)
    .updateTable('account')
    .set({ listed_as: ordered(account.username), weighed_by: '' })
    .where('id', '=', account.id)
    .execute();
}

/** So many rows go to the database at once. */
const atOnce = 5000;

/** The groups that new people are in. */
export async function addGroups(tx: Transaction, accounts: readonly Pick<Named, 'id' | 'groups'>[]): Promise<void> {
  const rows = accounts.flatMap(({ id, groups }) =>
    [...new Set(groups.map(canonical))].map((name) => ({ name, account_id: id })),
  );
  for (let from = 0; from < rows.length; from += atOnce)
    await own(tx)
      .insertInto('account_group')
      .values(rows.slice(from, from + atOnce))
      .execute();
}

/** Anew, after any change to them; some hundreds at most. Many are in the same ones, and are written together. */
export async function saveGroups(tx: Transaction, accounts: readonly Pick<Named, 'id' | 'groups'>[]): Promise<void> {
  const all = accounts.map(({ id }) => id);
  if (all.length === 0) return;
  await own(tx).deleteFrom('account_group').where('account_id', 'in', all).execute();
  await addGroups(tx, accounts);
  const alike = Map.groupBy(accounts, ({ groups }) => JSON.stringify(groups));
  for (const [groups, some] of alike) {
    const ids = some.map(({ id }) => id);
    await own(tx).updateTable('account').set({ groups, weighed_by: '' }).where('id', 'in', ids).execute();
  }
}

/** Is anybody in a group of this name, however it is written? */
export async function isCarried(handle: Handle, group: string): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('account_group')
    .select('account_id')
    .where('name', '=', canonical(group))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
