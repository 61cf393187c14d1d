import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../src/http/route.ts';
import { errors } from '../../src/protocols/identity/errors.ts';
import { identityRoutes } from '../../src/protocols/identity/index.ts';
import { rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { ShopPage } from '../support/shop-page.ts';
import { openShops, type ShopsScene } from '../support/shops.ts';

const seed = 20_260_115;
const junk = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'shop',
    'twin',
    'code',
    'S256',
    'email',
    'totp',
    '\0',
    '__proto__',
    'x'.repeat(5000),
    '+4915123456789',
  ),
  fc.jsonValue(),
);
const names = [
  ...['client_id', 'tkn', 'email', 'custom_identifier', 'password', 'auth_type', 'step_up', 'challenge_id', 'code'],
  ...[
    'verification_code',
    'trust_device',
    'phone_number',
    'redirect_uri',
    'response_type',
    'scope',
    'grant_type',
    'token',
  ],
];
const body = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 20 })), junk, { maxKeys: 10 }),
  fc.jsonValue(),
);
const sent = fc.record({
  body,
  asClient: fc.boolean(),
  bearer: fc.constantFrom('none', 'real', 'junk'),
  query: fc.string({ unit: 'grapheme', maxLength: 30 }),
});
type Sent = typeof sent extends fc.Arbitrary<infer T> ? T : never;

const said = Object.values(errors).map(({ error }) => error as string);

describe.each(kinds)('whatever an application sends, on %s', (kind) => {
  let scene: ShopsScene;
  let token: string;
  let page: ShopPage;
  beforeAll(async () => {
    scene = await openShops(kind);
    page = new ShopPage(scene.sallyport);
    token = await scene.inBy(page, await scene.withMail());
  });
  afterAll(() => scene.sallyport.close());

  /** But what takes a way in away, which it does when it is told to. */
  function calls(): readonly Route[] {
    const nobody = async () => Promise.reject(new Error('only its routes are looked at'));
    const routes = identityRoutes({ ...scene.sallyport.house, oidc: { ask: nobody, show: nobody } });
    return routes
      .filter(({ binding }) => binding === 'origin')
      .filter(({ method, path }) => method !== 'DELETE' || !path.includes('/mfa/credentials'));
  }

  function answerTo({ method, path }: Route, { body, asClient, bearer, query }: Sent) {
    const url = path.replace(':device', 'A'.repeat(22)).replace('*', 'signup');
    const given = asClient && typeof body === 'object' ? { client_id: 'shop', ...body } : body;
    const shown = { none: {}, real: { authorization: `Bearer ${token}` }, junk: { authorization: 'Bearer junk' } };
    const sends = method === 'POST' || method === 'DELETE';
    return page.send(
      method,
      `${url}?${encodeURIComponent(query)}`,
      sends ? (given as object) : undefined,
      shown[bearer],
    );
  }

  const kept = async () => ({
    accounts: await rowsOf(scene.sallyport, 'account'),
    codes: await rowsOf(scene.sallyport, 'email_code'),
  });

  test('every call answers with less than 500 and an error of the table, and nobody loses anything', async () => {
    const before = await kept();
    for (const route of calls()) {
      const name = `${route.method} ${route.path}`;
      const check = fc.asyncProperty(sent, async (one) => {
        const { statusCode, body } = await answerTo(route, one);
        expect([name, statusCode < 500 || body]).toEqual([name, true]);
        // What oidc-provider says is its own.
        if (statusCode >= 400 && !name.includes('/oauth/')) expect(said).toContain(JSON.parse(body).error);
      });
      await fc.assert(check, { seed, numRuns: kind === 'sqlite' ? 40 : 15 });
    }
    expect(await kept()).toEqual(before);
    expect(await page.call('GET', '/mfa/credentials', undefined, token)).toMatchObject({ status: 200 });
  }, 60_000);
});
