import { type Condition, namedIn } from './condition.ts';
import type { Policy } from './document.ts';
import { leavesOf } from './leaves.ts';
import { most, type Where, type Whom, wheresIn, whomsIn } from './places.ts';
import { type Nature, type Ruling, roleUnder, rulingFor } from './policy.ts';
import { requirements } from './settings.ts';

/** Two policies, and the methods that they may name. */
export interface Both {
  readonly before: Policy;
  readonly after: Policy;
  readonly natures: readonly Nature[];
}

/**
 * What a policy asks less of than another did. It looks at each place and person that the rules of both tell apart. Three groups
 * at once are enough: what is weaker for somebody rests on the rule that asked before, the one that asks now, and one that
 * narrowed it; whoever is in the groups of these alone was ruled as strictly before, and is as laxly now.
 */
export function* weakerIn(both: Both): Long<readonly Weaker[]> {
  const whoms = whomsIn([...both.before.policies, ...both.after.policies]);
  const people = whoms.map((whom) => ({ was: whom, is: whom }));
  const isAsBefore = isSame(both.before.policies, both.after.policies);
  return [...(isAsBefore ? [] : yield* weakerFor(both, people)), ...weakerForHouse(both)];
}

/** It may take a while, and gives way on the way (`kernel/timers.ts`). */
type Long<Result> = Generator<void, Result, void>;

/** What is asked less, of whom first, and where; a number that got weaker; or that there is too much to look at. */
export type Weaker =
  | { readonly is: 'rule'; readonly what: Aspect; readonly was: string; readonly now: string; readonly spot: Spot }
  | { readonly is: 'number'; readonly path: string; readonly was: string; readonly now: string }
  | { readonly is: 'unknown' };

/** Somebody, and where. */
export type Spot = Whom & Where;

type WeakerRule = Extract<Weaker, { is: 'rule' }>;

/** As whoever applies it on the host reads it. */
export function toldOf(weaker: Weaker): string {
  if (weaker.is === 'unknown') return 'too much changes to tell that nothing gets weaker';
  if (weaker.is === 'number') return `${weaker.path}: ${weaker.was} -> ${weaker.now}`;
  const { what, was, now, spot } = weaker;
  const somebody = [
    spot.username ?? 'anybody',
    ...(spot.groups.length === 0 ? [] : [`in ${spot.groups.join(', ')}`]),
    spot.application === null ? 'on their own pages' : `at ${spot.application}`,
    `from ${spot.address}`,
  ];
  return `${what}: rule ${now}, where it was ${was} (${somebody.join(' ')})`;
}

interface Step {
  readonly was: Whom;
  readonly is: Whom;
}

/** What is asked less of people, who may be somebody else to the rules by now; each once, with somebody and somewhere. */
export function* weakerFor(both: Both, people: readonly Step[]): Long<readonly Weaker[]> {
  const wheres = wheresIn([...both.before.policies, ...both.after.policies]);
  // Then it is not known to be as strict, and that is said.
  if (people.length * wheres.length > most) return [{ is: 'unknown' }];
  const found = new Map<string, Weaker>();
  for (const step of people) {
    yield;
    for (const where of wheres)
      for (const one of weakerAt(both, step, where)) {
        const key = `${one.what} ${one.now} ${one.was}`;
        if (!found.has(key)) found.set(key, one);
      }
  }
  return [...found.values()];
}

function weakerAt({ before, after, natures }: Both, { was, is }: Step, where: Where): readonly WeakerRule[] {
  const then = rulingFor(before.policies, { ...was, ...where });
  const now = rulingFor(after.policies, { ...is, ...where });
  // Whatever else it says, whoever is denied has nothing of it.
  if (now.require === 'deny') return [];
  const joined = is.groups.filter((group) => !was.groups.includes(group));
  return aspects
    .filter(({ isWeaker }) => isWeaker(then, now, { natures, joined }))
    .map(({ name }) => ({ is: 'rule', what: name, was: then.name, now: now.name, spot: { ...is, ...where } }));
}

interface About {
  readonly natures: readonly Nature[];
  /** Groups that they are in by now. */
  readonly joined: readonly string[];
}

