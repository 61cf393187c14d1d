import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../src/http/route.ts';
import { errors } from '../../src/protocols/scim/errors.ts';
import { scimRoutes } from '../../src/protocols/scim/index.ts';
import { rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { type Client, scimClient } from '../support/scim.ts';

const seed = 20_260_115;
const junk = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\0', '\ud800', '__proto__', 'x'.repeat(5000), 'True', 'a b', 'a@b', "' or 1=1 --", 'members', null),
  fc.jsonValue(),
);
const paths = fc.oneof(
  fc.constantFrom(
    'userName',
    'emails',
    'emails[type eq "work"].value',
    'emails[',
    'emails[x].y',
    'name',
    'name.givenName',
    'members',
    'members[value eq "x"]',
    'members[value co "x"]',
    'members[]',
    'displayName',
    'constructor',
    '__proto__',
    'toString',
    'urn:ietf:params:scim:schemas:core:2.0:User:',
  ),
  fc.string({ maxLength: 40 }),
);
const names = fc.oneof(
  fc.constantFrom(
    'externalId',
    'name',
    'emails',
    'active',
    'members',
    'displayName',
    'schemas',
    'Operations',
    'password',
  ),
  paths,
);
const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom('add', 'Replace', 'remove'), junk),
    path: paths,
    value: fc.oneof(junk, fc.array(junk)),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.dictionary(names, fc.oneof(junk, fc.array(fc.dictionary(names, junk, { maxKeys: 3 }), { maxLength: 3 })), {
    maxKeys: 8,
  }),
  fc.record({ Operations: fc.array(operation, { maxLength: 4 }) }),
  fc.jsonValue(),
);
const word = fc.oneof(
  fc.constantFrom(
    'userName',
    'id',
    'members',
    'emails[type',
    'eq',
    'and',
    'not',
    'or',
    'pr',
    '(',
    ')',
    ']',
    '"x"',
    '"\\u0000"',
  ),
  fc.string({ maxLength: 10 }),
);
const query = fc.record(
  {
    filter: fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    startIndex: fc.oneof(fc.integer().map(String), fc.string({ maxLength: 5 })),
    count: fc.oneof(fc.integer().map(String), fc.string({ maxLength: 5 })),
    attributes: fc.array(paths, { maxLength: 3 }).map((all) => all.join(',')),
    excludedAttributes: fc.array(paths, { maxLength: 3 }).map((all) => all.join(',')),
  },
  { requiredKeys: [] },
);
const sent = fc.record({
  body,
  query,
  whom: fc.constantFrom('real', 'none', 'junk'),
  tag: fc.oneof(fc.constantFrom('', '*', 'W/"1"', '"'), fc.string({ maxLength: 20 })),
});
type Sent = typeof sent extends fc.Arbitrary<infer T> ? T : never;

const told = Object.values(errors).map(({ status }) => String(status));

describe.each(kinds)('whatever a program says of people, on %s', (kind) => {
  let sallyport: Sallyport;
  let client: Client;
  let ids: Record<string, string>;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    client = await scimClient(sallyport);
    const id = await client.adds('ann');
    ids = { Users: id, Groups: await client.addsGroup('crew', [id]) };
    await sallyport.person('bob');
  });
  afterAll(() => sallyport.close());

  function answerTo({ method, path }: Route, { body, query, whom, tag }: Sent) {
    const [, kindOf = ''] = /^\/scim\/v2\/(\w+)/.exec(path) ?? [];
    const id = { real: ids[kindOf] ?? 'User', none: 'A'.repeat(22), junk: '%00%ff' }[whom];
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, value.toWellFormed()]));
    const url = `${path.replace(':id', id).replace('*', 'Bulk').replace('/scim/v2', '')}?${search}`;
    const header = tag.replaceAll(/[^\x20-\x7e]/g, '?');
    const sends = method === 'POST' || method === 'PUT' || method === 'PATCH';
    return client.ask(method as 'GET', url, sends ? (body ?? {}) : undefined, {
      'if-match': header,
      'if-none-match': header,
    });
  }

  test('every address answers with less than 500 and an error of the table, and nobody else is touched', async () => {
    const others = async () => (await rowsOf(sallyport, 'account')).filter(({ username }) => username === 'bob');
    const before = await others();
    const routes = scimRoutes(sallyport.house).filter(({ method }) => method !== 'DELETE');
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const check = fc.asyncProperty(sent, async (one) => {
        const answer = await answerTo(route, one);
        expect([name, answer.statusCode < 500 || answer.statusCode === 501 || answer.body]).toEqual([name, true]);
        if (answer.statusCode >= 400)
          expect([name, told]).toEqual([name, expect.arrayContaining([String(answer.told.status)])]);
      });
      await fc.assert(check, { seed, numRuns: kind === 'sqlite' ? 80 : 25 });
    }
    expect(await others()).toEqual(before);
    expect((await client.ask('GET', `/Users/${ids['Users']}`)).statusCode).toBe(200);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  }, 60_000);
});
