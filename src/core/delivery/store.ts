import type { Instant } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import type { AccountId } from '../accounts/store.ts';
import outboxSql from './0001-outbox.sql';

export const migrations: readonly Migration[] = [{ name: 'delivery/0001', sql: outboxSql }];

export interface Message {
  readonly account: AccountId;
  readonly channel: 'mail' | 'sms';
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}

type Tables = {
  outbox: {
    id: string;
    at: number;
    account_id: string | null;
    channel: string;
    recipient: string;
    subject: string;
    body: string;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** In the transaction of what it tells about: a message is owed exactly when the change is there. */
export async function addMessage(tx: Transaction, means: Means, message: Message): Promise<void> {
  const { account, ...rest } = message;
  await own(tx)
    .insertInto('outbox')
    .values({ id: newId(means.chance), at: means.clock.now(), account_id: account, ...rest })
    .execute();
}

/** The newest first. */
export async function listMessages(
  handle: Handle,
  limit: number,
): Promise<readonly (Omit<Message, 'account'> & { at: Instant })[]> {
  const rows = await own(handle).selectFrom('outbox').selectAll().orderBy('at', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    at: row.at as Instant,
    channel: row.channel as Message['channel'],
    recipient: row.recipient,
    subject: row.subject,
    body: row.body,
  }));
}
