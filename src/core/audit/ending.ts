import { days, type Instant, shift } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { holdHead } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Row } from './marks.ts';
import { addEntry } from './store.ts';

type Tables = { audit: Row; audit_checkpoint: Checkpoint };
const own = (handle: Handle) => handle.withTables<Tables>();

/** Empties what is somebody's own in all that is about them: what happened, and when, stays, to an id that is nobody's. */
export async function eraseEntries(tx: Transaction, account: AccountId): Promise<void> {
  await holdHead(tx);
  await own(tx)
    .updateTable('audit')
    .set({ address: '', detail: '', salt: '' })
    .where('account_id', '=', account)
    .execute();
}

/**
 * Removes the oldest entries, up to a checkpoint and never to the last: the rest follows from that. It is written down, or
 * the log would seem to have lost them. Less than a day's is not worth an entry.
 * @returns the number it was cut behind; null when there was nothing to do
 */
export const cutLog = (means: Means, before: Instant): Promise<number | null> =>
  means.database.transaction(async (tx) => {
    const head = await holdHead(tx);
    const first = await own(tx)
      .selectFrom('audit')
      .select('at')
      .where('number', 'is not', null)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    if (first === undefined || first.at >= shift(before, -days(1))) return null;
    const at = await own(tx)
      .selectFrom('audit_checkpoint')
      .select('number')
      .where('at', '<', before)
      .where('number', '<', head.number)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (at === undefined) return null;
    const { number: upTo } = at;
    const { numDeletedRows } = await own(tx).deleteFrom('audit').where('number', '<=', upTo).executeTakeFirst();
    if (numDeletedRows === 0n) return null;
    await own(tx).deleteFrom('audit_checkpoint').where('number', '<', upTo).execute();
    await addEntry(tx, means, { event: 'log.cut', account: null, actor: 'host', address: 'host', detail: { upTo } });
    return upTo;
  });
