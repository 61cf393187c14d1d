import { type Ruling, roleAnywhere, roleUnder, rulingFor, rulingsAnywhere } from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import type { Proof } from '../flow/assurance.ts';
import type { Allowed, Demand, Role } from '../flow/gather.ts';
import { hours, type Instant, shift } from '../kernel/clock.ts';
import type { Gate, LiveMethod, Turn } from './gate.ts';
import { type Owned, weighed, whoseRules } from './owned.ts';
import { mayKeepBrowser } from './returning.ts';

/** A method, and what somebody has of it if they have any. */
type Candidate = LiveMethod & Partial<Owned>;
type Asking = Pick<Turn, 'gate' | 'attempt' | 'visit'>;

interface Rules {
  readonly policies: readonly Rule[];
  readonly ruling: Ruling;
  readonly demand: Demand;
  readonly owned: readonly Owned[];
  /** Something is proven: their own rules may show. */
  readonly met: boolean;
  readonly here: Parameters<typeof rulingsAnywhere>[1];
}

/** As what each method is taken in this attempt: what the rules leave out is owned all the same, but proves nothing here. */
export function takenHere(turn: Asking, rules: Rules): (method: Candidate) => Allowed {
  const application = turn.attempt.purpose.application?.id ?? null;
  const rolesOf = (some: Rules) => (application === null ? onOwnPages(some) : atApplication(turn, some));
  const theirs = rolesOf(rules);
  const begins = rules.met ? theirs : rolesOf(ofAnybody(rules, application));
  return (method) => {
    const { id, best, down, beside, alone, foreign } = method;
    if (foreign) return { id, best, role: 'off', inline: false };
    const role = alone === 'anywhere' || id === turn.attempt.purpose.named?.by ? begins(method) : theirs(method);
    return {
      id,
      best,
      role: role === 'second' && mayComeFirst(turn, rules, method) ? 'first' : role,
      inline: role === 'second' && rules.ruling.setUp !== 'never',
      ...(down && { down }),
      ...(beside && { beside }),
    };
  };
}

/** Whoever is named, what may come first is what may for anybody: else a name would tell which rules are for it (D11). */
function ofAnybody(rules: Rules, application: string | null): Rules {
  const here = { ...rules.here, ...whoseRules(null) };
  return { ...rules, here, ruling: rulingFor(rules.policies, { ...here, application }) };
}

/** A person's own pages take what any application they may go to does. */
function onOwnPages({ policies, here }: Rules): (method: Candidate) => Role {
  const rulings = rulingsAnywhere(policies, here);
  return (method) => roleAnywhere(rulings, method);
}

function atApplication({ gate }: Asking, { ruling, demand }: Rules): (method: Candidate) => Role {
  const settledBy = shift(gate.clock.now(), -hours(72));
  return (method) => (demand.strict && !countsForMore(method, ruling, settledBy) ? 'off' : roleUnder(ruling, method));
}

/**
 * What came over somebody else's network answers an application that asks for more only where the rule says so, and only at
 * a place that has been theirs for three days: whoever has just put their own there gains nothing by it.
 */
const countsForMore = ({ id, best, since }: Candidate, { countsForStepUp }: Ruling, settledBy: Instant): boolean =>
  best.relayed !== true || (countsForStepUp.includes(id) && since !== undefined && since <= settledBy);

/**
 * Before anything is proven: what tells who somebody is, of anybody or in a browser they keep for it. Not where the password
 * itself is asked again, and not on the way back of whoever forgot it.
 */
function mayComeFirst(turn: Asking, rules: Rules, { id, alone }: LiveMethod): boolean {
  const { purpose } = turn.attempt;
  if (alone === undefined || purpose.afresh === true || purpose.ticket !== undefined) return false;
  return alone === 'anywhere' || isKeptFor(turn, rules, id);
}

/** Whoever may not any more has kept it for nothing (P-8): it is asked each time, not when they wished it. */
function isKeptFor({ attempt, visit }: Asking, { ruling, here, owned, met }: Rules, method: string): boolean {
  const { choice } = visit;
  const isNamed = attempt.purpose.named?.by === method;
  // Whoever is named is asked for it, may they or not, while nothing is proven: a name tells nothing.
  if (isNamed && !met) return true;
  const theirs = isNamed || (choice?.is === 'in' && choice.account === attempt.account && choice.method === method);
  const about = { ...here, application: attempt.purpose.application?.id ?? null };
  return theirs && mayKeepBrowser(ruling, method, about, owned);
}

/** What is asked first may always be changed; the rest where the policy lets people. */
export function wantedUnder({ setUp }: Ruling, { methods }: Gate, wanted: string | null): string | null {
  const theirs = setUp === 'anytime' || methods.get(wanted ?? '')?.role === 'first';
  return theirs ? wanted : null;
}

/** What came first goes on telling who somebody is only where the policy lets it: elsewhere it is a second proof. */
export function countedHere(
  { gate, attempt }: Asking,
  { ruling, here, owned }: Pick<Rules, 'ruling' | 'here' | 'owned'>,
  proofs: readonly Proof[],
): readonly Proof[] {
  const about = { ...here, application: attempt.purpose.application?.id ?? null };
  const may = ({ method }: Proof) =>
    gate.methods.get(method)?.alone === 'anywhere' || mayKeepBrowser(ruling, method, about, owned);
  return proofs.map((given) => {
    const proof = weighed(given, ruling);
    if (!proof.alone || may(proof)) return proof;
    const { alone, ...rest } = proof;
    return rest;
  });
}
