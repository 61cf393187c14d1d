import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import { open, type Place, seal } from '../../kernel/seal.ts';
import type { Pattern } from '../../otp/codes.ts';
import { seedMark, useStep } from '../../otp/replay.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';
import { type Key, lastUsable } from './rules.ts';
import { registeredNote } from './words.ts';

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
    realm: string;
    algorithm: string;
    digits: number;
    period: number;
    mark: string;
    registered: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string): Place => ({ table: 'totp', column: 'secret', row: id });

export interface Authenticator extends Pattern {
  readonly credential: Credential;
  readonly realm: string;
  /** Sealed. */
  readonly secret: string;
  /** By what it is remembered which of its codes were used. */
  readonly mark: string;
  readonly drift: number;
  /** An administrator registered it, and has seen the key. */
  readonly registered: boolean;
}

const rowsOf = prepared((handle, account: AccountId) =>
  own(handle).selectFrom('totp').selectAll().where('account_id', '=', account).orderBy('bound_at'),
);

const patternOf = ({ algorithm, digits, period }: Pick<Tables['totp'], 'algorithm' | 'digits' | 'period'>) =>
  ({ algorithm, digits, period }) as Pattern;

export async function listAuthenticators(handle: Handle, account: AccountId): Promise<readonly Authenticator[]> {
  return (await rowsOf(handle, account)).map((row) => ({
    credential: {
      id: row.id as CredentialId,
      label: null,
      left: null,
      lastUsedAt: row.last_used_at as Instant | null,
      bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
      realm: row.realm,
      ...(row.registered === 1 && { note: registeredNote }),
    },
    ...patternOf(row),
    realm: row.realm,
    secret: row.secret,
    mark: row.mark,
    drift: row.drift,
    registered: row.registered === 1,
  }));
}

export const keyOf = (means: Means, one: Authenticator): Key => ({
  ...patternOf(one),
  secret: open(means.ring, place(one.credential.id), one.secret),
});

/** An authenticator that is added. */
export interface Added extends Pick<Authenticator, 'realm' | 'mark' | 'drift' | 'registered'> {
  readonly id: CredentialId;
  readonly account: AccountId;
  readonly key: Key;
  readonly bound: Bound;
}

export async function addAuthenticator(tx: Transaction, means: Means, given: Added): Promise<void> {
  const { id, account, key, realm, mark, drift, registered, bound } = given;
  await own(tx)
    .insertInto('totp')
    .values({
      id,
      account_id: account,
      secret: seal(means.ring, means.chance, place(id), key.secret),
      seed: seedMark(means.ring, key.secret),
      ...patternOf(key),
      realm,
      mark,
      drift,
      registered: registered ? 1 : 0,
      bound_at: bound.at,
      bound_level: bound.level,
      last_used_at: null,
    })
    .execute();
}

/** What was registered for somebody in a realm before goes. @returns how many */
export async function removeRegistered(tx: Transaction, account: AccountId, realm: string): Promise<number> {
  const gone = await own(tx)
    .deleteFrom('totp')
    .where('account_id', '=', account)
    .where('realm', '=', realm)
    .where('registered', '=', 1)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** @param seed its mark @returns whose this key is, besides this person */
export async function findOtherHolder(handle: Handle, seed: string, but: AccountId): Promise<AccountId | null> {
  const row = await own(handle)
    .selectFrom('totp')
    .select('account_id')
    .where('seed', '=', seed)
    .where('account_id', '!=', but)
    .limit(1)
    .executeTakeFirst();
  return (row?.account_id ?? null) as AccountId | null;
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
  const all = await own(tx).selectFrom('totp').select(['mark', 'drift', 'algorithm', 'digits', 'period']).execute();
  for (const { mark, drift, ...row } of all) await useStep(tx, mark, lastUsable(now, drift, patternOf(row)));
}
