import { findUsed, seedMark } from '../../otp/replay.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { readCsv } from './csv.ts';
import { readPskc } from './pskc.ts';
import type { Unlock } from './pskc-keys.ts';
import type { Make } from './rules.ts';
import type { Row } from './seed.ts';
import { addTokens, findHeld } from './store.ts';

export interface Refused {
  readonly line: number;
  readonly serial: string;
  readonly why: string;
}

/** What became of a file's rows. */
export interface Sorted {
  readonly good: readonly Make[];
  readonly refused: readonly Refused[];
}

/** @returns the rows of a file of any kind that is known, or why it is none */
export const readTokens = async (text: string, unlock: Unlock): Promise<readonly Row[] | string> =>
  text
    .trimStart()
    .replace(/^\uFEFF/, '')
    .startsWith('<')
    ? readPskc(text, unlock)
    : readCsv(text);

const batch = 500;

/** A row with what it is known by. */
interface Known {
  readonly row: Row;
  readonly serial: string;
  readonly seed: string;
}

/**
 * Sorts out what must not come in: what is wrong by itself, what is twice in the file, what the stock holds, and a seed
 * whose codes somebody uses elsewhere.
 */
export async function sortOut(handle: Handle, { ring }: Pick<Means, 'ring'>, rows: readonly Row[]): Promise<Sorted> {
  const sorted = { good: [] as Make[], refused: [] as Refused[] };
  const before = { serials: new Set<string>(), seeds: new Set<string>() };
  for (let at = 0; at < rows.length; at += batch) {
    const some = rows
      .slice(at, at + batch)
      .map(
        (row): Known =>
          'why' in row
            ? { row, serial: row.serial, seed: '' }
            : { row, serial: row.token.serial, seed: seedMark(ring, row.token.secret) },
      );
    const taken = await takenOf(handle, some);
    for (const known of some) {
      const { row, serial, seed } = known;
      const why = 'why' in row ? row.why : hindrance(known, before, taken);
      if (why === null && 'token' in row) sorted.good.push(row.token);
      else sorted.refused.push({ line: row.line, serial, why: why ?? '' });
      before.serials.add(serial);
      before.seeds.add(seed);
    }
  }
  return sorted;
}

interface Names {
  readonly serials: ReadonlySet<string>;
  readonly seeds: ReadonlySet<string>;
}

/** What of these the stock holds, and whose codes were used wherever it was. */
async function takenOf(handle: Handle, some: readonly Known[]): Promise<Names> {
  const serials = some.map(({ serial }) => serial);
  const seeds = some.map(({ seed }) => seed);
  const held = await findHeld(handle, serials, seeds);
  return { serials: held.serials, seeds: new Set([...held.seeds, ...(await findUsed(handle, seeds))]) };
}

function hindrance({ serial, seed }: Known, before: Names, taken: Names): string | null {
  if (before.serials.has(serial)) return 'the serial number is twice in the file';
  if (before.seeds.has(seed)) return 'another token of the file has the same secret';
  if (taken.serials.has(serial)) return 'the stock has a token of this serial number';
  return taken.seeds.has(seed) ? 'somebody holds this secret already' : null;
}

/** Adds them all, in the one transaction that is given. @param told hears how many there are so far */
export async function addAll(
  tx: Transaction,
  means: Means,
  { source, tokens, told }: { source: string; tokens: readonly Make[]; told: (n: number) => void },
): Promise<number> {
  for (let at = 0; at < tokens.length; at += batch) {
    await addTokens(tx, means, source, tokens.slice(at, at + batch));
    told(Math.min(at + batch, tokens.length));
  }
  return tokens.length;
}
