import type { Instant } from '../../kernel/clock.ts';
import { hashOf, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { AccountId } from '../accounts/store.ts';
import recoverySql from './0001-recovery.sql';

export const migrations: readonly Migration[] = [{ name: 'recovery/0001', sql: recoverySql }];
export const restored = emptied('recovery_request', 'recovery_wait');

export interface Request {
  /** As it was typed: an account's, or nobody's. */
  readonly name: string;
  readonly language: string;
}
export interface Wait {
  readonly account: AccountId;
  readonly language: string;
  readonly readyAt: Instant;
}

type Tables = {
  recovery_request: { id: string; name: string; language: string; at: number };
  recovery_wait: { account_id: string; stop_hash: string; language: string; ready_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export async function addRequest(tx: Transaction, { chance, clock }: Means, request: Request): Promise<void> {
  await own(tx)
    .insertInto('recovery_request')
    .values({ id: newId(chance), at: clock.now(), ...request })
    .execute();
}

/** The oldest, taken out: whoever takes it answers it. */
export async function takeRequest(tx: Transaction): Promise<Request | null> {
  const row = await own(tx)
    .deleteFrom('recovery_request')
    .where('id', 'in', own(tx).selectFrom('recovery_request').select('id').orderBy('at').limit(1))
    .returning(['name', 'language'])
    .executeTakeFirst();
  return row ?? null;
}

/** One for each person; the first begun counts, and whoever begins it again waits no longer. @returns the token that stops it; null when there was one */
export async function addWait(tx: Transaction, { chance }: Means, wait: Wait): Promise<string | null> {
  const token = newSecret(chance);
  const added = await own(tx)
    .insertInto('recovery_wait')
    .values({
      account_id: wait.account,
      stop_hash: hashOf(token),
      language: wait.language,
      ready_at: wait.readyAt,
    })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1 ? token : null;
}

export async function findWait(handle: Handle, account: AccountId): Promise<Wait | null> {
  const row = await own(handle)
    .selectFrom('recovery_wait')
    .selectAll()
    .where('account_id', '=', account)
    .executeTakeFirst();
  return row === undefined ? null : waitOf(row);
}

/** One whose time has come, taken out. */
export async function takeReady(tx: Transaction, now: Instant): Promise<Wait | null> {
  const ready = own(tx).selectFrom('recovery_wait').select('account_id').where('ready_at', '<=', now).limit(1);
  const row = await own(tx)
    .deleteFrom('recovery_wait')
    .where('account_id', 'in', ready)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : waitOf(row);
}

/** @returns whose it was; null when there is none to stop */
export async function stopWait(tx: Transaction, token: string): Promise<AccountId | null> {
  const row = await own(tx)
    .deleteFrom('recovery_wait')
    .where('stop_hash', '=', hashOf(token))
    .returning('account_id')
    .executeTakeFirst();
  return row === undefined ? null : (row.account_id as AccountId);
}

/** The person found another way, or was shut out. @returns false when nobody waited */
export async function removeWait(tx: Transaction, account: AccountId): Promise<boolean> {
  const gone = await own(tx).deleteFrom('recovery_wait').where('account_id', '=', account).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

const waitOf = (row: Tables['recovery_wait']): Wait => ({
  account: row.account_id as AccountId,
  language: row.language,
  readyAt: row.ready_at as Instant,
});
