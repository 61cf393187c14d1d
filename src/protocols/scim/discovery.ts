import type { House } from '../../house.ts';
import { Refused } from './errors.ts';
import { type Described, described } from './schemas.ts';
import { listed, mostResults } from './shown.ts';
import { baseOf, type Call } from './speak.ts';
import type { Bag } from './values.ts';

/** What is served here, as clients ask before they begin (RFC 7644, 4). */

const supported = { supported: true };
const not = { supported: false };

export const config: Call = {
  scope: 'scim:read',
  answer: async (house) => ({
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: supported,
      bulk: { ...not, maxOperations: 0, maxPayloadSize: 0 },
      filter: { ...supported, maxResults: mostResults },
      changePassword: not,
      sort: not,
      etag: supported,
      authenticationSchemes: [
        {
          type: 'oauthbearertoken',
          name: 'Bearer token',
          description: 'A token that is made on the host, with the scopes scim:read and scim:write.',
          specUri: 'https://www.rfc-editor.org/info/rfc6750',
          primary: true,
        },
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseOf(house)}/ServiceProviderConfig` },
    },
  }),
};

/** A few things by their ids, of which nothing is filtered out. */
const few = (all: (house: House) => readonly Bag[]): { list: Call; read: Call } => ({
  list: {
    scope: 'scim:read',
    async answer(house, { query }) {
      if (query['filter'] !== undefined) throw new Refused('no-filter');
      const each = all(house);
      return { body: listed(each.length, 0, each) };
    },
  },
  read: {
    scope: 'scim:read',
    async answer(house, { params }) {
      const found = all(house).find(({ id }) => id === params['id']);
      if (found === undefined) throw new Refused('gone');
      return { body: found };
    },
  },
});

const typeOf = (house: House, { name, id, endpoint, description }: Described): Bag => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: name,
  name,
  endpoint,
  description,
  schema: id,
  meta: { resourceType: 'ResourceType', location: `${baseOf(house)}/ResourceTypes/${name}` },
});

const schemaOf = (house: House, { id, name, description, attributes }: Described): Bag => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id,
  name,
  description,
  attributes,
  meta: { resourceType: 'Schema', location: `${baseOf(house)}/Schemas/${id}` },
});

export const resourceTypes = few((house) => described.map((one) => typeOf(house, one)));
export const schemas = few((house) => described.map((one) => schemaOf(house, one)));
