import type { KeyRing } from '../../kernel/seal.ts';
import type { Handle } from '../../store/database.ts';
import { listCheckpoints, listOpen, listSealed, readHead, type Sealing } from './chain.ts';
import { type Checkpoint, isSigned } from './checkpoint.ts';
import { chainOf, markOf, type Row } from './marks.ts';

/** What is wrong, and at which number. */
export interface Finding {
  readonly is:
    | 'removed'
    /** The entry is not as it was written. */
    | 'changed'
    /** It is as it was written, and stands elsewhere; or something before it is not what it was. */
    | 'moved'
    /** Nobody wrote it who has the key ring. */
    | 'forged'
    /** The log went further once. */
    | 'cut'
    | 'checkpoint';
  readonly number: number;
}

export interface Verified {
  /** How many were looked at, and up to which number. */
  readonly entries: number;
  readonly upTo: number;
  /** How many of them were there before the log was a chain. */
  readonly older: number;
  /** How many wait to be sealed. */
  readonly open: number;
  /** The first of them: whatever follows may follow from it. */
  readonly findings: readonly Finding[];
}

const page = 1000;
/** Nobody reads more. */
const enough = 20;

/**
 * Goes through the whole log.
 * @param seen checkpoints that were kept elsewhere: they tell what the database alone cannot, that its end was cut off
 */
export async function verifyLog(means: Sealing, seen: readonly Checkpoint[]): Promise<Verified> {
  const { database, ring } = means;
  const head = await readHead(database.read);
  const kept = await listCheckpoints(database.read);
  const checkpoints = [...kept, head, ...seen].filter(({ number }) => number > 0);
  const walked = await walk(means, new Set(checkpoints.map(({ number }) => number)));
  const { upTo, chains, ...counted } = walked;
  const open = await listOpen(database.read);

  const isOff = (one: Checkpoint) =>
    !isSigned(ring, one) || (one.number <= upTo && chains.get(one.number) !== one.chain);
  const isForged = (row: Row) => (row.mark === '' ? walked.older < walked.entries : row.mark !== markOf(ring, row));
  const isCut = checkpoints.some(({ number }) => number > upTo);
  const findings: Finding[] = [
    ...walked.findings,
    ...checkpoints.filter(isOff).map(({ number }) => ({ is: 'checkpoint' as const, number })),
    ...(isCut ? [{ is: 'cut' as const, number: upTo + 1 }] : []),
    ...open.filter(isForged).map(() => ({ is: 'forged' as const, number: upTo + 1 })),
  ];
  return { ...counted, upTo, open: open.length, findings: findings.slice(0, enough) };
}

/** Each entry beside the one before it. @returns also what the chain came to at the numbers that are asked for */
async function walk({ database, ring }: Sealing, asked: ReadonlySet<number>) {
  const chains = new Map<number, string>();
  const findings: Finding[] = [];
  let [upTo, chain, entries, older] = [0, '', 0, 0];
  for await (const row of sealed(database.read)) {
    const number = row.number ?? 0;
    const wrong = wrongWith(ring, row, { number: upTo + 1, chain, older: older === entries });
    if (wrong !== null) findings.push({ is: wrong, number: wrong === 'removed' ? upTo + 1 : number });
    if (asked.has(number)) chains.set(number, row.chain);
    if (row.mark === '') older += 1;
    upTo = number;
    chain = row.chain;
    entries += 1;
  }
  return { upTo, entries, older, chains, findings };
}

/** @param due what should come now; `older`: whether it may be from before there were marks, as all so far */
function wrongWith(
  ring: KeyRing,
  row: Row,
  due: { number: number; chain: string; older: boolean },
): Finding['is'] | null {
  if (row.number !== due.number) return 'removed';
  const isOlder = row.mark === '';
  if (isOlder && !due.older) return 'forged';
  if (!isOlder && row.mark !== markOf(ring, row)) return 'changed';
  if (row.chain === chainOf(ring, due.chain, due.number, row)) return null;
  return isOlder ? 'changed' : 'moved';
}

async function* sealed(handle: Handle): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const rows = await listSealed(handle, after, Number.MAX_SAFE_INTEGER, page);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.number ?? after;
  }
}
