import type { Chance } from '../kernel/chance.ts';
import { keyFileExists, makeKeyFile, openKeyFile } from '../kernel/key-file.ts';
import { type KeyRing, mark, open, SealError, seal } from '../kernel/seal.ts';
import sealKeySql from './0001-seal-key.sql';
import type { Database, Handle, Transaction } from './database.ts';
import type { Migration } from './migrate.ts';

export const migrations: readonly Migration[] = [{ name: 'keys/0001', sql: sealKeySql }];

type Tables = { seal_key: { id: string; proof: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** The row of the key that marks are made with; no sealing key has this name. */
const lookup = 'lookup';
const place = (id: string) => ({ table: 'seal_key', column: 'proof', row: id });
const text = 'this key fits';
const lookupProof = (ring: KeyRing): string => mark(ring, 'key-check', text);

/**
 * Opens the key file and refuses it when the database was sealed with others. A database that names keys never gets a
 * new file: what it holds would stay shut for ever while new rows hid the loss.
 * @throws SealError in words for whoever runs the server
 */
export async function openRing(database: Database, path: string, chance: Chance): Promise<KeyRing> {
  const known = await own(database.read).selectFrom('seal_key').selectAll().execute();
  if (!keyFileExists(path)) {
    if (known.length > 0)
      throw new SealError(`there is no key file ${path}, and the database needs it: put back the one it was made with`);
    makeKeyFile(path, chance);
  }
  const ring = openKeyFile(path);
  for (const row of known) mustFit(ring, row, path);
  await database.transaction((tx) => saveProofs(tx, ring, chance));
  return ring;
}

/** A row for each key of the ring; those that are there stay. */
export async function saveProofs(tx: Transaction, ring: KeyRing, chance: Chance): Promise<void> {
  const rows = [...ring.keys.keys()].map((id) => ({
    id,
    proof: seal({ ...ring, active: id, keys: ring.keys }, chance, place(id), text),
  }));
  await own(tx)
    .insertInto('seal_key')
    .values([...rows, { id: lookup, proof: lookupProof(ring) }])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Forgets the keys that no row names any more. */
export async function removeProofs(tx: Transaction, but: string): Promise<void> {
  await own(tx).deleteFrom('seal_key').where('id', 'not in', [but, lookup]).execute();
}

/** Do all keys that the database names lie in the ring, and fit? */
export async function keysFit(handle: Handle, ring: KeyRing): Promise<boolean> {
  const known = await own(handle).selectFrom('seal_key').selectAll().execute();
  return known.every((row) => fits(ring, row));
}

function fits(ring: KeyRing, { id, proof }: Tables['seal_key']): boolean {
  if (id === lookup) return proof === lookupProof(ring);
  try {
    return open(ring, place(id), proof) === text;
  } catch {
    return false;
  }
}

function mustFit(ring: KeyRing, row: Tables['seal_key'], path: string): void {
  if (fits(ring, row)) return;
  const missing = row.id !== lookup && !ring.keys.has(row.id);
  throw new SealError(
    missing
      ? `the database was sealed with the key ${row.id}, which is not in ${path}: put back the file it was made with`
      : `the key ${row.id} in ${path} is not the one the database was sealed with: put back the file it was made with`,
  );
}
