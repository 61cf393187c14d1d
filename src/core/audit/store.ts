import type { Instant } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { AccountId } from '../accounts/store.ts';
import auditSql from './0001-audit.sql';

export const migrations: readonly Migration[] = [{ name: 'audit/0001', sql: auditSql }];

/** What may be written down. A closed list: a new event is a decision, not a string in passing. */
export type Event =
  | 'proof.begun'
  | 'proof.accepted'
  | 'proof.refused'
  | 'proof.replayed'
  | 'proof.blocked'
  // What happens to a sign-in without a password, under the names the field knows it by.
  | 'RequestUnsupported'
  | 'ReselectFlow'
  | 'IdentitySwitch'
  | 'InvalidCredentials'
  | 'passwordless.opted-in'
  | 'passwordless.opted-out'
  | 'passwordless.cleared'
  | 'guessing.spread'
  | 'session.started'
  | 'session.raised'
  | 'session.ended'
  | 'method.added'
  | 'method.removed'
  | 'method.kept-up'
  | 'account.added'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.reset'
  | 'account.rescued'
  | 'account.unlocked'
  | 'account.reported'
  | 'role.changed'
  | 'link.given'
  | 'temporary-code.given'
  | 'temporary-code.used'
  | 'temporary-code.stopped'
  | 'change.confirmed'
  | 'address.changed'
  | 'address.restored'
  | 'device.forgotten'
  | 'recovery.proven'
  | 'recovery.waits'
  | 'recovery.stopped'
  | 'consent.given'
  | 'consent.withdrawn'
  | 'database.restored'
  | 'policy.changed'
  | 'api-token.added'
  | 'api-token.removed'
  | 'keys.rotated';

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
  audit: {
    id: string;
    at: number;
    event: string;
    account_id: string | null;
    actor: string;
    address: string;
    detail: string;
  };
  decision: { id: string; at: number; account_id: string | null; row_name: string; facts: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** In the transaction of what it tells about: either both are there or neither. */
export async function addEntry(tx: Transaction, means: Means, entry: Entry): Promise<void> {
  await own(tx)
    .insertInto('audit')
    .values({
      id: newId(means.chance),
      at: means.clock.now(),
      event: entry.event,
      account_id: entry.account,
      actor: entry.actor ?? entry.account ?? 'nobody',
      address: entry.address,
      detail: JSON.stringify(entry.detail),
    })
    .execute();
  means.tally.count(entry.event, String(entry.detail['method'] ?? ''));
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
