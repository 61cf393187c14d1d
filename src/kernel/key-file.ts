import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Chance, pick } from './chance.ts';
import type { KeyRing } from './seal.ts';

interface Written {
  readonly active: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly lookup: string;
}

/** Reads the key ring; the first start writes one that only its owner can read. Of several that start at once, one writes. */
export function openKeyFile(path: string, chance: Chance): KeyRing {
  try {
    return read(path);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure;
  }
  const id = newKeyId(chance);
  const key = () => chance.bytes(32).toString('base64url');
  writeNew(path, { active: id, keys: { [id]: key() }, lookup: key() }, chance);
  return read(path);
}

export const newKeyId = (chance: Chance): string => `k${pick(chance, '0123456789abcdefghijklmnopqrstuvwxyz', 7)}`;

function read(path: string): KeyRing {
  const { active, keys, lookup } = JSON.parse(readFileSync(path, 'utf8')) as Written;
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  return { active, keys: new Map(Object.entries(keys).map(([id, key]) => [id, bytes(key)])), lookup: bytes(lookup) };
}

/** Written aside and linked into place: whoever reads sees a whole file, and whoever comes second changes nothing. */
function writeNew(path: string, ring: Written, chance: Chance): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${newKeyId(chance)}`;
  writeFileSync(aside, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, path);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure;
  } finally {
    unlinkSync(aside);
  }
}
