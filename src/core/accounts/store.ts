import type { Generated } from 'kysely';
import type { Instant } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import { type Language, languageOf } from '../../ui/language.ts';
import type { Role } from '../roles/roles.ts';
import accountsSql from './0001-accounts.sql';
import languageSql from './0002-language.sql';
import roleSql from './0003-role.sql';
import listedSql from './0004-listed.sql';
import groupsSql from './0005-groups.sql';
import hangingSql from './0006-hanging.sql';
import countedSql from './0007-counted.sql';
import { canonical } from './canonical.ts';
import { addGroups, addWords, ordered, saveGroups, saveListing } from './listing.ts';
import { namesOf } from './names.ts';

export type { AccountId };

export interface Account {
  readonly id: AccountId;
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  /** What they may do for the house; null: nothing. */
  readonly role: Role | null;
  /** What they are written to in: as the pages were when they last signed in. */
  readonly language: Language;
  readonly disabledAt: Instant | null;
  readonly createdAt: Instant;
}

export const migrations: readonly Migration[] = [
  { name: 'accounts/0001', sql: accountsSql },
  { name: 'accounts/0002', sql: languageSql },
  { name: 'accounts/0003', sql: roleSql },
  { name: 'accounts/0004', sql: listedSql },
  { name: 'accounts/0005', sql: groupsSql },
  { name: 'accounts/0006', sql: hangingSql },
  { name: 'accounts/0007', sql: countedSql },
];

