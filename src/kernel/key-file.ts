import { createSecretKey } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Chance, pick } from './chance.ts';
import { type KeyRing, SealError } from './seal.ts';

interface Written {
  readonly active: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly lookup: string;
}

export const keyFileExists = (path: string): boolean => existsSync(path);

/** Writes a ring that only its owner can read, unless there is one. Of several that start at once, one writes. */
export function makeKeyFile(path: string, chance: Chance): void {
  const id = newKeyId(chance);
  const key = () => chance.bytes(32).toString('base64url');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = writeAside(path, { active: id, keys: { [id]: key() }, lookup: key() }, chance);
  try {
    linkSync(aside, path);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure;
  } finally {
    unlinkSync(aside);
  }
}

/**
 * The ring as the file has it now: another process may rotate the keys at any time, so each use looks whether the file
 * is still the one that was read (a microsecond).
 */
export function openKeyFile(path: string): KeyRing {
  let held = read(path);
  let seen = stamp(path);
  const current = (): KeyRing => {
    const now = stamp(path);
    if (now !== seen && now !== null) {
      held = read(path);
      seen = now;
    }
    return held;
  };
  return {
    get active() {
      return current().active;
    },
    get keys() {
      return current().keys;
    },
    lookup: held.lookup,
  };
}

/** Adds a key and makes it the active one. @returns its id */
export function addKey(path: string, chance: Chance): string {
  const id = newKeyId(chance);
  const ring = written(path);
  replace(path, { ...ring, active: id, keys: { ...ring.keys, [id]: chance.bytes(32).toString('base64url') } }, chance);
  return id;
}

/** Drops all keys but the active one. */
export function dropOldKeys(path: string, chance: Chance): void {
  const ring = written(path);
  replace(path, { ...ring, keys: { [ring.active]: ring.keys[ring.active] ?? '' } }, chance);
}

const newKeyId = (chance: Chance): string => `k${pick(chance, '0123456789abcdefghijklmnopqrstuvwxyz', 7)}`;

const stamp = (path: string): string | null => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.ino} ${found.mtimeMs} ${found.size}`;
};

function written(path: string): Written {
  const ring = JSON.parse(readFileSync(path, 'utf8')) as Partial<Written>;
  if (typeof ring.active !== 'string' || typeof ring.lookup !== 'string' || typeof ring.keys !== 'object')
    throw new SealError(`${path} is not a key ring`);
  return ring as Written;
}

function read(path: string): KeyRing {
  const { active, keys, lookup } = written(path);
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  // Made into keys once: from bytes it would be done at every seal, and cost more than the sealing.
  const ready = Object.entries(keys).map(([id, key]) => [id, createSecretKey(bytes(key))] as const);
  return { active, keys: new Map(ready), lookup: bytes(lookup) };
}

/** Whoever reads meanwhile sees the old file whole or the new one whole, and so does whoever starts after a power cut. */
function replace(path: string, ring: Written, chance: Chance): void {
  renameSync(writeAside(path, ring, chance), path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function writeAside(path: string, ring: Written, chance: Chance): string {
  const aside = `${path}.${newKeyId(chance)}`;
  writeFileSync(aside, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return aside;
}
