import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { days, type Instant, shift } from '../../kernel/clock.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { Signer } from './signing.ts';

type Tables = {
  saml_key: {
    generation: number;
    id: string;
    private_key: string;
    certificate: string;
    signs_from: number;
    shown_until: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string) => ({ table: 'saml_key', column: 'private_key', row: id });

export const sealedKeys: SealedColumn = { table: 'saml_key', column: 'private_key', key: 'id' };

/** A new key signs only when whoever reads our metadata once a day, or is told to by somebody who reads mail, has it … */
const publishedFirst = days(7);
/** … and the one before is shown a day longer, for whoever is told late that it is gone. */
const shownAfter = days(1);

export interface SamlKeys {
  readonly signer: Signer;
  /** Certificates, the one that signs first. */
  readonly shown: readonly string[];
}

/** The keys as they are now; the first to ask makes one. */
export async function openSamlKeys(means: Means): Promise<SamlKeys> {
  const found = await findKeys(means);
  if (found !== null) return found;
  const pair = await newPair(means);
  await means.database.transaction(async (tx) => {
    if ((await latest(tx)) === undefined)
      await addKey(tx, means, pair, { generation: 1, signsFrom: means.clock.now() });
  });
  const made = await findKeys(means);
  if (made === null) throw new Error('a key that was just made is there');
  return made;
}

/** Another key: shown at once, signing in a week. @returns when it signs */
export async function rotateSamlKeys(means: Means): Promise<Instant> {
  await openSamlKeys(means);
  const pair = await newPair(means);
  const now = means.clock.now();
  const signsFrom = shift(now, publishedFirst);
  await means.database.transaction(async (tx) => {
    const last = await latest(tx);
    await own(tx)
      .updateTable('saml_key')
      .set({ shown_until: shift(signsFrom, shownAfter) })
      .where('shown_until', 'is', null)
      .execute();
    await own(tx).deleteFrom('saml_key').where('shown_until', '<=', now).execute();
    await addKey(tx, means, pair, { generation: (last?.generation ?? 0) + 1, signsFrom });
  });
  return signsFrom;
}

async function findKeys({ database, clock, ring }: Means): Promise<SamlKeys | null> {
  const now = clock.now();
  const rows = await own(database.read).selectFrom('saml_key').selectAll().orderBy('generation', 'desc').execute();
  const shown = rows.filter((row) => row.shown_until === null || row.shown_until > now);
  const signs = shown.find((row) => row.signs_from <= now);
  if (signs === undefined) return null;
  const rest = shown.filter((row) => row !== signs);
  const { id, private_key, certificate } = signs;
  return {
    signer: { privateKey: open(ring, place(id), private_key), certificate },
    shown: [certificate, ...rest.map((row) => row.certificate)],
  };
}

const latest = (handle: Handle) =>
  own(handle).selectFrom('saml_key').select('generation').orderBy('generation', 'desc').limit(1).executeTakeFirst();

interface Pair extends Signer {
  readonly id: Id<'saml-key'>;
}

/** Of several that begin at once one is kept: the generation is the key. */
async function addKey(
  tx: Transaction,
  { ring, chance }: Means,
  { id, privateKey, certificate }: Pair,
  { generation, signsFrom }: { generation: number; signsFrom: Instant },
): Promise<void> {
  const private_key = seal(ring, chance, place(id), privateKey);
  await own(tx)
    .insertInto('saml_key')
    .values({ generation, id, private_key, certificate, signs_from: signsFrom, shown_until: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** RSA, which every service provider must understand (Metadata Interoperability 2.5; SAML2Int 3.2). */
async function newPair(means: Means): Promise<Pair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const { certificateFor } = await import('./certificate.ts');
  return {
    id: newId<'saml-key'>(means.chance),
    privateKey: pem,
    certificate: await certificateFor(createPrivateKey(pem), means),
  };
}
