import type { Acquaintance } from '../core/browsers/store.ts';
import { type Ruling, roleUnder } from '../core/policies/policy.ts';
import { levelOf, type Proof } from '../flow/assurance.ts';
import type { Offer } from '../flow/facts.ts';
import { days, type Instant, never, shift } from '../kernel/clock.ts';
import type { LiveMethod, Turn } from './gate.ts';
import type { Owned } from './owned.ts';
import { mayKeepBrowser } from './returning.ts';

interface Person {
  readonly ruling: Ruling;
  readonly acquaintance: Acquaintance | null;
  readonly owned: readonly Owned[];
  readonly here: Parameters<typeof mayKeepBrowser>[2];
}

/** What could make the next sign-in easier: only right after one, and only what was not answered. */
export function offersTo(
  { gate, attempt, visit }: Pick<Turn, 'gate' | 'attempt' | 'visit'>,
  person: Person,
): readonly Offer[] {
  const { progress, purpose, session } = attempt;
  const by = (test: (method: LiveMethod, proof: Proof) => boolean) =>
    progress.proofs.some((proof) => {
      const method = gate.methods.get(proof.method);
      return method !== undefined && test(method, proof);
    });
  // Whoever goes on with a session came for something else.
  if (session !== null || purpose.ticket !== undefined || !by(({ role }) => role === 'first')) return [];

  const isKept = visit.choice?.is === 'out' || (visit.choice?.is === 'in' && visit.choice.account === attempt.account);
  const enoughAlone = (method: LiveMethod, proof: Proof) =>
    method.alone !== undefined &&
    levelOf([proof]) > 1 &&
    mayKeepBrowser(person.ruling, method.id, person.here, person.owned);
  const makes = [...gate.methods.values()].find(({ passkey }) => passkey !== undefined);
  const isNew = makes !== undefined && person.acquaintance?.lastFirst !== makes.id && !by(({ id }) => id === makes.id);
  const rested = (person.acquaintance?.offerAfter ?? 0) <= gate.clock.now();
  const offers: Record<Offer, boolean> = {
    passkey: mayMake(person.ruling, makes) && isNew && rested && !progress.made.includes(makes.id),
    passwordless: !isKept && by(enoughAlone),
  };
  return (['passkey', 'passwordless'] as const).filter(
    (offer) => offers[offer] && progress.answered[offer] === undefined,
  );
}

/** Offered where it is taken afterwards, and where people set up what they like. */
const mayMake = (ruling: Ruling, makes: LiveMethod | undefined): boolean =>
  makes !== undefined && ruling.offersPasskeys && ruling.setUp === 'anytime' && roleUnder(ruling, makes) === 'second';

/** Three in a row may be left; then it rests, a day, a week, and each time a month. */
const rests = [0, 0, days(1), days(7), days(30)];

/** What a browser remembers of an offer that was left: how often in a row, and when it may come again. */
export function afterLeaving(
  { answered }: Pick<Turn['attempt']['progress'], 'answered'>,
  before: Acquaintance | null,
  now: Instant,
): Pick<Acquaintance, 'offers' | 'offerAfter'> | null {
  const answer = answered.passkey;
  if (answer === undefined) return null;
  // There is one here now, even if the password is used once more.
  if (answer === 'yes') return { offers: 0, offerAfter: shift(now, days(30)) };
  const offers = (before?.offers ?? 0) + 1;
  if (answer === 'never') return { offers, offerAfter: never };
  return { offers, offerAfter: shift(now, rests[Math.min(offers, rests.length) - 1] ?? 0) };
}
