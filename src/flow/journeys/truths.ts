import { days, type Instant, minutes, shift } from '../../kernel/clock.ts';
import { type Attempt, instantOf, ownsNow, proofsOf } from './attempt.ts';
import { subsets } from './subsets.ts';
import type { World } from './world.ts';

/**
 * What is so in this world, said without the flow: the laws of the journeys stand on these sentences and on nothing of
 * `gather.ts` or `assurance.ts`. Methods go by their names here; a `touch` is a passkey without PIN or finger.
 */
export interface Truth {
  /** Something was proven: accounts need not look alike any more. */
  readonly met: boolean;
  readonly required: Worth;
  /** What stands for this request, and what it is worth. */
  readonly standing: readonly string[];
  readonly reached: Worth;
  readonly owns: readonly string[];
  /** What it is all worth that the person had before this attempt added to it. */
  readonly owned: Worth;
  /** What they own and the house takes. */
  readonly provable: readonly string[];
  /** What they own is enough for what is asked. */
  readonly inReach: boolean;
  readonly strict: boolean;
  /** What they came to set up, as long as they have not. */
  readonly wanted: string | null;
  /** Methods that, set up, would be enough where what is owned is not. */
  readonly wouldHelp: readonly string[];
  /** All they own is proven, minutes ago; and also as young as this request wants it. */
  readonly provenLately: boolean;
  readonly provenForThis: boolean;
  /** The way goes to this, from what stands beside one more proof. */
  readonly goal: Worth;
  readonly beside: readonly string[];
  /** From then on an answer is not asked for again. */
  readonly youngSince: Instant;
  /** By one of these a code would be given by whoever has proven one factor; null: none is asked. */
  readonly codeBy: readonly string[] | null;
  readonly sendsCodes: boolean;
  /** It is to be given now. */
  readonly owesCode: boolean;
  readonly denied: boolean;
  readonly locked: boolean;
}

export type Worth = 0 | 1 | 2 | 3 | 4;

/** An application asks for more, and takes nothing that only stands in for it. */
export const isStrict = ({ by, level }: World['errand']): boolean => by === 'request' && level !== 'owned';

/** What a set of answers is worth: names of pets make a second factor of nothing, and are none. */
export function worth(answers: readonly string[], strict: boolean): Worth {
  const real = answers.filter((answer) => answer !== 'pets');
  const worthOfReal = worthOfFactors(real);
  return worthOfReal === 1 && !strict && answers.length > real.length ? 2 : worthOfReal;
}

function worthOfFactors(answers: readonly string[]): Worth {
  if (answers.length === 0) return 0;
  const has = (...names: readonly string[]) => answers.some((answer) => names.includes(answer));
  const factors = [
    has('password'),
    has('totp', 'mail', 'codes', 'passkey', 'ease', 'touch', 'key'),
    has('passkey', 'ease'),
  ];
  if (factors.filter(Boolean).length < 2) return 1;
  if (has('key')) return 4;
  return has('passkey', 'ease', 'touch') ? 3 : 2;
}

const more = <W extends Worth>(a: W, b: W): W => (a > b ? a : b);

export const isHere = ({ house }: World, id: string): boolean =>
  house.methods.some((method) => method.id === id && method.role !== 'off');
const takes = (world: World) => (id: string) => isHere(world, id) && !(world.errand.withoutRecovery && id === 'codes');

/** Before this attempt, and not only to make it easier. */
const had = (world: World, a: Attempt): readonly string[] =>
  ownsNow(world, a).filter((id) => !a.made.includes(id) && id !== 'ease');

/** What the house has never heard of may be worth anything. */
export const worthOf = (world: World, owns: readonly string[]): Worth =>
  owns.every((id) => world.house.methods.some((method) => method.id === id)) ? worth(owns, false) : 4;

export function required(world: World, a: Attempt): 1 | 2 | 3 | 4 {
  const { level, withoutRecovery } = world.errand;
  if (level !== 'owned') return level;
  const counts = had(world, a).filter((id) => !(withoutRecovery && id === 'codes'));
  return more(1, worth(counts, false)) as 1 | 2 | 3 | 4;
}

interface Shown {
  readonly id: string;
  readonly at: Instant;
}

/** What the house takes of what was shown. A second factor says nothing beside nothing that tells who somebody is. */
function shown(world: World, a: Attempt): readonly Shown[] {
  const taken = proofsOf(world, a).filter(({ method }) => isHere(world, method));
  const tells = taken.some(({ method }) => ['password', 'passkey', 'ease'].includes(method));
  const counts = tells ? taken.filter(({ method }) => takes(world)(method)) : [];
  return counts.map(({ method, kinds, at }) => ({
    id: method === 'passkey' && kinds.length === 1 ? 'touch' : method,
    at,
  }));
}

/** What would stand beside one young answer: the young ones, and the password of any age. */
const besideOne = (all: readonly Shown[], since: Instant): readonly string[] =>
  all.filter(({ id, at }) => at >= since || id === 'password').map(({ id }) => id);
