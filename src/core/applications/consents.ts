import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { AccountId } from '../accounts/store.ts';
import consentsSql from './0001-consents.sql';

export const migrations: readonly Migration[] = [{ name: 'applications/0001', sql: consentsSql }];

type Tables = { consent: { account_id: string; application_id: string; scopes: string; given_at: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

export interface Consent {
  readonly application: string;
  readonly scopes: readonly string[];
  readonly givenAt: Instant;
}

/** What this person let that application know; nothing when they were never asked. */
export async function findConsent(handle: Handle, account: AccountId, application: string): Promise<readonly string[]> {
  const row = await own(handle)
    .selectFrom('consent')
    .select('scopes')
    .where('account_id', '=', account)
    .where('application_id', '=', application)
    .executeTakeFirst();
  return row === undefined ? [] : (JSON.parse(row.scopes) as string[]);
}

export async function listConsents(handle: Handle, account: AccountId): Promise<readonly Consent[]> {
  const rows = await own(handle).selectFrom('consent').selectAll().where('account_id', '=', account).execute();
  return rows.map((row) => ({
    application: row.application_id,
    scopes: JSON.parse(row.scopes) as string[],
    givenAt: row.given_at as Instant,
  }));
}

/** What is allowed now is added to what was allowed before. */
export async function saveConsent(
  tx: Transaction,
  means: Means,
  given: { account: AccountId; application: string; scopes: readonly string[] },
): Promise<void> {
  const before = await findConsent(tx, given.account, given.application);
  const scopes = JSON.stringify([...new Set([...before, ...given.scopes])].sort());
  const given_at = means.clock.now();
  await own(tx)
    .insertInto('consent')
    .values({ account_id: given.account, application_id: given.application, scopes, given_at })
    .onConflict((conflict) => conflict.columns(['account_id', 'application_id']).doUpdateSet({ scopes, given_at }))
    .execute();
}

export async function removeConsent(tx: Transaction, account: AccountId, application: string): Promise<void> {
  await own(tx)
    .deleteFrom('consent')
    .where('account_id', '=', account)
    .where('application_id', '=', application)
    .execute();
}
