import { sessionOf } from './attempt.ts';
import { mayArrive, worth, worthOfAll } from './truths.ts';
import { explore, type Flow, faultsOfLength, faultsOfPlaces, leadingIn, type Place, reachedBy, where } from './walk.ts';
import type { World } from './world.ts';
import { nameOf, subsets } from './worlds.ts';

/** What is wrong in one world, as sentences; none if all is well. */
export function* faultsOf(world: World, flow: Flow, count?: (places: readonly Place[]) => void): Generator<string> {
  const places = explore(world, flow);
  count?.(places);
  yield* faultsOfPlaces(world, flow, places);
  yield* faultsOfLength(places);
  for (const hands of subsets(world.owns)) {
    const reached = reachedBy(places, hands);
    yield* faultsOfThieves(world, places, hands, reached);
    yield* faultsOfTraps(world, places, hands, reached);
  }
}

/**
 * A thief at this browser holds some of Anna's methods and, where she is signed in, what her session proves. They never
 * touch her account unless that is worth as much as all she owns: the first second factor ever is the case where a
 * password is (D5), and saved codes are worth a second factor (to add one, not to take one away).
 */
function* faultsOfThieves(
  world: World,
  places: readonly Place[],
  hands: readonly string[],
  reached: ReadonlySet<number>,
): Generator<string> {
  const { of, age } = world.session;
  const session = of === 'anna' ? sessionOf(world, 'anna').map(({ method }) => method) : [];
  const young = age === 'young' ? session : [];
  // An old password counts beside something young only.
  const lately =
    hands.length + young.length === 0 ? [] : [...hands, ...young, ...session.filter((id) => id === 'password')];
  for (const n of reached) {
    const place = places[n];
    if (place?.at.who !== 'anna' || place.at.added.length > 0) continue;
    const { at, step } = place;
    const changes =
      step.screen === 'enrol' || step.screen === 'duty' || (step.screen === 'done' && world.errand.level === 'owned');
    const theirs = world.errand.withoutRecovery ? lately.filter((id) => id !== 'codes') : lately;
    if (changes && worth(theirs) < worthNeeded(world, place))
      yield `a thief with ${hands.join('+') || 'nothing'} comes to ${where(at, step)}`;
  }
}

/** To change anything, all that Anna owns; to take away, all but the saved codes. */
const worthNeeded = (world: World, { at }: Place) =>
  world.errand.withoutRecovery ? Math.max(1, worth(world.owns.filter((id) => id !== 'codes'))) : worthOfAll(world, at);

/** Whoever holds enough gets in, from wherever they come to. */
function* faultsOfTraps(
  world: World,
  places: readonly Place[],
  hands: readonly string[],
  reached: ReadonlySet<number>,
): Generator<string> {
  if (!hands.some((id) => id === 'password' || id === 'passkey')) return;
  const leading = leadingIn(places, hands);
  for (const n of reached) {
    const place = places[n];
    if (place?.at.who !== 'anna' || leading.has(n)) continue;
    const { at, step } = place;
    if (mayArrive(world, at, [...hands, ...at.added]))
      yield `no way in with ${hands.join('+')} from ${where(at, step)}`;
  }
}

export const inWorld = (world: World, fault: string): string => `${nameOf(world)}: ${fault}`;
