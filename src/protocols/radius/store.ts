import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { mark, open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import radiusSql from './0001-radius.sql';

export const migrations: readonly Migration[] = [{ name: 'radius/0001', sql: radiusSql }];
export const restored = emptied('radius_request');
export const sealed: readonly SealedColumn[] = [{ table: 'radius_request', column: 'answer', key: 'request' }];

type Tables = { radius_request: { request: string; answer: string; at: number } };
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (request: string) => ({ table: 'radius_request', column: 'answer', row: request });

/** So long somebody may not have heard an answer, and ask again. */
const repeats = minutes(1);

/** What a request is known by: the same bytes by the same client, from whichever of its addresses. */
export const nameOf = ({ ring }: Means, client: string, datagram: Buffer): string =>
  mark(ring, 'radius-request', client, datagram.toString('base64'));

/**
 * Takes a request for one's own, before anything of it is weighed.
 * @returns the answer it was given; null where it is weighed at this moment, or was too long ago to be asked again
 */
export async function claim(means: Means, request: string): Promise<'mine' | Buffer | null> {
  const { database, clock, ring } = means;
  const now = clock.now();
  const claimed = await database.transaction((tx) =>
    own(tx)
      .insertInto('radius_request')
      .values({ request, answer: '', at: now })
      .onConflict((conflict) => conflict.column('request').doNothing())
      .executeTakeFirst(),
  );
  if (claimed.numInsertedOrUpdatedRows === 1n) return 'mine';
  const row = await own(database.read)
    .selectFrom('radius_request')
    .select('answer')
    .where('request', '=', request)
    .where('at', '>', shift(now, -repeats))
    .executeTakeFirst();
  if (row === undefined || row.answer === '') return null;
  return Buffer.from(open(ring, place(request), row.answer), 'base64');
}

/** Sealed, for it holds what goes on with somebody's sign-in. */
export async function saveAnswer(tx: Transaction, means: Means, request: string, answer: Buffer): Promise<void> {
  const { ring, chance } = means;
  await own(tx)
    .updateTable('radius_request')
    .set({ answer: seal(ring, chance, place(request), answer.toString('base64')) })
    .where('request', '=', request)
    .execute();
}

/** It could not be weighed: asked again, it is. */
export async function release(tx: Transaction, request: string): Promise<void> {
  await own(tx).deleteFrom('radius_request').where('request', '=', request).where('answer', '=', '').execute();
}

/** Until then the same bytes are nothing new: whoever heard a request does not ask with it again. */
export async function removeOldRequests(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('radius_request').where('at', '<', before).execute();
}
