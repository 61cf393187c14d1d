import { hours } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { type Checkpoint, signed } from './checkpoint.ts';
import { chainOf, markAsOlder, type Row } from './marks.ts';

type Tables = { audit: Row; audit_head: Checkpoint & { one: number }; audit_checkpoint: Checkpoint };
const own = (handle: Handle) => handle.withTables<Tables>();

const said = ['number', 'chain', 'at', 'signature'] as const;
const beginning: Checkpoint = { number: 0, chain: '', at: 0, signature: '' };

/** So many in a transaction: nobody who writes meanwhile waits long for it. */
const batch = 200;
/** How far two checkpoints are apart, whichever comes first. */
const apart = { entries: 1000, milliseconds: hours(1) };

export type Sealing = Pick<Means, 'database' | 'clock' | 'ring' | 'chance'>;

/**
 * Gives what was committed since its number and its place in the chain. Any number of processes may try: one at a time holds
 * the head, and the next goes on where it ended.
 * @returns how many; call until it is none
 */
export async function sealEntries(means: Sealing): Promise<number> {
  const { database } = means;
  const waits = await own(database.read)
    .selectFrom('audit')
    .select('id')
    .where('number', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return waits === undefined ? 0 : database.transaction((tx) => sealSome(tx, means));
}

async function sealSome(tx: Transaction, means: Sealing): Promise<number> {
  const { ring, clock } = means;
  const head = await holdHead(tx);
  const rows = await own(tx)
    .selectFrom('audit')
    .selectAll()
    .where('number', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .limit(batch)
    .execute();
  if (rows.length === 0) return 0;
  let { number, chain } = head;
  for (const row of rows) {
    number += 1;
    const marked = row.mark === '' ? markedAsOlder(means, row) : {};
    chain = chainOf(ring, chain, number, { ...row, ...marked });
    await own(tx)
      .updateTable('audit')
      .set({ number, chain, ...marked })
      .where('id', '=', row.id)
      .execute();
  }
  await saveHead(tx, signed(ring, { number, chain, at: clock.now() }));
  return rows.length;
}

function markedAsOlder({ ring, chance }: Sealing, row: Row): { salt: string; mark: string } {
  const salt = newId(chance);
  return { salt, mark: markAsOlder(ring, { ...row, salt }) };
}

/** A change that changes nothing: whoever else seals, cuts or erases waits here until this transaction ends. */
export async function holdHead(tx: Transaction): Promise<Checkpoint> {
  return own(tx)
    .insertInto('audit_head')
    .values({ one: 1, ...beginning })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ one: 1 }))
    .returning(said)
    .executeTakeFirstOrThrow();
}

async function saveHead(tx: Transaction, head: Checkpoint): Promise<void> {
  await own(tx).updateTable('audit_head').set(head).where('one', '=', 1).execute();
  const last = await lastCheckpoint(tx);
  const isDue = last === null || head.number - last.number >= apart.entries || head.at - last.at >= apart.milliseconds;
  if (isDue) await own(tx).insertInto('audit_checkpoint').values(head).execute();
}

/** How far the log is sealed. */
export const readHead = async (handle: Handle): Promise<Checkpoint> =>
  (await own(handle).selectFrom('audit_head').select(said).executeTakeFirst()) ?? beginning;

export const lastCheckpoint = async (handle: Handle): Promise<Checkpoint | null> =>
  (await own(handle)
    .selectFrom('audit_checkpoint')
    .select(said)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null;

export const listCheckpoints = (handle: Handle): Promise<readonly Checkpoint[]> =>
  own(handle).selectFrom('audit_checkpoint').selectAll().orderBy('number').execute();

/** Sealed entries in their order, after a number and up to another. */
export const listSealed = (handle: Handle, after: number, upTo: number, limit: number): Promise<readonly Row[]> =>
  own(handle)
    .selectFrom('audit')
    .selectAll()
    .where('number', '>', after)
    .where('number', '<=', upTo)
    .orderBy('number')
    .limit(limit)
    .execute();

/** What is not sealed yet. */
export const listOpen = (handle: Handle): Promise<readonly Row[]> =>
  own(handle).selectFrom('audit').selectAll().where('number', 'is', null).execute();
