import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { canonical } from './canonical.ts';

/** What an account is found by. Kept with it, so that no page looks through everybody (`docs/adr/0031`). */

type Tables = {
  account: { id: string; listed_as: string | null; has_second: number; has_resistant: number | null };
  account_word: { word: string; account_id: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

interface Named {
  readonly id: AccountId;
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
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
  await own(tx)
    .updateTable('account')
    .set({ listed_as: ordered(account.username) })
    .where('id', '=', account.id)
    .execute();
}

/** Is anything left that stands behind the password, and anything that no page but ours can ask for? */
export async function saveHas(
  tx: Transaction,
  id: AccountId,
  has: { readonly second: boolean; readonly resistant: boolean },
): Promise<void> {
  await own(tx)
    .updateTable('account')
    .set({ has_second: has.second ? 1 : 0, has_resistant: has.resistant ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}