export type AccountRow = {
  id: string;
  username: string;
  email: string | null;
  name: string;
  groups: string;
  role: string | null;
  language: string;
  disabled_at: number | null;
  created_at: number;
};
type Tables = {
  account: AccountRow & {
    listed_as: string | null;
    weighed_by: string;
    has_resistant: number | null;
    counted_as: Generated<string>;
  };
  account_name: { canonical: string; account_id: string };
  account_gone: { id: string; counted_as: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export const accountOf = (row: AccountRow): Account => ({
  id: row.id as AccountId,
  username: row.username,
  email: row.email,
  name: row.name,
  groups: JSON.parse(row.groups) as string[],
  role: row.role as Role | null,
  language: languageOf([row.language]),
  disabledAt: row.disabled_at as Instant | null,
  createdAt: row.created_at as Instant,
});

const rowOf = prepared((handle, id: AccountId) => own(handle).selectFrom('account').selectAll().where('id', '=', id));

export async function findAccount(handle: Handle, id: AccountId): Promise<Account | null> {
  const [row] = await rowOf(handle, id);
  return row === undefined ? null : accountOf(row);
}

/** By user name or e-mail address, however it was typed. */
export async function findAccountByName(handle: Handle, typed: string): Promise<Account | null> {
  const row = await own(handle)
    .selectFrom('account_name')
    .innerJoin('account', 'account.id', 'account_name.account_id')
    .selectAll('account')
    .where('canonical', '=', canonical(typed))
    .executeTakeFirst();
  return row === undefined ? null : accountOf(row);
}

export async function listAccounts(
  handle: Handle,
  page: { after: string; limit: number },
): Promise<readonly Account[]> {
  const rows = await own(handle)
    .selectFrom('account')
    .selectAll()
    .where('username', '>', page.after)
    .orderBy('username')
    .limit(page.limit)
    .execute();
  return rows.map(accountOf);
}

/** @returns false, and adds nothing, when the user name or the address is taken by anybody in either form */
export const addAccount = async (tx: Transaction, account: Account): Promise<boolean> =>
  (await addAccounts(tx, [account])).size === 0;

/** All of them, or nobody when some name is taken. @returns the names that are, in the form they are kept in */
export async function addAccounts(tx: Transaction, accounts: readonly Account[]): Promise<ReadonlySet<string>> {
  const names = accounts.flatMap((account) =>
    namesOf(account).map((name) => ({ canonical: name, account_id: account.id })),
  );
  const taken = await listTaken(
    tx,
    names.map((one) => one.canonical),
  );
  if (taken.size > 0) return taken;
  await own(tx)
    .insertInto('account')
    .values(
      accounts.map(({ disabledAt, createdAt, groups, ...account }) => ({
        ...account,
        groups: JSON.stringify(groups),
        disabled_at: disabledAt,
        created_at: createdAt,
        listed_as: ordered(account.username),
        weighed_by: '',
        has_resistant: 0,
      })),
    )
    .execute();
  // Whoever comes at the same moment waits here for us, or we for them: then the name is theirs, and nobody is added.
  const kept = await own(tx)
    .insertInto('account_name')
    .values(names)
    .onConflict((conflict) => conflict.doNothing())
    .returning('canonical')
    .execute();
  if (kept.length < names.length) {
    const ids = accounts.map(({ id }) => id);
    await own(tx).deleteFrom('account').where('id', 'in', ids).execute();
    const ours = new Set(kept.map(({ canonical: name }) => name));
    return new Set(names.map(({ canonical: name }) => name).filter((name) => !ours.has(name)));
  }
  await addWords(tx, accounts);
  await addGroups(tx, accounts);
  return taken;
}

/** Which of these names are somebody's. */
export async function listTaken(handle: Handle, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await own(handle)
    .selectFrom('account_name')
    .select('canonical')
    .where('canonical', 'in', names)
    .execute();
  return new Set(rows.map((row) => row.canonical));
}

/** @returns false, and changes nothing, when it is somebody else's in either form */
export async function saveEmail(tx: Transaction, account: Account, address: string): Promise<boolean> {
  const { id, username, email } = account;
  const name = canonical(address);
  await own(tx)
    .insertInto('account_name')
    .values({ canonical: name, account_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const owner = await own(tx).selectFrom('account_name').select('account_id').where('canonical', '=', name).execute();
  if (owner[0]?.account_id !== id) return false;
  await own(tx).updateTable('account').set({ email: address }).where('id', '=', id).execute();
  // The user name stays a name of theirs, also where it was the address.
  const kept = [name, canonical(username)];
  await own(tx)
    .deleteFrom('account_name')
    .where('canonical', '=', canonical(email ?? username))
    .where('canonical', 'not in', kept)
    .execute();
  await saveListing(tx, { ...account, email: address });
  return true;
}

/**
 * As whoever keeps them in our place calls them from now on; who they are stays.
 * @returns false, and changes nothing but their groups, when one of the names is somebody else's
 */
export async function saveNames(
  tx: Transaction,
  account: Account,
  given: Pick<Account, 'username' | 'email' | 'name' | 'groups'>,
): Promise<boolean> {
  const { id } = account;
  const { username, email, name, groups } = given;
  if (JSON.stringify(account.groups) !== JSON.stringify(groups)) await saveGroups(tx, [{ id, groups }]);
  if (account.username === username && account.email === email && account.name === name) return true;
  const names = namesOf(given);
  const owners = await own(tx).selectFrom('account_name').selectAll().where('canonical', 'in', names).execute();
  if (owners.some(({ account_id }) => account_id !== id)) return false;
  await own(tx).deleteFrom('account_name').where('account_id', '=', id).execute();
  await own(tx)
    .insertInto('account_name')
    .values(names.map((one) => ({ canonical: one, account_id: id })))
    .execute();
  await own(tx).updateTable('account').set({ username, email, name }).where('id', '=', id).execute();
  await saveListing(tx, { id, username, email, name, groups });
  return true;
}

/** All accounts in a group, however many pages that takes. */
export async function listMembers(handle: Handle, group: string): Promise<readonly Account[]> {
  const rows = await own(handle)
    .selectFrom('account')
    .selectAll()
    .where('groups', 'like', `%${JSON.stringify(group)}%`)
    .execute();
  return rows.map(accountOf).filter(({ groups }) => groups.includes(group));
}

/** Who was here before people were listed, and is not yet. */
export async function listUnlisted(handle: Handle, limit: number): Promise<readonly Account[]> {
  const rows = await own(handle)
    .selectFrom('account')
    .selectAll()
    .where('listed_as', 'is', null)
    .limit(limit)
    .execute();
  return rows.map(accountOf);
}

/** All who have a role. */
export async function listHolders(handle: Handle, role: Role): Promise<readonly Account[]> {
  const rows = await own(handle).selectFrom('account').selectAll().where('role', '=', role).orderBy('id').execute();
  return rows.map(accountOf);
}

export async function saveRole(tx: Transaction, id: AccountId, role: Role | null): Promise<void> {
  await own(tx).updateTable('account').set({ role, weighed_by: '' }).where('id', '=', id).execute();
}

export async function saveLanguage(tx: Transaction, id: AccountId, language: Language): Promise<void> {
  await own(tx).updateTable('account').set({ language }).where('id', '=', id).execute();
}

export async function saveDisabled(tx: Transaction, id: AccountId, disabledAt: Instant | null): Promise<void> {
  await own(tx).updateTable('account').set({ disabled_at: disabledAt }).where('id', '=', id).execute();
}

/** With everything that is theirs: whatever names an account goes with it. Only that one fewer is counted is still to be said. */
export async function removeAccount(tx: Transaction, id: AccountId): Promise<void> {
  const gone = await own(tx).deleteFrom('account').where('id', '=', id).returning(['id', 'counted_as']).execute();
  if (gone.length > 0) await own(tx).insertInto('account_gone').values(gone).execute();
}

/** User names, by id; whoever is gone has none. */
export async function listNames(handle: Handle, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const rows = await own(handle).selectFrom('account').select(['id', 'username']).where('id', 'in', asked).execute();
  return new Map(rows.map(({ id, username }) => [id, username]));
}
