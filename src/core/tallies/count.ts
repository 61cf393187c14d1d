import type { Instant } from '../../kernel/clock.ts';
import type { Handle } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { dayOf } from '../../ui/day.ts';
import { countAnew, hasUncounted as hasPeople, hasUnknown } from '../accounts/counting.ts';
import { listSealed, readHead } from '../audit/chain.ts';
import { countSettled, hasUncounted as hasMessages } from '../delivery/counting.ts';
import { countedAs } from './counted.ts';
import { addTallies, changeTotals, hasTotals, holdMark, readMark, saveMark } from './store.ts';

/** So many in a transaction: nobody who writes meanwhile waits long for it. */
const batch = 500;

type Counting = Pick<Means, 'database' | 'clock'>;

/** Is everything counted that is sealed? */
const isLogCounted = async (handle: Handle): Promise<boolean> =>
  (await readMark(handle)) >= (await readHead(handle)).number;

/** Are the numbers whole, but for what happened in the last seconds? */
export const isCounted = async (handle: Handle): Promise<boolean> =>
  (await isLogCounted(handle)) && !(await hasUnknown(handle));

/** Counts what was sealed since. @returns whether there is more */
async function countLog({ database }: Counting): Promise<boolean> {
  if (await isLogCounted(database.read)) return false;
  return database.transaction(async (tx) => {
    const mark = await holdMark(tx);
    const rows = await listSealed(tx, mark, Number.MAX_SAFE_INTEGER, batch);
    await addTallies(
      tx,
      rows.flatMap(({ event, detail, at }) =>
        countedAs(event, detail).map((one) => ({ ...one, day: dayOf(at as Instant) })),
      ),
    );
    const last = rows.at(-1)?.number ?? null;
    if (last !== null) await saveMark(tx, last);
    return rows.length === batch;
  });
}

async function countMessages({ database }: Counting): Promise<boolean> {
  if (!(await hasMessages(database.read))) return false;
  return database.transaction(async (tx) => {
    await holdMark(tx);
    const settled = await countSettled(tx, batch);
    await addTallies(
      tx,
      settled.map(({ channel, state, at }) => ({ kind: 'message', day: dayOf(at), name: `${channel} ${state}` })),
    );
    return settled.length === batch;
  });
}

/** Once a day also where nobody changed: a day without a number would be a gap. */
async function countPeople({ database, clock }: Counting): Promise<boolean> {
  const today = dayOf(clock.now());
  if (!(await hasPeople(database.read)) && (await hasTotals(database.read, today))) return false;
  await database.transaction(async (tx) => {
    await holdMark(tx);
    await changeTotals(tx, today, await countAnew(tx));
  });
  return hasPeople(database.read);
}

const counts = [countLog, countMessages, countPeople];

/**
 * Counts what happened since the last round, once: what is added and how far it came are one transaction. Any number of
 * processes may try; nobody who signs in waits for it, or writes a line more.
 */
export async function countAll(means: Counting, goingOn: () => boolean = () => true): Promise<void> {
  for (const count of counts) while ((await count(means)) && goingOn());
}
