import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import labelsSql from './0001-labels.sql';

export const migrations: readonly Migration[] = [{ name: 'labels/0001', sql: labelsSql }];

/** One of somebody's ways to sign in. */
export interface Labelled {
  readonly account: AccountId;
  readonly method: string;
  readonly credential: string;
}

type Tables = { label: { account_id: string; method: string; credential_id: string; label: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** Of all a person gave a name to: the names, by credential. */
export async function listLabels(handle: Handle, account: AccountId): Promise<ReadonlyMap<string, string>> {
  const rows = await own(handle).selectFrom('label').selectAll().where('account_id', '=', account).execute();
  return new Map(rows.map((row) => [row.credential_id, row.label]));
}

export async function saveLabel(tx: Transaction, to: Labelled, label: string): Promise<void> {
  await own(tx)
    .insertInto('label')
    .values({ account_id: to.account, method: to.method, credential_id: to.credential, label })
    .onConflict((conflict) => conflict.columns(['account_id', 'method', 'credential_id']).doUpdateSet({ label }))
    .execute();
}

/** With what they name: one, or all of a method. */
export async function removeLabels(
  tx: Transaction,
  { account, method }: Omit<Labelled, 'credential'>,
  which: string,
): Promise<void> {
  const all = own(tx).deleteFrom('label').where('account_id', '=', account).where('method', '=', method);
  await (which === 'all' ? all : all.where('credential_id', '=', which)).execute();
}
