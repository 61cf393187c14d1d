import type { KeyRing } from '../../kernel/seal.ts';
import type { Handle } from '../../store/database.ts';
import { listCheckpoints, listOpen, listSealed, readHead, type Sealing } from './chain.ts';
import { type Checkpoint, isSigned } from './checkpoint.ts';
import type { Event } from './events.ts';
import { chainOf, isAsWritten, isErased, isOlder, type Row } from './marks.ts';

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
  const walked = await walk(means, checkpoints);
  const { upTo, chains, reasons, ...counted } = walked;
  const open = await listOpen(database.read);
  for (const row of open) if (isErased(row) || isAsWritten(ring, row)) note(reasons, { ...row, number: upTo + 1 });

  const isOff = (one: Checkpoint) =>
    !isSigned(ring, one) || (one.number >= walked.from && one.number <= upTo && chains.get(one.number) !== one.chain);
  const isForged = (row: Row) =>
    row.mark === '' ? walked.older < walked.entries : !isErased(row) && !isAsWritten(ring, row);
  const found = (is: Finding['is'], numbers: readonly number[]): Finding[] => numbers.map((number) => ({ is, number }));
  const findings: Finding[] = [
    ...(walked.from > 1 && !reasons.cuts.has(walked.from - 1) ? found('removed', [1]) : []),
    ...walked.findings,
    ...found(
      'changed',
      reasons.emptied.filter(({ account }) => !reasons.erased.has(account)).map(({ number }) => number),
    ),
    ...found(
      'checkpoint',
      checkpoints.filter(isOff).map(({ number }) => number),
    ),
    ...(checkpoints.some(({ number }) => number > upTo) ? found('cut', [upTo + 1]) : []),
    ...found(
      'forged',
      open.filter(isForged).map(() => upTo + 1),
    ),
  ];
  return { ...counted, upTo, open: open.length, findings: findings.slice(0, enough) };
}

/** What entries themselves say of others that are gone, or empty. */
interface Reasons {
  readonly emptied: { readonly number: number; readonly account: string }[];
  readonly erased: Set<string>;
  readonly cuts: Set<number>;
}

function note({ emptied, erased, cuts }: Reasons, row: Row): void {
  const account = row.account_id ?? '';
  if (isErased(row)) emptied.push({ number: row.number ?? 0, account });
  else if (row.event === ('account.erased' satisfies Event)) erased.add(account);
  else if (row.event === ('log.cut' satisfies Event)) cuts.add((JSON.parse(row.detail) as { upTo: number }).upTo);
}

/** Each entry beside the one before it. @returns also what the chain came to at the checkpoints */
async function walk({ database, ring }: Sealing, checkpoints: readonly Checkpoint[]) {
  const asked = new Set(checkpoints.map(({ number }) => number));
  const chains = new Map<number, string>();
  const reasons: Reasons = { emptied: [], erased: new Set(), cuts: new Set() };
  const findings: Finding[] = [];
  let [from, upTo, chain, entries, older] = [0, 0, '', 0, 0];
  for await (const row of sealed(database.read)) {
    const number = row.number ?? 0;
    if (entries === 0) ({ from, upTo, chain } = beginningAt(number, checkpoints));
    const wrong = wrongWith(ring, row, { number: upTo + 1, chain, older: older === entries });
    if (wrong === null) note(reasons, row);
    else findings.push({ is: wrong, number: Math.min(number, upTo + 1) });
    if (asked.has(number)) chains.set(number, row.chain);
    if (isOlder(row)) older += 1;
    upTo = number;
    chain = row.chain;
    entries += 1;
  }
  return { from, upTo, entries, older, chains, reasons, findings };
}

/** The first that is there follows from a checkpoint, where others before it were cut. */
function beginningAt(number: number, checkpoints: readonly Checkpoint[]) {
  const before = checkpoints.find((one) => one.number === number - 1);
  return before === undefined
    ? { from: 1, upTo: 0, chain: '' }
    : { from: number, upTo: number - 1, chain: before.chain };
}

/** @param due what should come now; `older`: whether it may be from before there were marks, as all so far */
function wrongWith(
  ring: KeyRing,
  row: Row,
  due: { number: number; chain: string; older: boolean },
): Finding['is'] | null {
  if (row.number !== due.number) return 'removed';
  if (isOlder(row) && !due.older) return 'forged';
  if (!isErased(row) && !isAsWritten(ring, row)) return 'changed';
  return row.chain === chainOf(ring, due.chain, due.number, row) ? null : 'moved';
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
