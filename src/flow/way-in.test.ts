import { expect, test } from 'vitest';
import { gather } from './gather.ts';
import { start } from './journeys/attempt.ts';
import { situationOf } from './journeys/situation.ts';
import { subsets } from './journeys/subsets.ts';
import { explore, leadingIn } from './journeys/walk.ts';
import { bestOf, type World } from './journeys/world.ts';
import { nameOf, worlds } from './journeys/worlds.ts';
import { nextStep } from './next-step.ts';
import { isWayIn } from './way-in.ts';

const flow = { read: situationOf, gather, nextStep };

/** Nobody is signed in, and the policy alone asks: what somebody meets who has lost something, and comes to sign in. */
const theirs = (world: World): boolean =>
  world.session.of === null && world.errand.by === 'policy' && world.errand.wanted === null && !world.lastCode;

const handsOf = (ids: readonly string[]) => new Map(ids.map((id) => [id, bestOf(id)]));

test('in every small world, with every part of what is owned, it finds a way in exactly where a walk does', () => {
  let asked = 0;
  let shut = 0;
  const faults: string[] = [];
  for (const world of worlds().filter(theirs)) {
    const places = explore(world, flow);
    const identified = { ...situationOf(world, { ...start(world), who: 'anna' }), offers: [] };
    for (const hands of subsets(world.owns)) {
      const walked = leadingIn(places, hands).has(0);
      const found = isWayIn(identified, handsOf(hands));
      if (walked !== found) faults.push(`${nameOf(world)}; with ${hands.join('+') || 'nothing'}: ${walked}, ${found}`);
      asked++;
      if (!walked) shut++;
    }
  }
  expect(faults).toEqual([]);
  expect([asked > 500, shut > 100, shut < asked]).toEqual([true, true, true]);
});

test('more in hand never shuts anybody out', () => {
  for (const world of worlds().filter(theirs)) {
    const situation = { ...situationOf(world, { ...start(world), who: 'anna' }), offers: [] };
    for (const hands of subsets(world.owns))
      for (const one of world.owns)
        if (isWayIn(situation, handsOf(hands)))
          expect([nameOf(world), isWayIn(situation, handsOf([...hands, one]))]).toEqual([nameOf(world), true]);
  }
});
