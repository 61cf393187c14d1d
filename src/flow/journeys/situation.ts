import { minutes, shift } from '../../kernel/clock.ts';
import type { Situation } from '../gather.ts';
import { type Attempt, instantOf, ownsNow, proofsOf } from './attempt.ts';
import { isStrict, required } from './truths.ts';
import type { World } from './world.ts';

/** What whoever calls `gather` would read of this world. */
export function situationOf(world: World, a: Attempt): Situation {
  const { errand, house } = world;
  return {
    identified: a.who !== null,
    demand: {
      level: required(world, a),
      by: errand.by,
      strict: isStrict(errand),
      notBefore: errand.young ? shift(instantOf(a.startedAt), -minutes(5)) : null,
      withoutRecovery: errand.withoutRecovery,
      denied: errand.deniesAnna && a.who === 'anna',
    },
    methods: house.methods,
    owns: ownsNow(world, a),
    made: a.made,
    proofs: proofsOf(world, a),
    blocked: a.locked && a.who === 'anna',
    returning: a.who === null && !a.notMe ? errand.returning : null,
    offers: offersNow(world, a),
    confirms: errand.confirms && !a.confirmed && a.session !== a.who,
    preferred: errand.preferred,
    chosen: a.chosen,
    choosing: a.choosing,
    wanted: errand.wanted,
    freshSince: shift(instantOf(a.now), -minutes(10)),
  };
}

/** Where something is proven right now. A passkey is offered where the house makes some, and once. */
function offersNow({ errand, house }: World, a: Attempt) {
  const makes = house.methods.some(({ id }) => id === 'ease') && !a.made.includes('ease');
  const open = a.proofs.length === 0 ? [] : errand.offers.filter((offer) => !a.answered.includes(offer));
  return open.filter((offer) => offer !== 'passkey' || makes);
}
