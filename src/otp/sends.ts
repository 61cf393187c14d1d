import { sql } from 'kysely';
import { type Instant, shift } from '../kernel/clock.ts';
import type { AccountId, Id } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Migration } from '../store/migrate.ts';
import sentCodesSql from './0002-sent-codes.sql';
import networksSql from './0003-networks.sql';
import { looksBack } from './send-limits.ts';

export const migrations: readonly Migration[] = [
  { name: 'otp/0002', sql: sentCodesSql },
  { name: 'otp/0003', sql: networksSql },
];

/** What a code was sent for: one sent for the one is none for the other. */
export type Purpose = 'set-up' | 'sign-in';

export interface Send {
  readonly id: Id<'sent-code'>;
  readonly method: string;
  readonly purpose: Purpose;
  readonly account: AccountId;
  /** A keyed hash of where it goes. */
  readonly recipient: string;
  /** A keyed hash of the network it was asked for from; empty where nobody was at a page. */
  readonly network: string;
  readonly at: Instant;
}

type Tables = {
  sent_code: {
    id: string;
    method: string;
    purpose: string;
    account_id: string;
    recipient: string;
    network: string;
    at: number;
    tries: number;
    used_at: number | null;
  };
  sent_code_turn: { method: string; taken: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** Guesses at one code before it is burnt. */
const mostTries = 5;

/** From here until the transaction ends nobody else sends by this method, in whatever process: who counts, counts all. */
export async function takeTurn(tx: Transaction, method: string): Promise<void> {
  await own(tx)
    .insertInto('sent_code_turn')
    .values({ method, taken: 1 })
    .onConflict((conflict) => conflict.column('method').doUpdateSet({ taken: sql`sent_code_turn.taken + 1` }))
    .execute();
}

export async function addSend(tx: Transaction, { account, ...send }: Send): Promise<void> {
  await own(tx)
    .insertInto('sent_code')
    .values({ ...send, account_id: account, tries: 0, used_at: null })
    .execute();
}

/**
 * When codes went lately to this recipient, whoever asked, or for this account, wherever to; the newest first. What is
 * sent to set up is counted apart: strangers who name somebody's address use none of the codes its owner signs in with.
 */
export async function listSends(
  handle: Handle,
  { method, purpose, account, recipient, at }: Omit<Send, 'id' | 'network'>,
): Promise<readonly Instant[]> {
  const rows = await own(handle)
    .selectFrom('sent_code')
    .select('at')
    .where('method', '=', method)
    .where('purpose', '=', purpose)
    .where((row) => row.or([row('recipient', '=', recipient), row('account_id', '=', account)]))
    .where('at', '>', shift(at, -looksBack.for))
    .orderBy('at', 'desc')
    .limit(looksBack.sends)
    .execute();
  return rows.map((row) => row.at as Instant);
}

/** When the n-th last code went by this method, to whomever; null when there were fewer. */
export async function findNthSend(handle: Handle, method: string, n: number): Promise<Instant | null> {
  const row = await own(handle)
    .selectFrom('sent_code')
    .select('at')
    .where('method', '=', method)
    .orderBy('at', 'desc')
    .offset(n - 1)
    .limit(1)
    .executeTakeFirst();
  return (row?.at ?? null) as Instant | null;
}

/** When the n-th last code was asked for from this network, by whatever method; null when there were fewer. */
export async function findNthFrom(handle: Handle, network: string, n: number): Promise<Instant | null> {
  const row = await own(handle)
    .selectFrom('sent_code')
    .select('at')
    .where('network', '=', network)
    .orderBy('at', 'desc')
    .offset(n - 1)
    .limit(1)
    .executeTakeFirst();
  return (row?.at ?? null) as Instant | null;
}

/**
 * Counts a guess at a code before it is looked at. One statement: a burst gets no more looks than one after the other.
 * @returns what is left to try after this one, or why there is nothing to try
 */
export async function chargeTry(tx: Transaction, id: Send['id']): Promise<number | 'replayed' | 'expired'> {
  const charged = await own(tx)
    .updateTable('sent_code')
    .set({ tries: sql`tries + 1` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('tries', '<', mostTries)
    .returning('tries')
    .executeTakeFirst();
  if (charged !== undefined) return mostTries - charged.tries;
  const row = await own(tx).selectFrom('sent_code').select('used_at').where('id', '=', id).executeTakeFirst();
  return row === undefined || row.used_at === null ? 'expired' : 'replayed';
}

/** @returns false: somebody was faster */
export async function useSend(tx: Transaction, id: Send['id'], at: Instant): Promise<boolean> {
  const used = await own(tx)
    .updateTable('sent_code')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** What no limit looks at any more. */
export async function removeOldSends(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('sent_code').where('at', '<', before).execute();
}
