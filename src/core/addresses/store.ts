import { days, type Instant, shift } from '../../kernel/clock.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { type Memo, memoOf, openMemos, sealMemos } from '../../store/memo.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { AccountId } from '../accounts/store.ts';
import type { Session } from '../sessions/store.ts';
import addressesSql from './0001-addresses.sql';

export const migrations: readonly Migration[] = [{ name: 'addresses/0001', sql: addressesSql }];
export const restored = emptied('address_change');
export const sealed: readonly SealedColumn[] = [{ table: 'address_change', column: 'memo', key: 'session_id' }];

/** Where somebody's mail went before. */
export interface Before {
  readonly account: AccountId;
  readonly address: string;
  readonly at: Instant;
}

type Tables = {
  address_change: { session_id: string; account_id: string; memo: string; at: number };
  address_before: { token_hash: string; account_id: string; address: string; at: number; expires_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (session: string) => ({ table: 'address_change', column: 'memo', row: session });
const name = 'address';

/** What this session has said of a new address, and knows of the code that was sent there; nothing, at first. */
export async function findChange(handle: Handle, means: Means, { id, account }: Session): Promise<Memo> {
  const row = await own(handle)
    .selectFrom('address_change')
    .select('memo')
    .where('session_id', '=', id)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return memoOf(openMemos(means, place(id), row?.memo ?? ''), name);
}

export async function saveChange(tx: Transaction, means: Means, { id, account }: Session, memo: Memo): Promise<void> {
  const values = { memo: sealMemos(means, place(id), new Map([[name, memo]])), at: means.clock.now() };
  await own(tx)
    .insertInto('address_change')
    .values({ session_id: id, account_id: account, ...values })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(values))
    .execute();
}

/** It is done with. @returns false: another tab was faster */
export async function removeChange(tx: Transaction, { id }: Session): Promise<boolean> {
  const gone = await own(tx).deleteFrom('address_change').where('session_id', '=', id).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** @returns the token that brings it back, kept nowhere but in its letter */
export async function addBefore(
  tx: Transaction,
  { chance, clock }: Means,
  { account, address, lifetime }: { account: AccountId; address: string; lifetime: number },
): Promise<string> {
  const token = newSecret(chance);
  const at = clock.now();
  await own(tx)
    .insertInto('address_before')
    .values({ token_hash: hashOf(token), account_id: account, address, at, expires_at: shift(at, lifetime) })
    .execute();
  return token;
}

/** While it can still be brought back. */
export async function findBefore(handle: Handle, token: string, now: Instant): Promise<Before | null> {
  const row = await own(handle)
    .selectFrom('address_before')
    .select(['account_id', 'address', 'at'])
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { account: row.account_id as AccountId, address: row.address, at: row.at as Instant };
}

/**
 * Uses it up, and with it all that came after: whoever changed the address twice cannot bring the first change back.
 * @returns false: it was used meanwhile
 */
export async function useBefore(tx: Transaction, token: string, { account, at }: Before): Promise<boolean> {
  const used = await own(tx).deleteFrom('address_before').where('token_hash', '=', hashOf(token)).executeTakeFirst();
  await own(tx).deleteFrom('address_before').where('account_id', '=', account).where('at', '>=', at).execute();
  return used.numDeletedRows === 1n;
}

/** Until when some earlier address of theirs can be brought back; null when none can. */
export async function findLastEnd(handle: Handle, account: AccountId, now: Instant): Promise<Instant | null> {
  const row = await own(handle)
    .selectFrom('address_before')
    .select('expires_at')
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.expires_at ?? null) as Instant | null;
}

/** What can no longer be brought back, and what nobody went on with for a day. */
export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx)
    .deleteFrom('address_change')
    .where('at', '<=', shift(now, -days(1)))
    .execute();
  await own(tx).deleteFrom('address_before').where('expires_at', '<=', now).execute();
}
