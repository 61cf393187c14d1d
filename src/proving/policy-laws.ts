import type { Policy } from '../core/policies/document.ts';
import { most, type Where, type Whom, wheresIn, whomsIn } from '../core/policies/places.ts';
import type { Ruling } from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import { type Evidence, levelOfName, worthHere } from '../flow/assurance.ts';
import { tryAll } from '../flow/laws/laws.ts';
import { nextStep } from '../flow/next-step.ts';
import { pagesFor } from '../flow/way-in.ts';
import type { Instant } from '../kernel/clock.ts';
import { unhurried } from '../kernel/timers.ts';
import { asOwned, type Owned, weighed, whoseRules } from './owned.ts';
import { type Gated, handsIn, imaginedOne, rulingsAt, supposedAt } from './supposed.ts';

/** What the flow's laws say of a policy. */
export interface Tried {
  /** What breaks, a sentence each. */
  readonly broken: readonly string[];
  /** All people and places that its rules tell apart were tried; else each rule's own alone. */
  readonly whole: boolean;
}

/** Somebody who is nobody in particular, and where. */
interface Spot {
  readonly whom: Whom;
  readonly where: Where;
}

/** Nothing is read for it, and others are answered meanwhile: of many rules it takes seconds. */
export const triedOver = (gate: Gated, policy: Policy): Promise<Tried> => unhurried(trying(gate, policy));

/**
 * The flow's laws, tried over a policy: before each ruling that people can meet, somebody is thought of, with a password and
 * nothing, one thing, or everything besides, on every way that they could take. Nobody may pass with less than the rule that asks
 * them says; nobody who owns everything may find no way.
 */
function* trying(gate: Gated, { policies }: Policy): Generator<void, Tried, void> {
  const broken = new Set<string>();
  const { spots, whole } = spotsIn(policies);
  const havings = havingsOf(gate);
  for (const spot of yield* distinct(policies, spots)) {
    yield;
    for (const having of havings) {
      const fault = faultAt(gate, policies, spot, having);
      if (fault !== null) broken.add(`policies: ${fault}`);
    }
  }
  return { broken: [...broken], whole };
}

/** Everybody everywhere; where that is too much, whom and where each rule names by itself. */
function spotsIn(policies: readonly Rule[]): { readonly spots: readonly Spot[]; readonly whole: boolean } {
  const across = (rules: readonly Rule[]): readonly Spot[] => {
    const wheres = wheresIn(rules);
    return whomsIn(rules, 1).flatMap((whom) => wheres.map((where) => ({ whom, where })));
  };
  const whole = whomsIn(policies, 1).length * wheresIn(policies).length <= most;
  return { spots: whole ? across(policies) : policies.flatMap((rule) => across([rule])), whole };
}

/** Of those for whom the same rules say the same, the first. */
function* distinct(policies: readonly Rule[], spots: readonly Spot[]): Generator<void, Iterable<Spot>, void> {
  const called = (whom: Whom, where: Where) => JSON.stringify(rulingsAt(policies, whom, where).map(nameOf));
  const ofNobody = new Map<Where, string>();
  const first = new Map<string, Spot>();
  for (const [n, spot] of spots.entries()) {
    if (n % 10 === 0) yield;
    const { whom, where } = spot;
    const ofAnybody = ofNobody.get(where) ?? called(whoseRules(null), where);
    ofNobody.set(where, ofAnybody);
    const met = [where.application === null, called(whom, where), ofAnybody].join();
    if (!first.has(met)) first.set(met, spot);
  }
  return first.values();
}

const nameOf = ({ name, beside }: Ruling): string => [name, ...beside].join(', narrowed by ');

/** As little, and as much, as can be owned: what comes first, with nothing besides, with each thing, with all. */
interface Having {
  readonly owned: readonly Owned[];
  readonly isAll: boolean;
}

function havingsOf({ methods }: Gated): readonly Having[] {
  const all = [...methods.values()].map((method) => asOwned(method, [imaginedOne(longAgo)]));
  const others = all.filter(({ role }) => role !== 'first');
  const owning = (some: readonly Owned[]) => all.filter((one) => one.role === 'first' || some.includes(one));
  return [
    ...[[], ...others.map((one) => [one])].map((some) => ({ owned: owning(some), isAll: false })),
    { owned: all, isAll: true },
  ];
}

const longAgo = 0 as Instant;

function faultAt(
  gate: Gated,
  policies: readonly Rule[],
  { whom, where }: Spot,
  { owned, isAll }: Having,
): string | null {
  const account = { username: whom.username ?? '', groups: whom.groups, role: null };
  const supposed = supposedAt(gate, policies, { account, owned }, where);
  const hands = handsIn(supposed, owned);
  const pages = [...pagesFor(supposed.situation, hands)];
  const { ruling } = supposed;
  const { broken } = tryAll((visit) => pages.filter(({ facts }) => visit(facts)).length, nextStep);
  const told = nameOf(ruling);
  if (broken !== null) return `${told}: a law of the flow does not hold: ${broken.split(':')[0]}`;
  const ends = pages.filter(({ step }) => step.screen === 'done');
  if (
    ends.some(
      ({ proofs }) => worthHere(proofs.map((proof) => weighed(proof, ruling))) < askedBy(ruling, [...hands.values()]),
    )
  )
    return `${told}: somebody would pass with less than it asks`;
  // Whoever has everything and gets nowhere stands for everybody.
  if (isAll && ruling.require !== 'deny' && ends.length === 0)
    return `${told}: nobody could pass, whatever they have set up`;
  return null;
}

/** Said again in its own words: more than anything where nobody may pass. */
function askedBy({ require }: Ruling, owned: readonly Evidence[]): number {
  if (require === 'deny') return Number.POSITIVE_INFINITY;
  if (require === 'mfa-if-owned') return worthHere(owned) > 1 ? 2 : 1;
  return levelOfName[require];
}
