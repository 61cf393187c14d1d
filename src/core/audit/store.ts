import type { Instant } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { AccountId } from '../accounts/store.ts';
import auditSql from './0001-audit.sql';
import chainSql from './0002-chain.sql';
import streamsSql from './0003-streams.sql';
import searchSql from './0004-search.sql';
import type { Event } from './events.ts';
import { markOf, type Row } from './marks.ts';

export const migrations: readonly Migration[] = [
  { name: 'audit/0001', sql: auditSql },
  { name: 'audit/0002', sql: chainSql },
  { name: 'audit/0003', sql: streamsSql },
  { name: 'audit/0004', sql: searchSql },
];

export interface Entry {
  readonly event: Event;
  readonly account: AccountId | null;
  /** Who did it, where that is not the account itself: `host` for the command line. */
  readonly actor?: string;
  readonly address: string;
  /** Names and numbers for the reader; never a code, a secret or a token. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

type Tables = {
  audit: Row;
  decision: { id: string; at: number; account_id: string | null; row_name: string; facts: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** In the transaction of what it tells about: either both are there or neither. It waits for nobody: it is sealed afterwards. */
export const addEntry = (tx: Transaction, means: Means, entry: Entry): Promise<void> => addEntries(tx, means, [entry]);

/** Some hundreds at most: they go to the database at once. */
export async function addEntries(tx: Transaction, means: Means, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await own(tx)
    .insertInto('audit')
    .values(entries.map((entry) => rowOf(means, entry)))
    .execute();
  for (const { event, detail } of entries) means.tally.count(event, String(detail['method'] ?? ''));
}

function rowOf(means: Means, entry: Entry): Row {
  const written = {
    id: newId(means.chance),
    at: means.clock.now(),
    event: entry.event,
    account_id: entry.account,
    actor: entry.actor ?? entry.account ?? 'nobody',
    address: entry.address,
    detail: JSON.stringify(entry.detail),
    salt: newId(means.chance) as string,
  };
  return { ...written, mark: markOf(means.ring, written), number: null, chain: '' };
}

export async function listEntries(
  handle: Handle,
  account: AccountId,
  limit: number,
): Promise<readonly (Entry & { at: Instant })[]> {
  const rows = await own(handle)
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at as Instant,
    event: row.event as Event,
    account: row.account_id as AccountId | null,
    actor: row.actor,
    address: row.address,
    detail: JSON.parse(row.detail) as Entry['detail'],
  }));
}

/** When it happened last, if it did since then, and to whom. */
export async function findLast(
  handle: Handle,
  event: Event,
  since: Instant,
): Promise<{ readonly at: Instant; readonly account: AccountId | null } | null> {
  const row = await own(handle)
    .selectFrom('audit')
    .select(['at', 'account_id'])
    .where('event', '=', event)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { at: row.at as Instant, account: row.account_id as AccountId | null };
}

/** Did it happen since then? */
export async function hasEntry(handle: Handle, event: Event, since: Instant): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('audit')
    .select('id')
    .where('event', '=', event)
    .where('at', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Was the very same written down since then, of the same, by the same? @param from null: from wherever */
export async function isWritten(
  handle: Handle,
  { event, account, actor, detail }: Required<Omit<Entry, 'address'>>,
  since: Instant,
  from: string | null,
): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('audit')
    .select('id')
    .where('event', '=', event)
    .where('at', '>=', since)
    .where('account_id', account === null ? 'is' : '=', account)
    .where('actor', '=', actor)
    .where('detail', '=', JSON.stringify(detail))
    .where((row) => row.and(from === null ? [] : [row('address', '=', from)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many different accounts had an event since then. */
export async function countAccounts(handle: Handle, event: Event, since: Instant): Promise<number> {
  const row = await own(handle)
    .selectFrom('audit')
    .select((select) => select.fn.count<number | bigint>('account_id').distinct().as('accounts'))
    .where('event', '=', event)
    .where('at', '>=', since)
    .executeTakeFirst();
  return Number(row?.accounts ?? 0);
}

/** The facts hold no address and no browser string, so that they may be replayed against another policy. */
export async function addDecision(
  tx: Transaction,
  means: Means,
  decision: { account: AccountId | null; row: string; facts: unknown },
): Promise<void> {
  await own(tx)
    .insertInto('decision')
    .values({
      id: newId(means.chance),
      at: means.clock.now(),
      account_id: decision.account,
      row_name: decision.row,
      facts: JSON.stringify(decision.facts),
    })
    .execute();
}

export async function removeDecisions(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('decision').where('at', '<', before).execute();
}
