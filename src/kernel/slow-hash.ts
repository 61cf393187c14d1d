import { hash } from '@node-rs/argon2';
import { readHash } from './foreign-hash.ts';

/** The library's number for Argon2id (its enum is erased at compile time). */
const argon2id = 2;

/** OWASP Password Storage: Argon2id, 19 MiB, two passes, one lane. Memory in KiB. */
export interface HashCost {
  readonly memoryCost: number;
  readonly timeCost: number;
}

/** More is waiting to be hashed than may wait: the caller answers 503 with Retry-After. */
export class HashQueueFull extends Error {
  override readonly name = 'HashQueueFull';
}

/**
 * A hash that is slow on purpose, off the event loop. At most `atOnce` run and `waiting` wait:
 * a storm is answered with "come back", never with a collapse.
 */
export interface SlowHash {
  /** A PHC string. @throws HashQueueFull */
  hash(text: string): Promise<string>;
  /** Also against a hash of another kind. Against `null` the same work is done and the answer is no. @throws HashQueueFull */
  matches(text: string, phc: string | null): Promise<boolean>;
  /** True when `phc` was made at a lower cost than today's. */
  outdated(phc: string): boolean;
  /** How many wait now, and how many were sent away so far. */
  load(): { readonly waiting: number; readonly refused: number };
}

export async function slowHash(cost: HashCost, limits: { atOnce: number; waiting: number }): Promise<SlowHash> {
  const options = { algorithm: argon2id, ...cost, parallelism: 1, outputLen: 32 };
  const decoy = await hash('nobody has this password', options);
  const header = decoy.slice(0, decoy.indexOf('$', decoy.indexOf('m=')));
  const queued = queue(limits);
  return {
    hash: (text) => queued.run(() => hash(text, options)),
    matches: (text, phc) => queued.run(async () => (await compared(phc ?? decoy, text)) && phc !== null),
    outdated: (phc) => !phc.startsWith(header),
    load: queued.load,
  };
}

/** What others made, until its owner comes; theirs is made anew then. What cannot be read matches nothing. */
const compared = async (phc: string, text: string): Promise<boolean> => (await readHash(phc)?.(text)) ?? false;

function queue({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const line: (() => void)[] = [];
  let running = 0;
  let refused = 0;
  const load = () => ({ waiting: line.length, refused });
  return { run, load };

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (line.length >= waiting) {
        refused++;
        throw new HashQueueFull();
      }
      await new Promise<void>((resolve) => line.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) running--;
      else next();
    }
  }
}
