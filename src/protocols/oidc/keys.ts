import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import type { SigningKey } from '../../house.ts';
import { hours, type Instant, minutes, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { SealedColumn } from '../../store/sealed.ts';

type Tables = {
  signing_key: {
    generation: number;
    kid: string;
    private_jwk: string;
    signs_from: number;
    shown_until: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (kid: string) => ({ table: 'signing_key', column: 'private_jwk', row: kid });

export const sealedKeys: SealedColumn = { table: 'signing_key', column: 'private_jwk', key: 'kid' };

/** How long a signed token lives, at most: so long the key that signed it is shown. */
export const longestSigned = hours(1);
/** Processes look this often whether there is another key … */
export const lookEvery = minutes(1);
/** … and a new key signs only once every one of them, and whoever keeps our keys for a while, has seen it. */
const publishedFirst = minutes(5);

export interface SigningKeys {
  /** The one that signs stands first. */
  readonly jwks: readonly JWK[];
  /** Changes when the order or the number of keys does. */
  readonly version: string;
}

/** The keys as they are to be shown now; the first start makes one. */
export async function openKeys(means: Means): Promise<SigningKeys> {
  const found = await listKeys(means);
  if (found.jwks.length > 0) return found;
  const pair = await newPair(means);
  await means.database.transaction(async (tx) => {
    if ((await latest(tx)) === undefined)
      await addKey(tx, means, pair, { generation: 1, signsFrom: means.clock.now() });
  });
  return listKeys(means);
}

/**
 * A new key: shown at once, signing soon; the others are shown as long as what they signed lives (OIDC Core 10.1.1).
 * @returns its `kid`
 */
export async function rotateSigningKeys(means: Means): Promise<string> {
  const pair = await newPair(means);
  const now = means.clock.now();
  await means.database.transaction(async (tx) => {
    const last = await latest(tx);
    const signsFrom = last === undefined ? now : shift(now, publishedFirst);
    await own(tx)
      .updateTable('signing_key')
      .set({ shown_until: shift(signsFrom, longestSigned + lookEvery) })
      .where('shown_until', 'is', null)
      .execute();
    await own(tx).deleteFrom('signing_key').where('shown_until', '<=', now).execute();
    await addKey(tx, means, pair, { generation: (last?.generation ?? 0) + 1, signsFrom });
  });
  return pair.kid;
}

/** What is shown of them, without what signs. */
export async function listSigningKeys(means: Means): Promise<readonly SigningKey[]> {
  const now = means.clock.now();
  const rows = await listShown(means);
  const signs = rows.find((row) => row.signs_from <= now);
  return rows.map((row) => ({
    kid: row.kid,
    state: row === signs ? 'signs' : row.signs_from > now ? 'next' : 'last',
  }));
}

async function listShown({ database, clock }: Means) {
  const rows = await own(database.read).selectFrom('signing_key').selectAll().orderBy('generation', 'desc').execute();
  return rows.filter((row) => row.shown_until === null || row.shown_until > clock.now());
}

async function listKeys(means: Means): Promise<SigningKeys> {
  const now = means.clock.now();
  const shown = await listShown(means);
  const signs = shown.filter((row) => row.signs_from <= now);
  const rest = shown.filter((row) => row.signs_from > now);
  const inOrder = [...signs, ...rest];
  return {
    jwks: inOrder.map((row) => JSON.parse(open(means.ring, place(row.kid), row.private_jwk)) as JWK),
    version: inOrder.map(({ kid }) => kid).join(' '),
  };
}

const latest = (handle: Handle) =>
  own(handle).selectFrom('signing_key').select('generation').orderBy('generation', 'desc').limit(1).executeTakeFirst();

/** Of several that begin at once one is kept: the generation is the key. */
async function addKey(
  tx: Transaction,
  means: Means,
  { kid, jwk }: Pair,
  { generation, signsFrom }: { generation: number; signsFrom: Instant },
): Promise<void> {
  const private_jwk = seal(means.ring, means.chance, place(kid), JSON.stringify(jwk));
  await own(tx)
    .insertInto('signing_key')
    .values({ generation, kid, private_jwk, signs_from: signsFrom, shown_until: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

interface Pair {
  readonly kid: string;
  readonly jwk: JWK;
}

/** RS256, which every client must understand (OIDC Core 15.1). */
async function newPair(means: Means): Promise<Pair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = newId<'signing-key'>(means.chance);
  return { kid, jwk: { ...(privateKey.export({ format: 'jwk' }) as JWK), kid, alg: 'RS256', use: 'sig' } };
}
