import { newId } from '../../kernel/ids.ts';
import { ClockAstray } from '../../kernel/skew.ts';
import { base32Of, tidyCode } from '../../otp/codes.ts';
import { findStep, seedMark, useStep } from '../../otp/replay.ts';
import { seedIn } from '../../otp/seeds.ts';
import type { Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { AccountId, Bound, Registered, Registering, Registration } from '../method.ts';
import { driftOf, type Key, keyUri, nextStepAt, secretOf, stepOf } from './rules.ts';
import { addAuthenticator, findOtherHolder, listRegistered, removeRegistered } from './store.ts';

/** Shorter keys are guessed (RFC 4226, 4 R6); longer ones than any hash takes whole serve nothing. In bytes. */
const [fewest, most] = [16, 128];

/** A key with a PIN of it that was right, and where it is to be taken. */
interface Found {
  readonly account: AccountId;
  readonly key: Key;
  readonly seed: string;
  readonly step: number;
  readonly drift: number;
  /** By realm: by what it is remembered which PINs were used there. */
  readonly marks: ReadonlyMap<string, string>;
}

/**
 * A PIN that an administrator registers for somebody (S-1 to S-4): with a key that is made here and put into an authenticator,
 * or with the one that its maker put in. It is kept only once a PIN of it was right, so that nobody is registered with a key
 * that their device does not hold.
 */
export function registering(means: Means, issuer: string): Registering {
  const { chance, clock, database, ring, skew } = means;

  async function isUsed({ marks, step }: Found): Promise<boolean> {
    const lasts = await Promise.all([...marks.values()].map((mark) => findStep(database.read, mark)));
    return lasts.some((last) => last !== null && step <= last);
  }

  /** @returns false where its PIN was used meanwhile, or the key became somebody else's */
  async function save(tx: Transaction, { account, key, seed, step, drift, marks }: Found, bound: Bound) {
    // The PIN first: of two who register the same key at once, the second then sees whose it is.
    for (const mark of new Set(marks.values())) if (!(await useStep(tx, mark, step))) return false;
    if ((await findOtherHolder(tx, seed, account)) !== null) return false;
    let replaced = 0;
    for (const [realm, mark] of marks) {
      replaced += await removeRegistered(tx, account, realm);
      const id = newId<'credential'>(chance);
      await addAuthenticator(tx, means, { id, account, key, realm, mark, drift, registered: true, bound });
    }
    return { replaced };
  }

  return {
    newKey: () => secretOf(chance.bytes(20)),

    uriOf: (name, secret, pattern) => keyUri(issuer, name, { ...pattern, secret }),

    async check({ account, typedKey, code, pattern, realms }: Registered): Promise<Registration> {
      if (skew.tooFar) throw new ClockAstray();
      const secret = secretIn(typedKey);
      if (secret === null) return { is: 'again', because: 'key' };
      const key: Key = { ...pattern, secret };
      const seed = seedMark(ring, secret);
      if ((await findOtherHolder(database.read, seed, account)) !== null) return { is: 'again', because: 'held' };
      const tidied = tidyCode(code, pattern.digits);
      if (tidied === null) return { is: 'again', because: 'malformed' };
      const now = clock.now();
      const step = stepOf(tidied, key, 0, now);
      if (step === null) return { is: 'again', because: 'wrong' };
      const marks = new Map(realms.map(({ id, ownMark }) => [id, ownMark ? seedMark(ring, `${secret} ${id}`) : seed]));
      const found = { account, key, seed, step, drift: driftOf(step, now, pattern), marks };
      if (await isUsed(found)) return { is: 'again', because: 'replayed', wait: nextStepAt(now, pattern) - now };
      return { is: 'ready', seed, save: (tx, bound) => save(tx, found, bound) };
    },

    list: listRegistered,
  };
}

/** @returns the key in Base32; null when it is none, or too short to be safe */
function secretIn(typed: string): string | null {
  const bytes = seedIn(typed);
  return bytes === null || bytes.length < fewest || bytes.length > most ? null : base32Of(bytes);
}
