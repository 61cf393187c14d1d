import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../src/http/route.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { addresses, copyOf, halfway, owner, removalOf, rowsOf, tokenOn } from './tools.ts';

/** What a page of another site, or a link in a mail, makes a browser send: with its cookies, without our page. */
const forgeries = {
  'no token': ({ headers }: Forged) => ({ body: '', headers }),
  'a made-up token': ({ headers }: Forged) => ({ body: '_csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', headers }),
  'another’s token': ({ foreign, headers }: Forged) => ({ body: `_csrf=${foreign}`, headers }),
  'the token twice': ({ token, headers }: Forged) => ({ body: `_csrf=${token}&_csrf=${token}`, headers }),
  'the token in the address': ({ headers }: Forged) => ({ body: '', headers }),
  'neither Origin nor Sec-Fetch-Site': ({ token }: Forged) => ({ body: `_csrf=${token}`, headers: {} }),
  'Sec-Fetch-Site: cross-site': ({ token }: Forged) => ({ body: `_csrf=${token}`, headers: from('cross-site') }),
  'Sec-Fetch-Site: same-site': ({ token }: Forged) => ({ body: `_csrf=${token}`, headers: from('same-site') }),
  'Sec-Fetch-Site: none': ({ token }: Forged) => ({ body: `_csrf=${token}`, headers: from('none') }),
  'Origin: null': ({ token }: Forged) => ({ body: `_csrf=${token}`, headers: { origin: 'null' } }),
  'Origin of a port beside us': ({ token }: Forged) => ({
    body: `_csrf=${token}`,
    headers: { origin: 'http://localhost:4001' },
  }),
  'text/plain': ({ token }: Forged) => ({
    body: `_csrf=${token}`,
    headers: { ...from('same-origin'), 'content-type': 'text/plain' },
  }),
  JSON: ({ token }: Forged) => ({
    body: JSON.stringify({ _csrf: token }),
    headers: { ...from('same-origin'), 'content-type': 'application/json' },
  }),
} as const;

interface Forged {
  readonly token: string;
  readonly foreign: string;
  readonly headers: Record<string, string>;
}
const from = (site: string) => ({ 'sec-fetch-site': site });

/** A program's address looks at no cookie, so nothing that comes along by itself is anything there. */
const refusals: Record<Route['binding'], readonly number[]> = {
  none: [],
  attempt: [403, 415],
  session: [403, 415],
  bearer: [401],
  // Not asked by a proxy that is believed.
  proxy: [403],
  // Not at an origin of an application.
  origin: [400, 403],
  // Not from where a client stands.
  client: [401],
};

describe.each(kinds)('forged forms, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  // Asking for a mail changes nothing of anybody's; that it comes from a page of ours is checked there too.
  test('every address that changes something is bound to a cookie, or holds a secret itself', () => {
    const unbound = addresses(sallyport, {}).filter(({ route }) => route.method === 'POST' && route.binding === 'none');
    expect(unbound.map(({ name }) => name)).toEqual([
      'POST /set-up/:token',
      'POST /recover',
      'POST /recover/:token',
      'POST /recover/stop/:token',
      'POST /join',
      'POST /join/:token',
      'POST /address/undo/:token',
      'POST /temporary-code/stop/:token',
      'POST /enrol/:token',
    ]);
  });

  test.each(Object.keys(forgeries) as (keyof typeof forgeries)[])(
    '%s: refused everywhere, and nothing happens',
    async (forgery) => {
      const name = `ann-${Object.keys(forgeries).indexOf(forgery)}`;
      const { home } = await owner(sallyport, name);
      const pending = await halfway(sallyport, name);
      const credential = (await removalOf(home)).split('/').at(-1) ?? '';
      await home.visit('/account/sessions');
      const both = copyOf(home);
      both.cookies.set('__Host-attempt', pending.cookies.get('__Host-attempt') ?? '');
      const foreign = tokenOn(await new Browser(sallyport.app).visit('/sign-in'));
      const before = await state();
      const attempt = pending.url.split('/')[2] ?? '';
      const changing = addresses(sallyport, { attempt, credential, method: 'totp', offer: 'passkey' }).filter(
        ({ route }) => route.method !== 'GET' && route.binding !== 'none',
      );
      for (const { route, url, name: address } of changing) {
        const token = tokenOn(route.binding === 'attempt' ? pending : home);
        const { body, headers } = forgeries[forgery]({ token, foreign, headers: from('same-origin') });
        const to = forgery === 'the token in the address' ? `${url}?_csrf=${token}` : url;
        const answer = await sallyport.app.inject({
          method: route.method,
          url: to,
          payload: body,
          headers: {
            host: 'localhost:4000',
            'content-type': 'application/x-www-form-urlencoded',
            cookie: [...both.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
            ...headers,
          },
        });
        expect([address, refusals[route.binding].includes(answer.statusCode)]).toEqual([address, true]);
      }
      expect(await state()).toEqual(before);
    },
  );

  const state = async () => ({
    totp: await rowsOf(sallyport, 'totp'),
    sessions: (await rowsOf(sallyport, 'session')).map(({ id, level }) => ({ id, level })),
    attempts: (await rowsOf(sallyport, 'attempt')).map(({ id, version, state }) => ({ id, version, state })),
  });
});
