import { days, type Instant, minutes, shift } from '../../kernel/clock.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { Channel, Message } from '../../store/outbox.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import outboxSql from './0001-outbox.sql';
import owedSql from './0002-owed.sql';

/** Its name in the database, and to those who would otherwise take it twice. */
export type MessageId = Id<'message'>;

export const migrations: readonly Migration[] = [
  { name: 'delivery/0001', sql: outboxSql },
  { name: 'delivery/0002', sql: owedSql },
];
export const sealed: readonly SealedColumn[] = [{ table: 'outbox', column: 'message', key: 'id' }];

type Tables = {
  outbox: {
    id: string;
    account_id: string;
    channel: string;
    /** Sealed while it is owed; empty ever after. */
    message: string;
    state: 'owed' | Settled;
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

/** Sent; not taken for good; or too late. */
export type Settled = 'sent' | 'refused' | 'expired';

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
type Kept = Message & { readonly id: MessageId; readonly expiresAt: Instant };

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
