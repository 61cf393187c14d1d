import { Authenticator, pairFor } from '../../../test/support/authenticator.ts';
import { minutes } from '../../kernel/clock.ts';
import type { Driver, Hand } from '../conformance.ts';

/** A security key each, from their set-up on. */
const authenticators = new Map<number, Authenticator>();

function newFor({ person }: Hand): Authenticator {
  const authenticator = new Authenticator('http://localhost:4000');
  authenticators.set(person, authenticator);
  return authenticator;
}

function authenticatorOf({ person }: Hand): Authenticator {
  const authenticator = authenticators.get(person);
  if (authenticator === undefined) throw new Error('nothing is set up');
  return authenticator;
}

/** What the page says, as the browser passes it on. */
function optionsIn(kept: string | undefined) {
  const { challenge, userHandle } = JSON.parse(kept ?? '{}') as { challenge: string; userHandle: string };
  return { challenge, rp: { id: 'localhost' }, user: { id: userHandle } };
}

/** How a test owns a security key: as software that answers what the page asks. */
export const driver: Driver = {
  set: (hand) => ({ kind: 'security-key', response: newFor(hand).create(optionsIn(hand.memo.get('offer'))) }),
  right: (hand) => ({ response: authenticatorOf(hand).get(optionsIn(hand.asked.get('ask'))) }),
  wrong: (hand) => ({
    response: authenticatorOf(hand).get(optionsIn(hand.asked.get('ask')), { signer: pairFor(-7).privateKey }),
  }),
  serves: 'once',
  expires: minutes(5),
};
