import { days, hours, type Instant, minutes, seconds, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { Channel, Message } from '../../store/outbox.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import outboxSql from './0001-outbox.sql';
import owedSql from './0002-owed.sql';
import countedSql from './0003-counted.sql';
import type { Mail, Outcome, Sms } from './courier.ts';

export const migrations: readonly Migration[] = [
  { name: 'delivery/0001', sql: outboxSql },
  { name: 'delivery/0002', sql: owedSql },
  { name: 'delivery/0003', sql: countedSql },
];
export const restored = emptied('outbox');
export const sealed: readonly SealedColumn[] = [{ table: 'outbox', column: 'message', key: 'id' }];

type Tables = {
  outbox: {
    id: string;
    account_id: string | null;
    channel: string;
    /** Sealed while it is owed; empty ever after. */
    message: string;
    /** `expired`: it was too late. */
    state: 'owed' | 'sent' | 'refused' | 'expired';
    tries: number;
    why: string;
    at: number;
    due_at: number;
    expires_at: number;
  };
  channel_failure: { channel: string; at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string) => ({ table: 'outbox', column: 'message', row: id });

type Keeping = Pick<Means, 'database' | 'clock' | 'chance' | 'ring'>;

export async function addMessage(tx: Transaction, means: Keeping, message: Message): Promise<void> {
  const id = newId<'message'>(means.chance);
  const now = means.clock.now();
  const { account, channel, expiresAt = shift(now, days(1)), ...said } = message;
  await own(tx)
    .insertInto('outbox')
    .values({
      id,
      account_id: account,
      channel,
      message: seal(means.ring, means.chance, place(id), JSON.stringify(said)),
      state: 'owed',
      tries: 0,
      why: '',
      at: now,
      due_at: now,
      expires_at: expiresAt,
    })
    .execute();
}

type Row = Pick<Tables['outbox'], 'id' | 'channel' | 'message' | 'account_id' | 'expires_at'>;
export type Kept = Mail | Sms;

const messageOf = ({ ring }: Keeping, row: Row): Kept =>
  ({
    ...(JSON.parse(open(ring, place(row.id), row.message)) as object),
    id: row.id,
    account: row.account_id,
    channel: row.channel,
    expiresAt: row.expires_at,
  }) as Kept;

/** What is still owed, the newest first. */
export async function listMessages(means: Keeping, limit: number): Promise<readonly (Kept & { at: Instant })[]> {
  const rows = await own(means.database.read)
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'owed')
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...messageOf(means, row), at: row.at as Instant }));
}

/** Has it failed within the last minute, and not succeeded since? */
export async function isDown(handle: Handle, { clock }: Keeping, channel: Channel): Promise<boolean> {
  const failed = await own(handle)
    .selectFrom('channel_failure')
    .select('at')
    .where('channel', '=', channel)
    .where('at', '>', shift(clock.now(), -minutes(1)))
    .executeTakeFirst();
  return failed !== undefined;
}

/** For so long a message is one process's own: longer than a provider may take. If that process ends, another tries then. */
export const lease = minutes(2);
/** How long until the next try, after the first, the second …; the last one ever after. */
const waits = [seconds(10), minutes(1), minutes(5), minutes(30), hours(2)] as const;

export interface Claimed {
  readonly message: Kept;
  /** This one included. */
  readonly tries: number;
}

/** What is due and soonest too late, now ours to send: of all who ask at once, one gets it. */
export async function claimMessage(means: Keeping, channel: Channel): Promise<Claimed | null> {
  const { database, clock } = means;
  const now = clock.now();
  const due = await own(database.read)
    .selectFrom('outbox')
    .select(['id', 'tries'])
    .where('state', '=', 'owed')
    .where('channel', '=', channel)
    .where('due_at', '<=', now)
    .where('expires_at', '>', now)
    .orderBy('expires_at')
    .limit(10)
    .execute();
  for (const { id, tries } of due) {
    const row = await database.transaction((tx) =>
      own(tx)
        .updateTable('outbox')
        .set({ tries: tries + 1, due_at: shift(now, lease) })
        .where('id', '=', id)
        .where('tries', '=', tries)
        .where('state', '=', 'owed')
        .returningAll()
        .executeTakeFirst(),
    );
    if (row !== undefined) return { message: messageOf(means, row), tries: row.tries };
  }
  return null;
}

/** Writes down what came of it. What was sent is sent, even if the lease had ended meanwhile; all else is the holder's to say. */
export async function settleMessage(
  tx: Transaction,
  now: Instant,
  { message: { id, channel }, tries }: Claimed,
  outcome: Outcome,
): Promise<void> {
  if (outcome.is === 'sent') await own(tx).deleteFrom('channel_failure').where('channel', '=', channel).execute();
  if (outcome.is === 'down') await saveFailure(tx, channel, now);
  const wait = waits[Math.min(tries, waits.length) - 1] ?? waits[0];
  const row = own(tx).updateTable('outbox').where('id', '=', id).where('state', '=', 'owed');
  if (outcome.is === 'sent') await row.set({ state: 'sent', message: '', why: '' }).execute();
  else if (outcome.is === 'refused')
    await row.where('tries', '=', tries).set({ state: 'refused', message: '', why: outcome.why }).execute();
  else
    await row
      .where('tries', '=', tries)
      .set({ due_at: shift(now, wait), why: outcome.why })
      .execute();
}

async function saveFailure(tx: Transaction, channel: Channel, at: Instant): Promise<void> {
  await own(tx)
    .insertInto('channel_failure')
    .values({ channel, at })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ at }))
    .execute();
}

/** Forgets what can only come too late. @returns the channel of each */
export async function dropExpired(tx: Transaction, now: Instant): Promise<readonly Channel[]> {
  const dropped = await own(tx)
    .updateTable('outbox')
    .set({ state: 'expired', message: '' })
    .where('state', '=', 'owed')
    .where('expires_at', '<=', now)
    .returning('channel')
    .execute();
  return dropped.map(({ channel }) => channel as Channel);
}

/** Rows that say no more than that there was a message. */
export async function removeSettled(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('outbox').where('state', '!=', 'owed').where('at', '<', before).execute();
}
