import type { House } from '../../house.ts';
import type { Route } from '../../http/route.ts';
import { config, resourceTypes, schemas } from './discovery.ts';
import { Refused } from './errors.ts';
import { groups } from './groups.ts';
import { type Call, speak } from './speak.ts';
import { users } from './users.ts';

/** What SCIM has besides (RFC 7644, 3.4.3, 3.7 and 3.11), and what it has not. */
const unserved: Call = {
  scope: 'scim:read',
  async answer(_, { params }) {
    throw new Refused(/^(Me|Bulk|(.+\/)?\.search)$/.test(params['*'] ?? '') ? 'unserved' : 'gone');
  },
};

// biome-ignore format: a table reads in columns
const calls: readonly (readonly [Route['method'], string, Call])[] = [
  ['GET',    '/ServiceProviderConfig', config],
  ['GET',    '/ResourceTypes',         resourceTypes.list],
  ['GET',    '/ResourceTypes/:id',     resourceTypes.read],
  ['GET',    '/Schemas',               schemas.list],
  ['GET',    '/Schemas/:id',           schemas.read],
  ['GET',    '/Users',                 users.list],
  ['POST',   '/Users',                 users.create],
  ['GET',    '/Users/:id',             users.read],
  ['PUT',    '/Users/:id',             users.replace],
  ['PATCH',  '/Users/:id',             users.patch],
  ['DELETE', '/Users/:id',             users.remove],
  ['GET',    '/Groups',                groups.list],
  ['POST',   '/Groups',                groups.create],
  ['GET',    '/Groups/:id',            groups.read],
  ['PUT',    '/Groups/:id',            groups.replace],
  ['PATCH',  '/Groups/:id',            groups.patch],
  ['DELETE', '/Groups/:id',            groups.remove],
  ['GET',    '/*',                     unserved],
  ['POST',   '/*',                     unserved],
  ['PUT',    '/*',                     unserved],
  ['PATCH',  '/*',                     unserved],
  ['DELETE', '/*',                     unserved],
];

/** People and groups, kept here by a program that has them from elsewhere (RFC 7643, 7644; `docs/adr/0043`). */
export const scimRoutes = (house: House): readonly Route[] =>
  calls.map(([method, path, call]) => speak(house, method, path, call));
