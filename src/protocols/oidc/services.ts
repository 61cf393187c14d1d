import { type ClientMetadata, errors, type JWK } from 'oidc-provider';
import { findAnswering } from '../../core/applications/answering.ts';
import { endOf, type Service } from '../../core/applications/services.ts';
import { addEntry } from '../../core/audit/store.ts';
import { minutes } from '../../kernel/clock.ts';
import { programBudget } from '../../proving/budgets.ts';
import { chargeAll } from '../../proving/charging.ts';
import { noteHourly } from '../../proving/reading.ts';
import type { OidcHouse } from './house.ts';

/** The model of what services are given: no person stands behind it. */
export const serviceToken = 'ClientCredentials';

/** What oidc-provider is told of a service: it signs for itself, and is sent nowhere. */
export const clientOfService = ({ id, name, keys, scopes }: Service): ClientMetadata => ({
  client_id: id,
  client_name: name,
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: [...keys] as JWK[] },
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: scopes.join(' '),
});

type Where = Pick<OidcHouse, 'gate' | 'services'>;

/** It is known, its time is not over, and whoever answers for it is there. Asked when it is given something, and whenever that is used. */
export async function serves({ gate, services }: Where, id: string | undefined): Promise<boolean> {
  const service = services.find((one) => one.id === id);
  if (service === undefined || endOf(service) <= gate.clock.now()) return false;
  const owner = await findAnswering(gate.database.read, service.owner);
  return owner !== null && gate.directory.letsIn(owner.id, minutes(5));
}

/** What a service is given is written down, and so many times an hour. @throws where it serves no longer, or has had enough */
export async function noteService(house: Where, id = '', address = ''): Promise<void> {
  const { gate } = house;
  const office = { actor: `service:${id}`, address };
  if (!(await serves(house, id))) {
    await noteHourly(gate, office, { event: 'service.refused', account: null, detail: {} });
    throw new errors.UnauthorizedClient('its time is over, or nobody answers for it');
  }
  const { blockedUntil } = await chargeAll(gate, [programBudget(office.actor, gate.clock.now())]);
  if (blockedUntil !== null) throw new errors.TemporarilyUnavailable('too many in an hour');
  await gate.database.transaction((tx) =>
    addEntry(tx, gate, { event: 'service.given', account: null, ...office, detail: {} }),
  );
}
