import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import { open, type Place, seal } from '../../kernel/seal.ts';
import { seedMark, useStep } from '../../otp/replay.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';
import { lastUsable } from './rules.ts';

type Tables = {
  totp: {
    id: string;
    account_id: string;
    secret: string;
    seed: string;
    drift: number;
    bound_at: number;
    bound_level: number;
    last_used_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string): Place => ({ table: 'totp', column: 'secret', row: id });

export interface Authenticator {
  readonly credential: Credential;
  /** Sealed. */
  readonly secret: string;
  readonly seed: string;
  readonly drift: number;
}

const rowsOf = prepared((handle, account: AccountId) =>
  own(handle).selectFrom('totp').selectAll().where('account_id', '=', account).orderBy('bound_at'),
);

export async function listAuthenticators(handle: Handle, account: AccountId): Promise<readonly Authenticator[]> {
  return (await rowsOf(handle, account)).map((row) => ({
    credential: {
      id: row.id as CredentialId,
      label: null,
      left: null,
      lastUsedAt: row.last_used_at as Instant | null,
      bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
    },
    secret: row.secret,
    seed: row.seed,
    drift: row.drift,
  }));
}

/** @returns the secret in Base32 */
export const secretIn = (means: Means, { credential, secret }: Authenticator): string =>
  open(means.ring, place(credential.id), secret);

export async function addAuthenticator(
  tx: Transaction,
  means: Means,
  given: { id: CredentialId; account: AccountId; secret: string; drift: number; bound: Bound },
): Promise<void> {
  await own(tx)
    .insertInto('totp')
    .values({
      id: given.id,
      account_id: given.account,
      secret: seal(means.ring, means.chance, place(given.id), given.secret),
      seed: seedMark(means.ring, given.secret),
      drift: given.drift,
      bound_at: given.bound.at,
      bound_level: given.bound.level,
      last_used_at: null,
    })
    .execute();
}

/** @returns false when it was removed meanwhile */
export async function saveUse(tx: Transaction, id: CredentialId, at: Instant, drift: number): Promise<boolean> {
  const used = await own(tx)
    .updateTable('totp')
    .set({ last_used_at: at, drift })
    .where('id', '=', id)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

export const removeAuthenticators = (
  tx: Transaction,
  account: AccountId,
  which: CredentialId | 'all',
): Promise<number> => removeOwned(tx, 'totp', account, which);

/** Every code that anybody may have seen by now is used up. */
export async function useAllUp(tx: Transaction, now: Instant): Promise<void> {
  for (const { seed, drift } of await own(tx).selectFrom('totp').select(['seed', 'drift']).execute())
    await useStep(tx, seed, lastUsable(now, drift));
}
