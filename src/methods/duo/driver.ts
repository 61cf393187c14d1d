import { answerFrom, Tenant } from '../../../examples/duo-simulator/server.ts';
import type { Driver, Hand } from '../conformance.ts';

const keys = { integration: 'DIXXXXXXXXXXXXXXXXXX', secret: 'a-secret-key-of-exactly-forty-characters' };
let tenant = new Tenant(keys);

/** The phone of the suite's person of that number, which shows a passcode. */
function phoneOf({ person }: Pick<Hand, 'person'>) {
  const name = `person-${person}`;
  tenant.add(name, true);
  return tenant.find(name)?.passcode ?? '';
}

/** How a test owns Duo: the passcode its phone shows. Everybody of the suite has a phone there before they come. */
export const driver: Driver = {
  settings: { apiHost: 'localhost:4003', integrationKey: keys.integration, secretKey: keys.secret },
  provider(clock) {
    tenant = new Tenant(keys, () => clock.now());
    return (url, request) => answerFrom(tenant, new Request(url, request));
  },
  set: (hand) => ({ code: phoneOf(hand) }),
  right: (hand) => ({ code: phoneOf(hand) }),
  wrong: () => ({ code: '1234567' }),
  serves: 'once',
};
