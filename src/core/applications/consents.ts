import type { Instant } from '../../kernel/clock.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { AccountId } from '../accounts/store.ts';
import consentsSql from './0001-consents.sql';

export const migrations: readonly Migration[] = [{ name: 'applications/0001', sql: consentsSql }];

export type ConsentId = Id<'consent'>;

type Tables = {
  consent: { id: string; account_id: string; application_id: string; scopes: string; given_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export interface Consent {
  /** Another one when it was withdrawn and given again: what rested on the old one does not come back. */
  readonly id: ConsentId;
  readonly application: string;
  readonly scopes: readonly string[];
  readonly givenAt: Instant;
}

const consentOf = (row: Tables['consent']): Consent => ({
  id: row.id as ConsentId,
  application: row.application_id,
  scopes: JSON.parse(row.scopes) as string[],
  givenAt: row.given_at as Instant,
});

/** What this person let that application know; null when they were never asked, or took it back. */
export async function findConsent(handle: Handle, account: AccountId, application: string): Promise<Consent | null> {
  const row = await own(handle)
    .selectFrom('consent')
    .selectAll()
    .where('account_id', '=', account)
    .where('application_id', '=', application)
    .executeTakeFirst();
  return row === undefined ? null : consentOf(row);
}

/** Does it still stand? */
export async function hasConsent(handle: Handle, id: ConsentId): Promise<boolean> {
  return (await own(handle).selectFrom('consent').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** The newest first. */
export async function listConsents(handle: Handle, account: AccountId): Promise<readonly Consent[]> {
  const rows = await own(handle)
    .selectFrom('consent')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('given_at', 'desc')
    .execute();
  return rows.map(consentOf);
}

/** What is allowed now is added to what was allowed before. */
export async function saveConsent(
  tx: Transaction,
  means: Means,
  given: { account: AccountId; application: string; scopes: readonly string[] },
): Promise<void> {
  const before = await findConsent(tx, given.account, given.application);
  const scopes = JSON.stringify([...new Set([...(before?.scopes ?? []), ...given.scopes])].sort());
  const given_at = means.clock.now();
  await own(tx)
    .insertInto('consent')
    .values({ id: newId(means.chance), account_id: given.account, application_id: given.application, scopes, given_at })
    .onConflict((conflict) => conflict.columns(['account_id', 'application_id']).doUpdateSet({ scopes, given_at }))
    .execute();
}

/** @returns whether there was one */
export async function removeConsent(tx: Transaction, account: AccountId, id: ConsentId): Promise<boolean> {
  const gone = await own(tx)
    .deleteFrom('consent')
    .where('id', '=', id)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
