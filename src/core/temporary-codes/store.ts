import { hours, type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { mark } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { AccountId } from '../accounts/store.ts';
import type { Session } from '../sessions/store.ts';
import temporaryCodesSql from './0001-temporary-codes.sql';

export const migrations: readonly Migration[] = [{ name: 'temporary-codes/0001', sql: temporaryCodesSql }];
export const restored = emptied('temporary_code', 'hand_out');

/** The caller has so long to read the number back, and whoever asks so many tries. */
const forTheNumber = minutes(10);
const tries = 3;
/** From when the code is given; what it let in goes on no longer. */
export const lifetime = hours(1);

type Tables = {
  temporary_code: {
    account_id: string;
    issuer: string;
    number_hash: string;
    wrong: number;
    code_hash: string | null;
    stop_hash: string | null;
    session_id: string | null;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const hashed = ({ ring }: Means, account: AccountId, digits: string): string =>
  mark(ring, 'temporary-code', account, digits);

/** The number that the caller is to read back. What was there of this person before is worth nothing any more. */
export async function saveNumber(
  tx: Transaction,
  means: Means,
  { account, issuer, number }: { account: AccountId; issuer: string; number: string },
): Promise<void> {
  await removeCode(tx, account);
  await own(tx)
    .insertInto('temporary_code')
    .values({
      account_id: account,
      issuer,
      number_hash: hashed(means, account, number),
      wrong: 0,
      code_hash: null,
      stop_hash: null,
      session_id: null,
      expires_at: shift(means.clock.now(), forTheNumber),
    })
    .execute();
}

/** Does this issuer wait for a number from them? */
export async function awaitsNumber(handle: Handle, issuer: string, account: AccountId, now: Instant): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('temporary_code')
    .select('wrong')
    .where('account_id', '=', account)
    .where('issuer', '=', issuer)
    .where('stop_hash', 'is', null)
    .where('wrong', '<', tries)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** A wrong number stays counted. @returns false: wrong, too late, or too often */
export async function takeNumber(
  tx: Transaction,
  means: Means,
  { account, issuer, number }: { account: AccountId; issuer: string; number: string },
): Promise<boolean> {
  if (!(await awaitsNumber(tx, issuer, account, means.clock.now()))) return false;
  const right = await own(tx)
    .selectFrom('temporary_code')
    .select('wrong')
    .where('account_id', '=', account)
    .where('number_hash', '=', hashed(means, account, number))
    .executeTakeFirst();
  if (right !== undefined) return true;
  await own(tx)
    .updateTable('temporary_code')
    .set(({ eb }) => ({ wrong: eb('wrong', '+', 1) }))
    .where('account_id', '=', account)
    .execute();
  return false;
}

/** From now on the code serves, once. @returns the token of the letter by which its person stops it */
export async function saveCode(tx: Transaction, means: Means, account: AccountId, code: string): Promise<string> {
  const stop = newSecret(means.chance);
  await own(tx)
    .updateTable('temporary_code')
    .set({
      code_hash: hashed(means, account, code),
      stop_hash: hashOf(stop),
      expires_at: shift(means.clock.now(), lifetime),
    })
    .where('account_id', '=', account)
    .execute();
  return stop;
}

/** Is one out that nobody has used? */
export async function hasCode(handle: Handle, account: AccountId, now: Instant): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('temporary_code')
    .select('expires_at')
    .where('account_id', '=', account)
    .where('code_hash', 'is not', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** By one conditional statement: of all who type it at once, one is right. */
export async function useCode(tx: Transaction, means: Means, account: AccountId, code: string): Promise<boolean> {
  const used = await own(tx)
    .updateTable('temporary_code')
    .set({ code_hash: null })
    .where('account_id', '=', account)
    .where('code_hash', '=', hashed(means, account, code))
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** The session that it let in, and no other, goes on by it. */
export async function bindCode(tx: Transaction, { id, account }: Pick<Session, 'id' | 'account'>): Promise<void> {
  await own(tx)
    .updateTable('temporary_code')
    .set({ session_id: id })
    .where('account_id', '=', account)
    .where('code_hash', 'is', null)
    .where('stop_hash', 'is not', null)
    .execute();
}

/** Was this session let in by one, not longer ago than one lives? */
export async function letInByCode(
  handle: Handle,
  { id, account }: Pick<Session, 'id' | 'account'>,
  now: Instant,
): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('temporary_code')
    .select('expires_at')
    .where('session_id', '=', id)
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Its person says that it was not for them, whether it was used or not. @returns whose it was; null: there is none */
export async function stopCode(tx: Transaction, token: string): Promise<AccountId | null> {
  const row = await own(tx)
    .deleteFrom('temporary_code')
    .where('stop_hash', '=', hashOf(token))
    .returning('account_id')
    .executeTakeFirst();
  return row === undefined ? null : (row.account_id as AccountId);
}

export async function removeCode(tx: Transaction, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('temporary_code').where('account_id', '=', account).execute();
}

/** A day longer than they serve: so long the letter stops what they let in. */
export async function removeExpired(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('temporary_code').where('expires_at', '<=', before).execute();
}
