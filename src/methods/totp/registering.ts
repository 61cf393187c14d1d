import { newId } from '../../kernel/ids.ts';
import type { KeyRing } from '../../kernel/seal.ts';
import { ClockAstray } from '../../kernel/skew.ts';
import { tidyCode } from '../../otp/codes.ts';
import { findStep, seedMark, useStep } from '../../otp/replay.ts';
import type { Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Bound, Registered, Registering, Registration } from '../method.ts';
import { keyIn } from './keys.ts';
import { driftOf, type Key, keyUri, nextStepAt, secretOf, stepOf } from './rules.ts';
import { addAuthenticator, findOtherHolder, listAuthenticators, removeRegistered } from './store.ts';

/** What is kept for somebody, and where it is to be taken. */
interface Kept extends Pick<Registered, 'account' | 'realms'> {
  readonly key: Key;
  readonly drift: number;
}

/** With a PIN of it that was right. */
interface Found extends Kept {
  readonly seed: string;
  readonly step: number;
}

/** By what it is remembered which PINs of a key were used in a realm. */
const markIn = (ring: KeyRing, { secret }: Key, { id, ownMark }: Registered['realms'][number]): string =>
  seedMark(ring, ownMark ? `${secret} ${id}` : secret);

/** In place of what was registered for them before. @returns how many of those went */
export async function keepRegistered(
  tx: Transaction,
  means: Means,
  { account, key, drift, realms }: Kept,
  bound: Bound,
): Promise<number> {
  let replaced = 0;
  for (const realm of realms) {
    replaced += await removeRegistered(tx, account, realm.id);
    const id = newId<'credential'>(means.chance);
    const mark = markIn(means.ring, key, realm);
    await addAuthenticator(tx, means, { id, account, key, realm: realm.id, mark, drift, registered: true, bound });
  }
  return replaced;
}

/**
 * A PIN that an administrator registers for somebody (S-1 to S-4): with a key that is made here and put into an authenticator,
 * or with the one that its maker put in. It is kept only once a PIN of it was right, so that nobody is registered with a key
 * that their device does not hold.
 */
export function registering(means: Means, issuer: string): Registering {
  const { chance, clock, database, ring, skew } = means;

  const marksOf = ({ key, realms }: Kept) => new Set(realms.map((realm) => markIn(ring, key, realm)));

  async function isUsed(found: Found): Promise<boolean> {
    const lasts = await Promise.all([...marksOf(found)].map((mark) => findStep(database.read, mark)));
    return lasts.some((last) => last !== null && found.step <= last);
  }

  /** @returns false where its PIN was used meanwhile, or the key became somebody else's */
  async function save(tx: Transaction, found: Found, bound: Bound) {
    // The PIN first: of two who register the same key at once, the second then sees whose it is.
    for (const mark of marksOf(found)) if (!(await useStep(tx, mark, found.step))) return false;
    if ((await findOtherHolder(tx, found.seed, found.account)) !== null) return false;
    return { replaced: await keepRegistered(tx, means, found, bound) };
  }

  return {
    newKey: () => secretOf(chance.bytes(20)),

    uriOf: (name, secret, pattern) => keyUri(issuer, name, { ...pattern, secret }),

    async check({ account, typedKey, code, pattern, realms }: Registered): Promise<Registration> {
      if (skew.tooFar) throw new ClockAstray();
      const key = keyIn(typedKey, pattern);
      if (key === null) return { is: 'again', because: 'key' };
      const seed = seedMark(ring, key.secret);
      if ((await findOtherHolder(database.read, seed, account)) !== null) return { is: 'again', because: 'held' };
      const tidied = tidyCode(code, pattern.digits);
      if (tidied === null) return { is: 'again', because: 'malformed' };
      const now = clock.now();
      const step = stepOf(tidied, key, 0, now);
      if (step === null) return { is: 'again', because: 'wrong' };
      const found = { account, key, seed, step, drift: driftOf(step, now, pattern), realms };
      if (await isUsed(found)) return { is: 'again', because: 'replayed', wait: nextStepAt(now, pattern) - now };
      return { is: 'ready', seed, save: (tx, bound) => save(tx, found, bound) };
    },

    where: async (handle, account) =>
      (await listAuthenticators(handle, account)).flatMap(({ registered, realm }) => (registered ? [realm] : [])),
  };
}