interface AspectRow {
  readonly name: string;
  readonly isWeaker: (then: Ruling, now: Ruling, about: About) => boolean;
}

/** Of what is named from the strictest to the laxest: is the second laxer? */
const laxer =
  <Value extends string>(order: readonly Value[], of: (ruling: Ruling) => Value) =>
  (then: Ruling, now: Ruling): boolean =>
    order.indexOf(of(now)) > order.indexOf(of(then));

/** Everything of a ruling that keeps somebody out, a row each. What is merely asked first, or offered, keeps out nobody. */
const aspects = [
  { name: 'asks for less', isWeaker: laxer([...requirements].reverse(), ({ require }) => require) },
  { name: 'remembers a device for longer', isWeaker: (then, now) => now.rememberDays > then.rememberDays },
  {
    name: 'takes another method',
    isWeaker: (then, now, { natures }) => natures.some((one) => isTaken(now, one) && !isTaken(then, one)),
  },
  {
    name: 'counts another method for more',
    isWeaker: (then, now) => now.countsForStepUp.some((id) => !then.countsForStepUp.includes(id)),
  },
  {
    name: 'goes on without a password',
    isWeaker: (then, now, { natures, joined }) => natures.some(({ id }) => sparesMore(then, now, { id, joined })),
  },
  { name: 'counts a synced passkey for more', isWeaker: (then, now) => then.distrustsSynced && !now.distrustsSynced },
  {
    name: 'asks for a code besides less often',
    isWeaker: laxer(['each-sign-in', 'new-browser', 'never'], ({ confirm }) => confirm),
  },
  {
    name: 'lets people in while no code can be sent',
    isWeaker: laxer(['refuse', 'postpone'], ({ confirm, confirmWhenDown }) =>
      confirm === 'never' ? 'refuse' : confirmWhenDown,
    ),
  },
  { name: 'lets people set up more', isWeaker: laxer(['never', 'when-asked', 'anytime'], ({ setUp }) => setUp) },
] as const satisfies readonly AspectRow[];

export type Aspect = (typeof aspects)[number]['name'];

const isTaken = (ruling: Ruling, method: Nature): boolean => roleUnder(ruling, method) !== 'off';

/** Each rule must name it, and all their conditions hold: with one fewer it is open to more, and so to whoever joins a group of one. */
function sparesMore(then: Ruling, now: Ruling, { id, joined }: { id: string; joined: readonly string[] }): boolean {
  const [were, are] = [conditionsOf(then, id), conditionsOf(now, id)];
  if (are === null) return false;
  if (are.some((one) => namedIn(one).groups.some((group) => joined.includes(group)))) return true;
  return were === null || were.some((one) => !are.some((other) => isSame(one, other)));
}

const conditionsOf = ({ sparing }: Ruling, method: string): readonly Condition[] | null =>
  sparing.every(({ passwordless }) => passwordless?.methods.includes(method))
    ? sparing.flatMap(({ passwordless }) => passwordless?.when ?? [])
    : null;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What holds for everybody alike, value by value. What no row knows may be anything. */
function weakerForHouse({
  before: { policies: _, ...before },
  after: { policies: __, ...after },
}: Both): readonly Weaker[] {
  const [were, are] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((path) => {
    const [then = 'none', now = 'none'] = [were.get(path), are.get(path)];
    const isWeaker = limits[path] ?? (() => true);
    return then !== now && isWeaker(then, now) ? [{ is: 'number' as const, path, was: then, now }] : [];
  });
}

const rises = (then: string, now: string): boolean => Number(now) > Number(then);
const falls = (then: string, now: string): boolean => Number(now) < Number(then);
const opens = (_: string, now: string): boolean => now === 'true';

/** Which way each of these gets weaker. */
const limits: Readonly<Record<string, (then: string, now: string) => boolean>> = {
  'sessions.oneFactor.overall': rises,
  'sessions.oneFactor.idle': rises,
  'sessions.twoFactors.overall': rises,
  'sessions.twoFactors.idle': rises,
  'guessing.lockAfter': rises,
  // The alarm rings later when more accounts, or the same within less time, are needed for it.
  'guessing.accounts': rises,
  'guessing.within': falls,
  'support.sharedWithAdministrators': opens,
};
