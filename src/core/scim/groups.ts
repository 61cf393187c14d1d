import type { Instant } from '../../kernel/clock.ts';
import type { AccountId, Id } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { canonical } from '../accounts/canonical.ts';
import { findPlace, nextNumber, shelve, unshelve } from './shelves.ts';

export type GroupId = Id<'group'>;

/** A group that a program made here. Its members carry its name among their groups. */
export interface Group {
  readonly id: GroupId;
  readonly name: string;
  readonly externalId: string | null;
  /** Another after every change of it or of its members. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

type Row = {
  id: string;
  number: number;
  name: string;
  canonical: string;
  external_id: string | null;
  version: number;
  created_at: number;
  changed_at: number;
};
type Tables = { scim_group: Row; scim_member: { group_id: string; account_id: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

const groupOf = (row: Row): Group => ({
  id: row.id as GroupId,
  name: row.name,
  externalId: row.external_id,
  version: row.version,
  createdAt: row.created_at as Instant,
  changedAt: row.changed_at as Instant,
});

const by = async (handle: Handle, column: 'id' | 'canonical' | 'external_id', value: string): Promise<Group | null> => {
  const row = await own(handle).selectFrom('scim_group').selectAll().where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : groupOf(row);
};
export const findGroup = (handle: Handle, id: GroupId) => by(handle, 'id', id);
export const findGroupByName = (handle: Handle, name: string) => by(handle, 'canonical', canonical(name));
export const findGroupByExternalId = (handle: Handle, externalId: string) => by(handle, 'external_id', externalId);

/** In the order in which they were made. @param before how many of them stand before the page */
export async function listGroups(
  handle: Handle,
  page: { before: number; limit: number },
): Promise<{ total: number; groups: readonly Group[] }> {
  const { total, from, skip } = await findPlace(handle, 'group', page.before);
  if (page.limit === 0) return { total, groups: [] };
  const rows = await own(handle)
    .selectFrom('scim_group')
    .selectAll()
    .where('number', '>=', from)
    .orderBy('number')
    .limit(page.limit)
    .offset(skip)
    .execute();
  return { total, groups: rows.map(groupOf) };
}

/** By whoever is the only one who writes. */
export async function addGroup(
  tx: Transaction,
  { id, name, externalId, version, createdAt, changedAt }: Group,
): Promise<void> {
  const number = await nextNumber(tx);
  const values = { id, number, name, canonical: canonical(name), external_id: externalId, version };
  await own(tx)
    .insertInto('scim_group')
    .values({ ...values, created_at: createdAt, changed_at: changedAt })
    .execute();
  await shelve(tx, 'group', number);
}

/** Another version of it. */
export async function saveGroup(
  tx: Transaction,
  id: GroupId,
  { name, externalId, changedAt }: Pick<Group, 'name' | 'externalId' | 'changedAt'>,
): Promise<void> {
  await own(tx)
    .updateTable('scim_group')
    .set(({ eb }) => ({
      name,
      canonical: canonical(name),
      external_id: externalId,
      changed_at: changedAt,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function removeGroup(tx: Transaction, id: GroupId): Promise<void> {
  const row = await own(tx).deleteFrom('scim_group').where('id', '=', id).returning('number').executeTakeFirst();
  if (row !== undefined) await unshelve(tx, 'group', row.number);
}

/** @returns no more than so many, in no order that means anything */
export async function listMembers(handle: Handle, group: GroupId, limit: number): Promise<readonly AccountId[]> {
  const rows = await own(handle)
    .selectFrom('scim_member')
    .select('account_id')
    .where('group_id', '=', group)
    .orderBy('account_id')
    .limit(limit)
    .execute();
  return rows.map(({ account_id }) => account_id as AccountId);
}

/** Which of these people are in it. */
export async function listAmong(
  handle: Handle,
  group: GroupId,
  people: readonly string[],
): Promise<readonly AccountId[]> {
  if (people.length === 0) return [];
  const rows = await own(handle)
    .selectFrom('scim_member')
    .select('account_id')
    .where('group_id', '=', group)
    .where('account_id', 'in', people)
    .execute();
  return rows.map(({ account_id }) => account_id as AccountId);
}

/** The groups of each of these people. */
export async function listGroupsOf(
  handle: Handle,
  people: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, readonly Group[]>> {
  const found = new Map<AccountId, Group[]>();
  if (people.length === 0) return found;
  const rows = await own(handle)
    .selectFrom('scim_member')
    .innerJoin('scim_group', 'scim_group.id', 'scim_member.group_id')
    .selectAll('scim_group')
    .select('account_id')
    .where('account_id', 'in', people)
    .orderBy('number')
    .execute();
  for (const { account_id, ...row } of rows) {
    const account = account_id as AccountId;
    found.set(account, [...(found.get(account) ?? []), groupOf(row)]);
  }
  return found;
}

export async function addMembers(tx: Transaction, group: GroupId, people: readonly AccountId[]): Promise<void> {
  if (people.length === 0) return;
  await own(tx)
    .insertInto('scim_member')
    .values(people.map((account) => ({ group_id: group, account_id: account })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeMembers(tx: Transaction, group: GroupId, people: readonly AccountId[]): Promise<void> {
  if (people.length === 0) return;
  await own(tx).deleteFrom('scim_member').where('group_id', '=', group).where('account_id', 'in', people).execute();
}
