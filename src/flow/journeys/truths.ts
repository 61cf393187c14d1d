import { days, type Instant, minutes, shift } from '../../kernel/clock.ts';
import type { Proof } from '../assurance.ts';
import { type Attempt, instantOf, ownsNow, proofsOf } from './attempt.ts';
import type { World } from './world.ts';

/**
 * What is so in this world, said without the flow: the laws of the journeys stand on these sentences and on nothing of
 * `gather.ts` or `assurance.ts`. Methods are called by name here; `touch` is a passkey without PIN or finger.
 */

/** What a set of answers is worth. */
export function worth(answers: Iterable<string>): 0 | 1 | 2 | 3 | 4 {
  const all = new Set(answers);
  if (all.size === 0) return 0;
  const factors = [
    all.has('password'),
    ['totp', 'codes', 'passkey', 'touch', 'key'].some((id) => all.has(id)),
    all.has('passkey'),
  ];
  if (factors.filter(Boolean).length < 2) return 1;
  if (all.has('key')) return 4;
  return all.has('passkey') || all.has('touch') ? 3 : 2;
}

/** What the person had before this attempt added anything. */
export const had = (world: World, a: Attempt): readonly string[] =>
  ownsNow(world, a).filter((id) => !a.made.includes(id));

export const isHere = ({ house }: World, id: string) =>
  house.methods.some((method) => method.id === id && method.role !== 'off');
export const worthOfAll = (world: World, a: Attempt) =>
  had(world, a).every((id) => world.house.methods.some((m) => m.id === id)) ? worth(had(world, a)) : 4;

export function required(world: World, a: Attempt): 1 | 2 | 3 | 4 {
  const { level, withoutRecovery } = world.errand;
  const counts = had(world, a).filter((id) => !(withoutRecovery && id === 'codes'));
  return level === 'owned' ? (Math.max(1, worth(counts)) as 1 | 2 | 3 | 4) : level;
}

/** Setting up is an answer to what the policy wants, and to a request where nothing but a first factor was there (D5). */
export const mayAnswerBySettingUp = (world: World, a: Attempt) =>
  world.errand.by === 'policy' || worthOfAll(world, a) < 2;

const takes = (world: World) => (id: string) => isHere(world, id) && !(world.errand.withoutRecovery && id === 'codes');

export const asYoungAs = (world: World, a: Attempt): Instant =>
  world.errand.young ? shift(instantOf(a.startedAt), -minutes(5)) : shift(instantOf(0), -days(1000));
export const lately = (a: Attempt): Instant => shift(instantOf(a.now), -minutes(10));
export const both = (world: World, a: Attempt): Instant =>
  asYoungAs(world, a) > lately(a) ? asYoungAs(world, a) : lately(a);

/** What the house takes of what was shown. A second factor says nothing beside nothing that tells who somebody is. */
function shown(world: World, a: Attempt): readonly Proof[] {
  const taken = proofsOf(world, a).filter(({ method }) => isHere(world, method));
  const tells = taken.some(({ method }) => method === 'password' || method === 'passkey');
  return tells ? taken.filter(({ method }) => takes(world)(method)) : [];
}

/** What would stand beside one young answer: the young ones, and the password of any age. */
export function besideOneMore(world: World, a: Attempt, since: Instant): readonly string[] {
  return shown(world, a)
    .filter(({ method, at }) => at >= since || method === 'password')
    .map(({ method, kinds }) => (method === 'passkey' && kinds.length === 1 ? 'touch' : method));
}

/** What stands as it is: nothing, if nothing is young. */
export const stands = (world: World, a: Attempt, since: Instant): readonly string[] =>
  shown(world, a).some(({ at }) => at >= since) ? besideOneMore(world, a, since) : [];

/** Nothing they own is unproven, and that was minutes ago. */
export const provenAll = (world: World, a: Attempt, since = both(world, a)) => {
  const proven = worth(stands(world, a, since));
  return proven > 0 && proven >= worthOfAll(world, a);
};

/** What the house lets these hands prove of the account. */
export const provable = (world: World, a: Attempt, hands: readonly string[]) =>
  ownsNow(world, a).filter((id) => hands.includes(id) && takes(world)(id));

/** What somebody came to set up and has not yet. */
export const stillWanted = (world: World, a: Attempt) => {
  const { wanted } = world.errand;
  return wanted !== null && isHere(world, wanted) && !a.made.includes(wanted);
};

/** The methods that, set up, would be enough where all that is owned is not. */
export function wouldHelp(world: World, a: Attempt): readonly string[] {
  const all = [...besideOneMore(world, a, asYoungAs(world, a)), ...provable(world, a, ownsNow(world, a))];
  if (worth(all) >= required(world, a) || !mayAnswerBySettingUp(world, a)) return [];
  return world.house.methods
    .filter(({ id, inline, role }) => inline && role !== 'off' && !ownsNow(world, a).includes(id))
    .map(({ id }) => id)
    .filter((id) => worth([...all, id]) >= required(world, a));
}

/** Whether these hands can get what they came for, from here, by the rules: the rules in one breath. */
export function mayArrive(world: World, a: Attempt, hands: readonly string[]): boolean {
  if (a.who === 'anna' && world.errand.deniesAnna) return false;
  const can = provable(world, a, hands);
  const enough = worth([...besideOneMore(world, a, asYoungAs(world, a)), ...can]) >= required(world, a);
  const everything = worth([...besideOneMore(world, a, both(world, a)), ...can]) >= worthOfAll(world, a);
  if (stillWanted(world, a) || wouldHelp(world, a).length > 0)
    return everything && (enough || wouldHelp(world, a).length > 0);
  return enough;
}