/** What stands as it is: nothing, if nothing is young. */
const stands = (all: readonly Shown[], since: Instant): readonly string[] =>
  all.some(({ at }) => at >= since) ? besideOne(all, since) : [];

export function truthOf(world: World, a: Attempt): Truth {
  const all = shown(world, a);
  const owns = ownsNow(world, a);
  const provable = owns.filter(takes(world));
  const needs = required(world, a);
  const strict = isStrict(world.errand);
  const owned = worthOf(world, had(world, a));

  const { forThis, lately, forBoth } = ages(world, a);
  const standing = stands(all, forThis);
  const withAll = [...besideOne(all, forThis), ...provable];
  const inReach = worth(withAll, strict) >= needs;
  const wanted = wantedStill(world, a);
  // Setting up answers what the policy wants, and a request where there was but a first factor (`docs/adr/0002`).
  const mayAnswer = !inReach && (world.errand.by === 'policy' || owned < 2);
  const wouldHelp = mayAnswer ? settable(world, owns).filter((id) => worth([...withAll, id], strict) >= needs) : [];
  const code = codeOwed(world, a, worth(standing, strict));
  const settingUp = inReach ? wanted !== null || (code?.length === 0 && isHere(world, 'mail')) : wouldHelp.length > 0;

  const provenSince = (since: Instant) => worth(stands(all, since), strict) >= more(1, owned);
  const youngSince = settingUp ? forBoth : forThis;
  return {
    met: proofsOf(world, a).length > 0,
    required: needs,
    standing,
    reached: worth(standing, strict),
    owns,
    owned,
    provable,
    inReach,
    strict,
    wanted,
    wouldHelp,
    provenLately: provenSince(lately),
    provenForThis: provenSince(forBoth),
    goal: settingUp ? more(owned, inReach ? needs : 0) : needs,
    beside: besideOne(all, youngSince),
    youngSince,
    codeBy: codeBy(world, a),
    sendsCodes: isHere(world, 'mail'),
    owesCode: code !== null,
    denied: world.errand.deniesAnna && a.who === 'anna',
    locked: a.locked && a.who === 'anna',
  };
}

/** From when on a proof is young: for this request, for setting something up, for both. */
function ages({ errand }: World, a: Attempt): { forThis: Instant; lately: Instant; forBoth: Instant } {
  const forThis = errand.young ? shift(instantOf(a.startedAt), -minutes(5)) : shift(instantOf(0), -days(1000));
  const lately = shift(instantOf(a.now), -minutes(10));
  return { forThis, lately, forBoth: forThis > lately ? forThis : lately };
}

const wantedStill = (world: World, a: Attempt) => {
  const { wanted } = world.errand;
  return wanted !== null && isHere(world, wanted) && !a.made.includes(wanted) ? wanted : null;
};

const settable = ({ house }: World, owns: readonly string[]) =>
  house.methods.filter(({ id, inline, role }) => inline && role !== 'off' && !owns.includes(id)).map(({ id }) => id);

/** By whatever they own besides; whoever has nothing sets mail up. Not where somebody has proven nothing in this attempt. */
const codeBy = (world: World, a: Attempt): readonly string[] | null =>
  world.errand.confirms && !a.confirmed ? ownsNow(world, a).filter((id) => ['mail', 'totp'].includes(id)) : null;

/** Of whoever has just proven one factor: a session has given it. */
const codeOwed = (world: World, a: Attempt, reached: Worth): readonly string[] | null =>
  reached < 2 && a.proofs.length > 0 && a.session !== a.who ? codeBy(world, a) : null;

/** Whether these hands can get what they came for, from here: the rules in one breath. */
export function mayArrive(t: Truth, hands: readonly string[]): boolean {
  if (t.denied || (!t.inReach && t.wouldHelp.length === 0)) return false;
  const gives = worth([...t.beside, ...t.provable.filter((id) => hands.includes(id))], t.strict);
  const confirms = t.codeBy === null || gives > 1 || (t.codeBy.length === 0 && t.sendsCodes);
  return gives >= t.goal && confirms;
}

/** Some way to the goal goes by this method, and nothing on it could be left out. */
export function leadsFurther(t: Truth, id: string): boolean {
  const gets = (list: readonly string[]) => worth([...t.beside, ...list], t.strict) >= t.goal;
  return subsets(t.provable.filter((one) => one !== id))
    .map((others) => [id, ...others])
    .some((way) => gets(way) && (way.length === 1 || way.every((one) => !gets(way.filter((other) => other !== one)))));
}

export const knownAlready = (world: World, a: Attempt, t: Truth, id: string): boolean =>
  shown(world, a).some((one) => one.id === id && one.at >= t.youngSince);

/** More than a password to lose, a house that has codes, and none of them. */
export const lacksCodes = (world: World, t: Truth): boolean =>
  isHere(world, 'codes') &&
  !t.owns.includes('codes') &&
  t.owns.some((id) => id !== 'password' && (id !== 'ease' || t.required > 1) && isHere(world, id));
