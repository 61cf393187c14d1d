import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { AccountId } from '../accounts/store.ts';
import demoSql from './0001-demo.sql';

export const migrations: readonly Migration[] = [{ name: 'demo/0001', sql: demoSql }];
export const sealed: readonly SealedColumn[] = [{ table: 'demo_account', column: 'secret', key: 'account_id' }];

type Tables = {
  demo_account: { account_id: string; secret: string | null };
  account: { id: string; username: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (account: string) => ({ table: 'demo_account', column: 'secret', row: account });

/** @param secret of the authenticator that stands on the demo's own page; null for whoever has none */
export async function addDemoAccount(
  tx: Transaction,
  means: Means,
  account: AccountId,
  secret: string | null,
): Promise<void> {
  const sealedSecret = secret === null ? null : seal(means.ring, means.chance, place(account), secret);
  await own(tx).insertInto('demo_account').values({ account_id: account, secret: sealedSecret }).execute();
}

/** The demo accounts with an authenticator, by name. */
export async function listDemoSecrets(
  handle: Handle,
  means: Means,
): Promise<readonly { username: string; secret: string }[]> {
  const rows = await own(handle)
    .selectFrom('demo_account')
    .innerJoin('account', 'account.id', 'demo_account.account_id')
    .select(['account.id', 'account.username', 'demo_account.secret'])
    .orderBy('account.username')
    .execute();
  return rows.flatMap(({ id, username, secret }) =>
    secret === null ? [] : [{ username, secret: open(means.ring, place(id), secret) }],
  );
}

export async function listDemoNames(handle: Handle): Promise<readonly string[]> {
  const rows = await own(handle)
    .selectFrom('demo_account')
    .innerJoin('account', 'account.id', 'demo_account.account_id')
    .select('account.username')
    .execute();
  return rows.map(({ username }) => username);
}
