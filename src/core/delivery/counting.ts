import { type SqlBool, sql } from 'kysely';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Channel } from '../../store/outbox.ts';

/** What became of a message that was owed at a time. */
export interface Settled {
  readonly channel: Channel;
  readonly state: 'sent' | 'refused' | 'expired';
  readonly at: Instant;
}

type Tables = { outbox: Settled & { id: string; counted: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** Word for word as the index has it that holds nothing else. */
const isUncounted = sql<SqlBool>`counted = 0 and state <> 'owed'`;

export const hasUncounted = async (handle: Handle): Promise<boolean> =>
  (await own(handle).selectFrom('outbox').select('id').where(isUncounted).limit(1).execute()).length > 0;

/** Takes some that are settled and were not counted before, while nobody else counts: they are now. */
export async function countSettled(tx: Transaction, limit: number): Promise<readonly Settled[]> {
  const found = await own(tx).selectFrom('outbox').select('id').where(isUncounted).limit(limit).execute();
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  return own(tx)
    .updateTable('outbox')
    .set({ counted: 1 })
    .where('id', 'in', ids)
    .returning(['channel', 'state', 'at'])
    .execute();
}
