import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problems } from '../../src/http/problems.ts';
import type { Route } from '../../src/http/route.ts';
import { errors } from '../../src/protocols/scim/errors.ts';
import { addresses, halfway, owner, programToken, removalOf, rowsOf, tokenOn } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

/** What programs that speak SCIM are told is told as SCIM has it. */
const said: readonly unknown[] = [
  ...Object.keys(problems),
  ...Object.values(errors).map(({ status }) => String(status)),
];
const codeIn = (told: { code?: string; status?: string }) => told.code ?? told.status;

/** Always the same inputs: what fails today fails tomorrow. */
const seed = 20_260_115;
const perRoute = 60;

const junk = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '0',
    'true',
    '[]',
    '{}',
    '__proto__',
    '\0',
    '\r\nset-cookie: a=b',
    '../../etc',
    '%',
    '‮',
    'é',
    '💥',
  ),
  fc.constantFrom('x'.repeat(5000), '%00'.repeat(50), "' or 1=1 --", '<script>', '{{7*7}}', '\ud800'),
);
const fieldNames = fc.oneof(
  fc.constantFrom('code', 'password', 'username', 'method', 'stored', 'to', 'again', 'from', '__proto__', 'a[b]'),
  fc.string({ maxLength: 60 }),
);
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
const raw = fc.constantFrom('%', '%zz', '%c0%af', '%ff', '&&==&', 'a'.repeat(70_000), '=', '\u0001');
const pairs = fc
  .array(fc.tuple(fieldNames, junk), { maxLength: 12 })
  .map((list) => list.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'));
const types = fc.constantFrom(
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'nonsense',
  '',
);
const header = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?'));
const request = fc.record({
  param: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, junk.map(encoded), raw),
  query: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, pairs, raw),
  body: fc.oneof(pairs, raw),
  json: fc.oneof(fc.jsonValue(), fc.dictionary(fieldNames, junk), fc.constant({ policies: [], sessions: null })),
  type: fc.oneof({ weight: 3, arbitrary: fc.constant('application/x-www-form-urlencoded') }, types),
  cookie: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, header),
  language: header,
  agent: fc.oneof(header, fc.constant('x'.repeat(9000))),
  signedIn: fc.boolean(),
});
type Sent = typeof request extends fc.Arbitrary<infer T> ? T : never;

describe.each(kinds)('whatever is sent, on %s', (kind) => {
  let sallyport: Sallyport;
  let params: Record<string, string>;
  let bearer: string;
  let cookies: Record<Route['binding'], string>;
  let tokens: Record<Route['binding'], string>;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { hashing: { waiting: 1000 } });
    const { home } = await owner(sallyport, 'ann');
    const pending = await halfway(sallyport, 'ann');
    const credential = (await removalOf(home)).split('/').at(-1) ?? '';
    const jar = [...home.cookies, ...pending.cookies].map(([name, value]) => `${name}=${value}`);
    const all = [...new Map(jar.map((pair) => [pair.split('=')[0], pair])).values()].join('; ');
    params = {
      attempt: pending.url.split('/')[2] ?? '',
      method: 'totp',
      offer: 'passkey',
      credential,
      language: 'en',
      file: 'x',
    };
    cookies = { none: '', attempt: all, session: all, bearer: all, proxy: all, origin: all, client: all };
    tokens = {
      none: '',
      attempt: tokenOn(pending),
      session: tokenOn(home),
      bearer: '',
      proxy: '',
      origin: '',
      client: '',
    };
    bearer = await programToken(sallyport);
  });
  afterAll(() => sallyport.close());

  const kept = async () => ({
    account: await rowsOf(sallyport, 'account'),
    totp: await rowsOf(sallyport, 'totp'),
    codes: await rowsOf(sallyport, 'backup_code'),
    policies: await rowsOf(sallyport, 'policy'),
    sessions: (await rowsOf(sallyport, 'session')).map(({ id, proofs, level }) => ({ id, proofs, level })),
  });

  type Dressed = { headers: Record<string, string>; payload: string };

  const asForm = ({ binding }: Route, sent: Sent): Dressed => ({
    headers: { cookie: sent.cookie ?? (sent.signedIn ? cookies[binding] : ''), 'content-type': sent.type },
    payload: (sent.signedIn ? `_csrf=${tokens[binding]}&` : '') + sent.body,
  });

  const asProgram = (sent: Sent): Dressed => ({
    headers: {
      authorization: `Bearer ${bearer}`,
      'if-match': '"0"',
      'content-type': sent.type.startsWith('application/x-www') ? 'application/json' : sent.type,
    },
    payload: JSON.stringify(sent.json) ?? sent.body,
  });

  async function answerTo(route: Route, sent: Sent) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => sent.param ?? params[name] ?? 'A'.repeat(43));
    const { headers, payload } = route.binding === 'bearer' && sent.signedIn ? asProgram(sent) : asForm(route, sent);
    const { 'content-type': type = '', ...others } = headers;
    return sallyport.app.inject({
      method: route.method,
      url: sent.query === '' ? path : `${path}?${sent.query}`,
      headers: {
        host: 'localhost:4000',
        'accept-language': sent.language,
        'user-agent': sent.agent,
        'sec-fetch-site': 'same-origin',
        ...others,
        ...(route.method !== 'GET' && { 'content-type': type }),
      },
      ...(route.method !== 'GET' && { payload }),
    });
  }

  test('every address answers with less than 500 and a code of the table, and nobody loses anything', async () => {
    const before = await kept();
    // Signing out is what it says, not damage.
    const routes = addresses(sallyport, params).filter(({ route }) => !/sign-out/.test(route.path));
    for (const { route, name } of routes) {
      const check = fc.asyncProperty(request, async (sent) => {
        const answer = await answerTo(route, sent);
        // Not implemented is no failure of ours.
        expect([name, answer.statusCode < 500 || answer.statusCode === 501 || answer.body]).toEqual([name, true]);
        if (answer.statusCode >= 400 && !/html/.test(String(answer.headers['content-type'])))
          expect([name, said]).toEqual([name, expect.arrayContaining([codeIn(answer.json())])]);
      });
      await fc.assert(check, { seed, numRuns: kind === 'sqlite' ? perRoute : perRoute / 3 });
    }
    expect(await kept()).toEqual(before);
  }, 60_000);
});
