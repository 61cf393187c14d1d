import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Account } from '../accounts/store.ts';
import { type AccountId, type AccountRow, accountOf } from '../accounts/store.ts';
import { findPlace, nextNumber, shelve, unshelve } from './shelves.ts';

/** What somebody is called, as whoever keeps them says it (RFC 7643, 4.1.1); null: not said. */
export interface Names {
  readonly display: string | null;
  readonly formatted: string | null;
  readonly given: string | null;
  readonly family: string | null;
}

/** Somebody whom a program keeps here. */
export interface Kept {
  readonly account: Account;
  readonly externalId: string | null;
  readonly names: Names;
  readonly changedAt: Instant;
  /** When it shut them out, if it did. */
  readonly shutOutAt: Instant | null;
}

type KeptRow = {
  account_id: string;
  number: number;
  external_id: string | null;
  names: string;
  changed_at: number;
  shut_out_at: number | null;
};
type Tables = {
  scim_user: KeptRow;
  scim_member: { group_id: string; account_id: string };
  scim_group: { id: string; version: number };
  account: AccountRow;
};
const own = (handle: Handle) => handle.withTables<Tables>();

const keptOf = (row: AccountRow & KeptRow): Kept => ({
  account: accountOf(row),
  externalId: row.external_id,
  names: JSON.parse(row.names) as Names,
  changedAt: row.changed_at as Instant,
  shutOutAt: row.shut_out_at as Instant | null,
});

const everybody = (handle: Handle) =>
  own(handle)
    .selectFrom('scim_user')
    .innerJoin('account', 'account.id', 'scim_user.account_id')
    .selectAll('account')
    .selectAll('scim_user');

/** @returns null for whoever is not kept by a program, too */
export async function findKept(handle: Handle, id: AccountId): Promise<Kept | null> {
  const row = await everybody(handle).where('account_id', '=', id).executeTakeFirst();
  return row === undefined ? null : keptOf(row);
}

/** Those of these people who are kept by a program. */
export async function listKeptAmong(handle: Handle, ids: readonly AccountId[]): Promise<readonly Kept[]> {
  if (ids.length === 0) return [];
  const rows = await everybody(handle).where('account_id', 'in', ids).execute();
  return rows.map(keptOf);
}

export async function findKeptByExternalId(handle: Handle, externalId: string): Promise<Kept | null> {
  const row = await everybody(handle).where('external_id', '=', externalId).executeTakeFirst();
  return row === undefined ? null : keptOf(row);
}

/** In the order in which they came. @param before how many of them stand before the page */
export async function listKept(
  handle: Handle,
  page: { before: number; limit: number },
): Promise<{ total: number; kept: readonly Kept[] }> {
  const { total, from, skip } = await findPlace(handle, 'user', page.before);
  if (page.limit === 0) return { total, kept: [] };
  // Whoever is passed over is looked at by their number alone.
  const first = own(handle)
    .selectFrom('scim_user')
    .select('number')
    .where('number', '>=', from)
    .orderBy('number')
    .limit(1)
    .offset(skip);
  const rows = await everybody(handle).where('number', '>=', first).orderBy('number').limit(page.limit).execute();
  return { total, kept: rows.map(keptOf) };
}

/** By whoever is the only one who writes. */
export async function addKept(
  tx: Transaction,
  { account, externalId, names, changedAt, shutOutAt }: Kept,
): Promise<void> {
  const number = await nextNumber(tx);
  await own(tx)
    .insertInto('scim_user')
    .values({
      account_id: account.id,
      number,
      external_id: externalId,
      names: JSON.stringify(names),
      changed_at: changedAt,
      shut_out_at: shutOutAt,
    })
    .execute();
  await shelve(tx, 'user', number);
}

export async function saveKept(
  tx: Transaction,
  id: AccountId,
  { externalId, names, changedAt, shutOutAt }: Omit<Kept, 'account'>,
): Promise<void> {
  await own(tx)
    .updateTable('scim_user')
    .set({
      external_id: externalId,
      names: JSON.stringify(names),
      changed_at: changedAt,
      shut_out_at: shutOutAt,
    })
    .where('account_id', '=', id)
    .execute();
}

/** Nobody's any more but their own: their account stays as it is. */
export async function removeKept(tx: Transaction, id: AccountId): Promise<void> {
  await forgetKept(tx, id);
  await own(tx).deleteFrom('scim_user').where('account_id', '=', id).execute();
}

/** Before the account goes, and these rows with it: it is one less, and the groups are others than before. */
export async function forgetKept(tx: Transaction, id: AccountId): Promise<void> {
  const row = await own(tx).selectFrom('scim_user').select('number').where('account_id', '=', id).executeTakeFirst();
  if (row === undefined) return;
  await unshelve(tx, 'user', row.number);
  const groups = own(tx).selectFrom('scim_member').select('group_id').where('account_id', '=', id);
  await own(tx)
    .updateTable('scim_group')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', groups)
    .execute();
}
