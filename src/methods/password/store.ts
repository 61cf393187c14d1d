import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';

type Tables = {
  password: {
    account_id: string;
    id: string;
    phc: string;
    bound_at: number;
    bound_level: number;
    last_used_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export interface StoredPassword {
  readonly credential: Credential;
  /** The hash, as a PHC string. */
  readonly phc: string;
}

const rowOf = prepared((handle, account: string) =>
  own(handle).selectFrom('password').selectAll().where('account_id', '=', account),
);

/** Asked for nobody too, so that an unknown name costs the same. */
export async function findPassword(handle: Handle, account: AccountId | null): Promise<StoredPassword | null> {
  const [row] = await rowOf(handle, account ?? '');
  if (row === undefined) return null;
  const bound = { at: row.bound_at as Instant, level: row.bound_level as Level };
  return {
    phc: row.phc,
    credential: {
      id: row.id as CredentialId,
      label: null,
      left: null,
      lastUsedAt: row.last_used_at as Instant | null,
      bound,
    },
  };
}

interface Given {
  readonly id: CredentialId;
  readonly account: AccountId;
  readonly phc: string;
  readonly bound: Bound;
}

const rowFor = ({ id, account, phc, bound }: Given): Tables['password'] => ({
  account_id: account,
  id,
  phc,
  bound_at: bound.at,
  bound_level: bound.level,
  last_used_at: null,
});

export async function savePassword(tx: Transaction, given: Given): Promise<void> {
  const { account_id, ...values } = rowFor(given);
  await own(tx)
    .insertInto('password')
    .values({ account_id, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** For people who have none. */
export async function addPasswords(tx: Transaction, given: readonly Given[]): Promise<void> {
  await own(tx).insertInto('password').values(given.map(rowFor)).execute();
}

/** Notes the use; a hash made at today's cost replaces the older one. */
export async function saveUse(tx: Transaction, id: CredentialId, at: Instant, phc: string): Promise<boolean> {
  const used = await own(tx)
    .updateTable('password')
    .set({ last_used_at: at, phc })
    .where('id', '=', id)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

export const removePassword = (tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number> =>
  removeOwned(tx, 'password', account, which);
