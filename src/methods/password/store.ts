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

export async function savePassword(
  tx: Transaction,
  given: { id: CredentialId; account: AccountId; phc: string; bound: Bound },
): Promise<void> {
  const { id, account, phc, bound } = given;
  const values = { id, phc, bound_at: bound.at, bound_level: bound.level, last_used_at: null };
  await own(tx)
    .insertInto('password')
    .values({ account_id: account, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
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
