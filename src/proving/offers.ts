import type { Acquaintance } from '../core/browsers/store.ts';
import { offersPasskey, upgradesPasskey } from '../core/policies/offering.ts';
import { type Ruling, roleUnder } from '../core/policies/policy.ts';
import { levelOf, type Proof } from '../flow/assurance.ts';
import type { Offer } from '../flow/facts.ts';
import { days, type Instant, minutes, never, shift } from '../kernel/clock.ts';
import { type LiveMethod, passkeyMethod, type Turn } from './gate.ts';
import { type Owned, weighed } from './owned.ts';
import { mayKeepBrowser, traitsOf } from './returning.ts';

interface Person {
  readonly ruling: Ruling;
  readonly acquaintance: Acquaintance | null;
  readonly owned: readonly Owned[];
  readonly here: Parameters<typeof mayKeepBrowser>[2];
}

type Coming = Pick<Turn, 'gate' | 'attempt' | 'visit'>;

/** What could make the next sign-in easier: only right after one, and only what was not answered. */
export function offersTo({ gate, attempt, visit }: Coming, person: Person): readonly Offer[] {
  const { progress, purpose, session } = attempt;
  // Whoever goes on with a session came for something else; and where no page of ours is shown there is nothing to offer.
  const elsewhere = purpose.spoken !== undefined || purpose.heardBy !== undefined;
  if (session !== null || purpose.ticket !== undefined || elsewhere) return [];

  const by = provenIn({ gate, attempt });
  const byPassword = by(({ role }) => role === 'first');
  const isKept = visit.choice?.is === 'out' || (visit.choice?.is === 'in' && visit.choice.account === attempt.account);
  const enoughAlone = (method: LiveMethod, proof: Proof) =>
    method.alone !== undefined &&
    levelOf([weighed(proof, person.ruling)]) > 1 &&
    mayKeepBrowser(person.ruling, method.id, person.here, person.owned);
  const makes = passkeyMethod(gate);
  const isMissed = makes !== undefined && (progress.elsewhere || (byPassword && !by(({ id }) => id === makes.id)));
  const offers: Record<Offer, boolean> = {
    passkey:
      isMissed &&
      mayMake({ gate, attempt, visit }, person, makes) &&
      isDue(person.acquaintance, { passkey: makes.id, elsewhere: progress.elsewhere, now: gate.clock.now() }) &&
      !progress.made.includes(makes.id),
    passwordless: byPassword && !isKept && by(enoughAlone),
  };
  return (['passkey', 'passwordless'] as const).filter(
    (offer) => offers[offer] && progress.answered[offer] === undefined,
  );
}

const provenIn =
  ({ gate, attempt }: Pick<Turn, 'gate' | 'attempt'>) =>
  (test: (method: LiveMethod, proof: Proof) => boolean): boolean =>
    attempt.progress.proofs.some((proof) => {
      const method = gate.methods.get(proof.method);
      return method !== undefined && test(method, proof);
    });

/** Offered where it is taken afterwards, and where people set up what they like. */
const mayMake = ({ attempt, visit }: Coming, { ruling, here, owned }: Person, makes: LiveMethod): boolean =>
  ruling.setUp === 'anytime' &&
  roleUnder(ruling, makes) === 'second' &&
  offersPasskey(ruling.offering, {
    ...{ ...here, owns: traitsOf(owned) },
    account: attempt.account ?? '',
    agent: visit.agent,
  });

/**
 * When it was left, it rests. Whoever came by one last time and is not coming by it now, or came by one from elsewhere, may
 * have none here any more: they are asked once, though there was one a moment ago.
 */
function isDue(acquaintance: Acquaintance | null, by: { passkey: string; elsewhere: boolean; now: Instant }): boolean {
  if (acquaintance === null || acquaintance.offerAfter <= by.now) return true;
  return (by.elsewhere || acquaintance.lastFirst === by.passkey) && acquaintance.offers === 0;
}

/** The browser may make one by itself: right after a password that it filled in, and not when that is long ago. */
export const mayUpgrade = (turn: Pick<Turn, 'gate' | 'attempt'>, ruling: Ruling): boolean =>
  upgradesPasskey(ruling.offering) &&
  provenIn(turn)(({ role }, { at }) => role === 'first' && at > shift(turn.gate.clock.now(), -minutes(5)));

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
