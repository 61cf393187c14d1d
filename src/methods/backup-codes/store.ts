import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';

type Tables = {
  backup_code: {
    id: string;
    account_id: string;
    selector: string;
    phc: string;
    bound_at: number;
    bound_level: number;
    used_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const sheetOf = (account: AccountId) => account as string as CredentialId;

const sumOf = prepared((handle, account: AccountId) =>
  own(handle)
    .selectFrom('backup_code')
    .select(({ fn }) => [
      fn.countAll<number>().as('all'),
      fn.count<number>('used_at').as('used'),
      fn.max('used_at').as('last_used_at'),
      fn.max('bound_at').as('bound_at'),
      fn.max('bound_level').as('bound_level'),
    ])
    .where('account_id', '=', account),
);

/** The whole sheet is one thing to its owner: how many are left, and when one was used. Used up, it is no sheet any more. */
export async function findSheet(handle: Handle, account: AccountId): Promise<Credential | null> {
  const [row] = await sumOf(handle, account);
  const left = Number(row?.all ?? 0) - Number(row?.used ?? 0);
  if (row === undefined || left === 0) return null;
  return {
    id: sheetOf(account),
    label: null,
    left,
    lastUsedAt: row.last_used_at as Instant | null,
    bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
  };
}

export interface StoredCode {
  readonly id: string;
  readonly phc: string;
  readonly usedAt: Instant | null;
}

export async function findCode(handle: Handle, account: AccountId, selector: string): Promise<StoredCode | null> {
  const row = await own(handle)
    .selectFrom('backup_code')
    .select(['id', 'phc', 'used_at'])
    .where('account_id', '=', account)
    .where('selector', '=', selector)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, phc: row.phc, usedAt: row.used_at as Instant | null };
}

/** Uses one up; of two that race, one wins. */
export async function useCode(tx: Transaction, id: string, at: Instant): Promise<boolean> {
  const used = await own(tx)
    .updateTable('backup_code')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** The new sheet replaces the old one whole. */
export async function saveSheet(
  tx: Transaction,
  account: AccountId,
  codes: readonly { id: string; selector: string; phc: string }[],
  bound: Bound,
): Promise<void> {
  await removeSheet(tx, account, 'all');
  await own(tx)
    .insertInto('backup_code')
    .values(
      codes.map((code) => ({
        ...code,
        account_id: account,
        bound_at: bound.at,
        bound_level: bound.level,
        used_at: null,
      })),
    )
    .execute();
}

/** A person has one sheet at most, so it is named by its owner. */
export async function removeSheet(tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number> {
  if (which !== 'all' && which !== sheetOf(account)) return 0;
  const gone = await own(tx).deleteFrom('backup_code').where('account_id', '=', account).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
