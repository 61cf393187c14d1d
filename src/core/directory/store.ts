import type { Instant } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Kept } from '../../store/directory.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import type { AfterRestore } from '../../store/restored.ts';
import directorySql from './0001-directory.sql';

export const migrations: readonly Migration[] = [{ name: 'directory/0001', sql: directorySql }];

/** What the directory said before the backup was made is old. */
export const restored: AfterRestore = async (tx) => {
  await own(tx).updateTable('directory_entry').set({ asked_at: 0 }).execute();
};

type Tables = {
  directory_entry: {
    account_id: string;
    entry_id: string;
    dn: string;
    since: number;
    asked_at: number;
    shut_out_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** Whose entry it is here, and what the directory said last. */
export interface Link extends Kept {
  readonly account: AccountId;
  readonly dn: string;
  readonly askedAt: Instant;
  readonly shutOutAt: Instant | null;
}

const linkOf = (row: Tables['directory_entry'] | undefined): Link | null =>
  row === undefined
    ? null
    : {
        account: row.account_id as AccountId,
        entry: row.entry_id,
        dn: row.dn,
        since: row.since as Instant,
        askedAt: row.asked_at as Instant,
        shutOutAt: row.shut_out_at as Instant | null,
      };

const rowOf = prepared((handle, account: string) =>
  own(handle).selectFrom('directory_entry').selectAll().where('account_id', '=', account),
);

/** Asked for nobody too, so that an unknown name costs the same. */
export const findLink = async (handle: Handle, account: AccountId | null): Promise<Link | null> =>
  linkOf((await rowOf(handle, account ?? ''))[0]);

export const findLinkOf = async (handle: Handle, entry: string): Promise<Link | null> =>
  linkOf(await own(handle).selectFrom('directory_entry').selectAll().where('entry_id', '=', entry).executeTakeFirst());

export async function saveLink(tx: Transaction, link: Link): Promise<void> {
  const values = { dn: link.dn, asked_at: link.askedAt, shut_out_at: link.shutOutAt };
  await own(tx)
    .insertInto('directory_entry')
    .values({ account_id: link.account, entry_id: link.entry, since: link.since, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}
