import { type ClientMetadata, errors, type JWK } from 'oidc-provider';
import { findAccountByName } from '../../core/accounts/store.ts';
import { endOf, type Service } from '../../core/applications/services.ts';
import { addEntry } from '../../core/audit/store.ts';
import { minutes } from '../../kernel/clock.ts';
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
  const owner = await findAccountByName(gate.database.read, service.owner);
  if (owner === null || owner.disabledAt !== null) return false;
  return gate.directory.letsIn(owner.id, minutes(5));
}

/** What a service is given is written down. @throws where it serves no longer */
export async function noteService(house: Where, id: string | undefined, address: string): Promise<void> {
  if (!(await serves(house, id))) throw new errors.UnauthorizedClient('its time is over, or nobody answers for it');
  const { gate } = house;
  await gate.database.transaction((tx) =>
    addEntry(tx, gate, {
      event: 'service.given',
      account: null,
      actor: `service:${id}`,
      address,
      detail: {},
    }),
  );
}
