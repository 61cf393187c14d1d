import { sessionOf } from './attempt.ts';
import { subsets } from './subsets.ts';
import { mayArrive, worth, worthOf } from './truths.ts';
import { explore, type Flow, faultsOfLength, faultsOfPlaces, leadingIn, type Place, reachedBy, where } from './walk.ts';
import type { World } from './world.ts';
import { nameOf } from './worlds.ts';

type Numbers = ReadonlySet<number>;

/** What is wrong in one world, as sentences; none if all is well. */
export function* faultsOf(world: World, flow: Flow, count?: (places: readonly Place[]) => void): Generator<string> {
  const places = explore(world, flow);
  count?.(places);
  yield* faultsOfPlaces(world, flow, places);
  yield* faultsOfLength(places);
  for (const hands of subsets(world.owns)) {
    const reached = reachedBy(places, hands);
    if (worth(inHands(world, hands), false) < worthNeeded(world)) yield* faultsOfThieves(world, places, hands, reached);
    if (hands.some(tellsWho)) yield* faultsOfTraps(places, hands, reached);
  }
}

/**
 * A thief at this browser holds some of Anna's methods and, where she is signed in, what her session proves. They never
 * touch her account unless that is worth as much as all she owns: the first second factor ever is the case where a
 * password is, and saved codes are worth a second factor (to add one, not to take one away).
 */
function* faultsOfThieves(
  world: World,
  places: readonly Place[],
  hands: readonly string[],
  reached: Numbers,
): Generator<string> {
  for (const n of reached) {
    const place = places[n];
    if (place && changesAnna(world, place))
      yield `a thief with ${hands.join('+') || 'nothing'} comes to ${where(place)}`;
  }
}

/** An old password counts beside something young only. */
function inHands(world: World, hands: readonly string[]): readonly string[] {
  const session = world.session.of === 'anna' ? sessionOf(world, 'anna').map(({ method }) => method) : [];
  const young = [...hands, ...(world.session.age === 'old' ? [] : session)];
  const all = young.length === 0 ? [] : [...young, ...session.filter((id) => id === 'password')];
  return world.errand.withoutRecovery ? all.filter((id) => id !== 'codes') : all;
}

/** To change anything, all that Anna owns but what only makes it easier; to take away, not by the saved codes. */
function worthNeeded(world: World) {
  const owns = world.owns.filter((id) => id !== 'ease');
  if (!world.errand.withoutRecovery) return worthOf(world, owns);
  const others = owns.filter((id) => id !== 'codes');
  return Math.max(1, worth(others, false));
}

const changesAnna = ({ errand }: World, { at, step }: Place) =>
  at.who === 'anna' &&
  (['enrol', 'choose-new', 'duty'].includes(step.screen) ||
    (step.screen === 'offer' && step.offer === 'passkey') ||
    (step.screen === 'done' && errand.level === 'owned'));

const tellsWho = (id: string) => ['password', 'passkey', 'ease'].includes(id);

/** Whoever holds enough gets in, from wherever they come to. */
function* faultsOfTraps(places: readonly Place[], hands: readonly string[], reached: Numbers): Generator<string> {
  const leading = leadingIn(places, hands);
  for (const n of reached) {
    const place = places[n];
    if (place?.at.who !== 'anna' || leading.has(n)) continue;
    if (mayArrive(place.truth, [...hands, ...place.at.added]))
      yield `no way in with ${hands.join('+')} from ${where(place)}`;
  }
}

export const inWorld = (world: World, fault: string): string => `${nameOf(world)}: ${fault}`;
