import { type Instant, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { type Memos, openMemos, sealMemos } from '../../store/memo.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { AccountId } from '../accounts/store.ts';
import linksSql from './0001-links.sql';

type LinkId = Id<'link'>;

export interface Link {
  readonly id: LinkId;
  readonly account: AccountId;
  /** The one method it sets. */
  readonly method: string;
  /** Has a browser opened it? From then on it is that browser's. */
  readonly taken: boolean;
  readonly memos: Memos;
}

export const migrations: readonly Migration[] = [{ name: 'links/0001', sql: linksSql }];
export const restored = emptied('link');
export const sealed: readonly SealedColumn[] = [{ table: 'link', column: 'memo', key: 'id' }];

type Tables = {
  link: {
    id: string;
    token_hash: string;
    account_id: string;
    method: string;
    browser_hash: string | null;
    memo: string;
    created_at: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string) => ({ table: 'link', column: 'memo', row: id });

/** @returns the token for the address, kept nowhere but there */
export async function addLink(
  tx: Transaction,
  means: Means,
  given: { account: AccountId; method: string; lifetime: number },
): Promise<string> {
  const token = newSecret(means.chance);
  const now = means.clock.now();
  await own(tx)
    .insertInto('link')
    .values({
      id: newId<'link'>(means.chance),
      token_hash: hashOf(token),
      account_id: given.account,
      method: given.method,
      browser_hash: null,
      memo: '',
      created_at: now,
      expires_at: shift(now, given.lifetime),
    })
    .execute();
  return token;
}

/** While it lives, and for this browser or, until one has taken it, for any. */
export async function findLink(
  handle: Handle,
  means: Means,
  token: string,
  browserSecret: string | undefined,
): Promise<Link | null> {
  const row = await own(handle)
    .selectFrom('link')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.browser_hash !== null && row.browser_hash !== hashOf(browserSecret ?? '')) return null;
  return {
    id: row.id as LinkId,
    account: row.account_id as AccountId,
    method: row.method,
    taken: row.browser_hash !== null,
    memos: openMemos(means, place(row.id), row.memo),
  };
}

/** From now on it is this browser's; of two that race, one gets it. */
export async function takeLink(tx: Transaction, { id }: Link, browserSecret: string): Promise<boolean> {
  const taken = await own(tx)
    .updateTable('link')
    .set({ browser_hash: hashOf(browserSecret) })
    .where('id', '=', id)
    .where('browser_hash', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

export async function saveMemos(tx: Transaction, means: Means, { id, memos }: Link): Promise<void> {
  await own(tx)
    .updateTable('link')
    .set({ memo: sealMemos(means, place(id), memos) })
    .where('id', '=', id)
    .execute();
}

/** Uses it up; false: it was used meanwhile. */
export async function removeLink(tx: Transaction, { id }: Link): Promise<boolean> {
  const gone = await own(tx).deleteFrom('link').where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** All that open this account: a new one, a reset or a disabled account makes the others worthless. */
export async function removeLinks(tx: Transaction, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('link').where('account_id', '=', account).execute();
}

export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('link').where('expires_at', '<=', now).execute();
}
