import { type Instant, minutes, seconds, shift } from '../../../kernel/clock.ts';
import type { Handle } from '../../../store/database.ts';
import type { Means } from '../../../store/means.ts';
import { readHead } from '../chain.ts';

type Tables = { audit_stream: { name: string; number: number; tries: number; due_at: number; why: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** For so long a stream is one process's own. If that process ends, another goes on then. */
const lease = minutes(2);
/** How long until the next try, after the first, the second …; the last one ever after. */
const waits = [seconds(1), seconds(10), minutes(1), minutes(5)] as const;

/** What is told up to `number`, now ours to tell on until the lease ends. */
export interface Turn {
  readonly name: string;
  readonly number: number;
  readonly tries: number;
  readonly until: Instant;
}

/** Of all who ask at once, one gets it. A stream that is new begins with what comes after. */
export async function takeTurn({ database, clock }: Means, name: string): Promise<Turn | null> {
  const now = clock.now();
  const head = await readHead(database.read);
  const row = await own(database.read)
    .selectFrom('audit_stream')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  if (row === undefined) {
    const begun = { name, number: head.number, tries: 0, due_at: now, why: '' };
    await database.transaction((tx) =>
      own(tx)
        .insertInto('audit_stream')
        .values(begun)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    return null;
  }
  if (row.due_at > now || row.number >= head.number) return null;
  const until = shift(now, lease);
  const taken = await database.transaction((tx) =>
    own(tx)
      .updateTable('audit_stream')
      .set({ due_at: until, tries: row.tries + 1 })
      .where('name', '=', name)
      .where('due_at', '=', row.due_at)
      .where('tries', '=', row.tries)
      .returning(['number', 'tries'])
      .executeTakeFirst(),
  );
  return taken === undefined ? null : { name, ...taken, until };
}

/** It was told up to there. Only whoever still holds the turn says so. */
export const saveTold = (means: Means, turn: Turn, number: number): Promise<void> =>
  settle(means, turn, { number, tries: 0, due_at: means.clock.now(), why: '' });

/** It was not taken: later again, from where it was. */
export function saveFailure(means: Means, turn: Turn, why: string): Promise<void> {
  const wait = waits[Math.min(turn.tries, waits.length) - 1] ?? waits[0];
  return settle(means, turn, { due_at: shift(means.clock.now(), wait), why });
}

async function settle({ database }: Means, turn: Turn, values: Partial<Tables['audit_stream']>): Promise<void> {
  await database.transaction((tx) =>
    own(tx)
      .updateTable('audit_stream')
      .set(values)
      .where('name', '=', turn.name)
      .where('due_at', '=', turn.until)
      .where('tries', '=', turn.tries)
      .execute(),
  );
}
