import type { Facts } from '../facts.ts';
import type { Situation } from '../gather.ts';
import type { Row, Step } from '../table.ts';
import { type Attempt, start } from './attempt.ts';
import { type Button, buttonsOf } from './buttons.ts';
import { type Change, journeyLaws } from './laws.ts';
import { type Truth, truthOf } from './truths.ts';
import type { World } from './world.ts';

/** What is walked: a mutant is another one of these. */
export interface Flow {
  readonly read: (world: World, at: Attempt) => Situation;
  readonly gather: (situation: Situation) => Facts;
  readonly nextStep: (facts: Facts) => { readonly step: Step; readonly row: Row };
}

export interface Place {
  readonly at: Attempt;
  readonly step: Step;
  readonly row: Row;
  readonly truth: Truth;
  readonly on: readonly { readonly button: Button; readonly to: number }[];
}

/** All that can be come to in a world by somebody who can do everything. */
export function explore(world: World, flow: Flow): readonly Place[] {
  const numbers = new Map<string, number>();
  const attempts: Attempt[] = [];
  const places: Place[] = [];
  const numberOf = (at: Attempt): number => {
    const key = keyOf(at);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, attempts.length);
    return attempts.push(at) - 1;
  };
  numberOf(start(world));
  for (let at = attempts[0]; at !== undefined; at = attempts[places.length]) {
    const { step, row } = flow.nextStep(flow.gather(flow.read(world, at)));
    const on = buttonsOf(world, at, step).map((button) => ({ button, to: numberOf(button.to) }));
    places.push({ at, step, row, truth: truthOf(world, at), on });
    if (places.length > 20_000) throw new Error('a world without end');
  }
  return places;
}

const keyOf = (a: Attempt): string =>
  `${a.who} ${a.proofs.map(({ method, at, as }) => `${method}:${at}:${as}`)} ${a.made} ${a.chosen} ${a.choosing} ${a.answered} ${a.confirmed} ${a.notMe} ${a.startedAt} ${a.now} ${a.session} ${a.locked} ${a.added} ${a.spent}`;

/** What is wrong with the screens of a world, whoever comes to them: one sentence a fault. */
export function* faultsOfPlaces(world: World, flow: Flow, places: readonly Place[]): Generator<string> {
  for (const place of places) {
    const { at, step, row, on, truth } = place;
    const elsewise = (change: Change): Step => flow.nextStep(flow.gather(changed(flow.read(world, at), change))).step;
    const scene = { world, at, step, row, truth, elsewise };
    for (const law of journeyLaws) if (law.broken(scene)) yield `${law.says} (${row.name}, ${where(place)})`;
    if (step.screen !== 'done' && on.every(({ button }) => button.is === 'world')) yield `no button on ${where(place)}`;
    yield* faultsOfButtons(places, place);
  }
}

const changed = (
  s: Situation,
  { owns = s.owns, blocked = s.blocked, denied = s.demand.denied }: Change,
): Situation => ({
  ...s,
  owns,
  blocked,
  demand: { ...s.demand, denied },
});

function* faultsOfButtons(places: readonly Place[], place: Place): Generator<string> {
  for (const { button, to } of place.on) {
    const next = places[to]?.step;
    if (next && button.expects?.(next) === false) yield `"${button.name}" leads to ${next.screen} (${where(place)})`;
  }
}

export const where = ({ at, step }: Pick<Place, 'at' | 'step'>): string =>
  `${JSON.stringify(step)} at ${JSON.stringify(at)}`;

/** Doing what the screen says leads to an end, and soon: a password, another proof, a set-up, the codes, and choices. */
export function* faultsOfLength(places: readonly Place[]): Generator<string> {
  const most = 9;
  const lengths = new Map<number, number>();
  const lengthOf = (n: number, trail: ReadonlySet<number>): number => {
    const known = lengths.get(n);
    if (known !== undefined) return known;
    if (trail.has(n)) return Number.POSITIVE_INFINITY;
    const further = (places[n]?.on ?? [])
      .filter(({ button }) => button.is === 'forward')
      .map(({ to }) => 1 + lengthOf(to, new Set(trail).add(n)));
    const length = Math.max(0, ...further);
    lengths.set(n, length);
    return length;
  };
  for (const [n, place] of places.entries())
    if (lengthOf(n, new Set()) > most) yield `more than ${most} steps from ${where(place)}`;
}

/** Who comes where with these hands, by number of place. What was set up on the way is in their hands too. */
export function reachedBy(places: readonly Place[], hands: readonly string[]): ReadonlySet<number> {
  const seen = new Set<number>([0]);
  for (const n of seen) for (const { to } of possible(places[n], hands)) seen.add(to);
  return seen;
}

const possible = (place: Place | undefined, hands: readonly string[]) =>
  (place?.on ?? []).filter(
    ({ button: { needs } }) =>
      needs === null || place?.at.who === 'ben' || hands.includes(needs) || place?.at.added.includes(needs),
  );

/** From where an end can be reached that is Anna's, by what these hands can do alone: no tab and no hour helps them. */
export function leadingIn(places: readonly Place[], hands: readonly string[]): ReadonlySet<number> {
  const back = new Map<number, number[]>();
  for (const [n, place] of places.entries())
    for (const { button, to } of possible(place, hands))
      if (button.is !== 'world') back.set(to, [...(back.get(to) ?? []), n]);
  const seen = new Set<number>(
    [...places.entries()].filter(([, { at, step }]) => at.who === 'anna' && step.screen === 'done').map(([n]) => n),
  );
  for (const n of seen) for (const before of back.get(n) ?? []) seen.add(before);
  return seen;
}
