import { sql } from 'kysely';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId } from '../accounts/store.ts';
import signOutsSql from './0002-sign-outs.sql';

export const migration: Migration = { name: 'sessions/0002', sql: signOutsSql };

type Tables = { sign_out: { account_id: string; times: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** Counted, not timed: two things in one millisecond are still one before the other. */
export async function addSignOut(tx: Transaction, account: AccountId): Promise<void> {
  await own(tx)
    .insertInto('sign_out')
    .values({ account_id: account, times: 1 })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ times: sql`sign_out.times + 1` }))
    .execute();
}

/**
 * From here until the transaction ends nobody else lets this person in or shuts them out: who waits sees what came of it.
 * Taken before all other rows, or two would wait for each other.
 */
export async function oneAtATime(tx: Transaction, account: AccountId | null): Promise<void> {
  if (account === null) return;
  // Nothing for whoever was erased meanwhile.
  await sql`insert into sign_out (account_id, times) select id, 0 from account where id = ${account}
    on conflict (account_id) do update set times = sign_out.times`.execute(tx);
}

/** The same for many, in one order: two who take some of the same wait, and not for each other. */
export async function manyAtATime(tx: Transaction, accounts: readonly AccountId[]): Promise<void> {
  if (accounts.length === 0) return;
  await sql`insert into sign_out (account_id, times) select id, 0 from account where id in (${sql.join(accounts)}) order by id
    on conflict (account_id) do update set times = sign_out.times`.execute(tx);
}

const timesOf = prepared((handle, account: AccountId) =>
  own(handle).selectFrom('sign_out').select('times').where('account_id', '=', account),
);

/** How often this person was signed out everywhere. */
export async function findSignOuts(handle: Handle, account: AccountId): Promise<number> {
  const [row] = await timesOf(handle, account);
  return row?.times ?? 0;
}
