import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeApiToken } from '../../src/core/api-tokens/store.ts';
import { days, hours } from '../../src/kernel/clock.ts';
import { type Call, caller } from '../support/caller.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { addresses, atOnce, owner, programToken, rowsOf } from './tools.ts';

type Calling = ReturnType<typeof caller>;

const policy = (require = 'mfa-if-owned', more = {}) => ({ policies: [{ name: 'everybody', require, ...more }] });

describe.each(kinds)('programs at the API, on %s', (kind) => {
  let sallyport: Sallyport;
  let token: string;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { applications: [], trustedProxies: ['127.0.0.1'] });
    token = await programToken(sallyport, { lifetime: days(30) });
  });
  afterAll(() => sallyport.close());

  const call: Calling = (...given) => caller(sallyport, token)(...given);
  const tagNow = async () => String((await call('GET', '/policy')).headers.etag);
  const put = (body: unknown, tag: string, more: Call = {}) =>
    call('PUT', '/policy', { body, ...more, headers: { 'if-match': tag, ...more.headers } });

  test('the policy is read, checked, changed and looked back at', async () => {
    const first = await call('GET', '/policy');
    expect(first.json()).toMatchObject({ version: 0, author: null, policy: policy() });
    expect(first.headers).toMatchObject({ etag: '"0"', 'cache-control': 'no-store' });
    expect((await call('POST', '/policy/check', { body: policy('mfa') })).json()).toEqual({
      warnings: ['there is no administrator whom it could shut out'],
    });
    expect(await tagNow()).toBe('"0"');
    const changed = await put(policy('mfa'), '"0"');
    expect([changed.statusCode, changed.headers.etag, changed.json().version]).toEqual([200, '"1"', 1]);
    expect((await call('GET', '/policy')).json()).toMatchObject({ version: 1, author: 'token:program' });
    await put(policy(), '"1"');
    expect((await call('GET', '/policy/history')).json().versions).toMatchObject([{ version: 2 }, { version: 1 }]);
    expect((await call('GET', '/policy/history/1')).json()).toMatchObject({ version: 1, policy: policy('mfa') });
    expect((await call('GET', '/policy/history/9')).json()).toMatchObject({ code: 'not-found' });
    const written = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'policy.changed');
    expect(written).toMatchObject([{ actor: 'token:program' }, { actor: 'token:program' }]);
  });

  test('of many who change the same version at once, one does', async () => {
    const tag = await tagNow();
    const answers = await atOnce(10, (n) => put(policy('sfa', { rememberDays: n }), tag));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(9).fill(412)]);
    expect(answers.find(({ statusCode }) => statusCode === 412)?.json()).toMatchObject({ code: 'precondition-failed' });
  });

  test.each([
    ['without If-Match', {}, 428, 'precondition-required'],
    ['with any', { 'if-match': '*' }, 412, 'precondition-failed'],
    ['with a weak one', { 'if-match': 'W/"0"' }, 412, 'precondition-failed'],
    ['with an old one', { 'if-match': '"0"' }, 412, 'precondition-failed'],
    ['with one to come', { 'if-match': '"999"' }, 412, 'precondition-failed'],
  ])('a change %s changes nothing', async (_, headers, status, code) => {
    const before = await rowsOf(sallyport, 'policy');
    const answer = await call('PUT', '/policy', { body: policy('mfa'), headers });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(await rowsOf(sallyport, 'policy')).toEqual(before);
  });

  test('what is wrong with a policy is said all at once, and nothing changes', async () => {
    const before = await rowsOf(sallyport, 'policy');
    const wrong = {
      policies: [{ name: '', require: 'lots', when: { networks: ['here'] }, methods: { second: 'totp' } }],
      sesions: {},
    };
    for (const answer of [await put(wrong, await tagNow()), await call('POST', '/policy/check', { body: wrong })]) {
      expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: 'policy-refused', status: 422 }]);
      expect(answer.json().mistakes).toHaveLength(5);
    }
    const strange = policy('mfa', { methods: { second: ['fax', 'duo'] }, when: {} });
    expect((await put(strange, await tagNow())).json().mistakes).toEqual([
      'policies: everybody names the method fax, which there is not',
      'policies: everybody names the method duo, and methods.duo is not given',
    ]);
    expect((await put(policy('deny'), await tagNow())).json().mistakes).toHaveLength(1);
    for (const body of ['', '{', '[]', 'null', '"x"', '1'])
      expect([body, (await put(body, await tagNow())).statusCode]).toEqual([body, body === 'null' ? 422 : 400]);
    expect((await put(policy(), await tagNow(), { headers: { 'content-type': 'text/plain' } })).statusCode).toBe(415);
    expect(await rowsOf(sallyport, 'policy')).toEqual(before);
  });

  describe('with what is no token for it', () => {
    test('every address for programs is shut, and nothing changes', async () => {
      const { home } = await owner(sallyport, 'ann');
      const expired = await programToken(sallyport, { name: 'expired', lifetime: hours(1) });
      const revoked = await programToken(sallyport, { name: 'revoked' });
      const elsewhere = await programToken(sallyport, { name: 'elsewhere', networks: ['203.0.113.0/24'] });
      const nothing = await programToken(sallyport, { name: 'nothing', scopes: [] });
      await sallyport.house.gate.database.transaction((tx) => removeApiToken(tx, 'revoked'));
      sallyport.clock.pass(hours(1));
      const session = home.cookies.get('__Host-session') ?? '';
      const cookie = [...home.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const tries: Record<string, { headers: Record<string, string>; status: number }> = {
        none: { headers: {}, status: 401 },
        'made up': { headers: { authorization: `Bearer ${'A'.repeat(43)}` }, status: 401 },
        expired: { headers: { authorization: `Bearer ${expired}` }, status: 401 },
        revoked: { headers: { authorization: `Bearer ${revoked}` }, status: 401 },
        'from elsewhere': { headers: { authorization: `Bearer ${elsewhere}` }, status: 401 },
        'from where a visitor says they are': {
          headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '198.51.100.1' },
          status: 401,
        },
        'for nothing': { headers: { authorization: `Bearer ${nothing}` }, status: 403 },
        'a session': { headers: { cookie, 'sec-fetch-site': 'same-origin' }, status: 401 },
        'a session as a token': { headers: { authorization: `Bearer ${session}` }, status: 401 },
        'a token as a session': { headers: { cookie: `__Host-session=${token}` }, status: 401 },
        'a token as a password': { headers: { authorization: `Basic ${btoa(`:${token}`)}` }, status: 401 },
        'a token in the address': { headers: {}, status: 401 },
      };
      const before = await rowsOf(sallyport, 'policy');
      const mine = addresses(sallyport, { version: '1' }).filter(({ route }) => route.binding === 'bearer');
      expect(mine).toHaveLength(36);
      const tag = await tagNow();
      const all = Object.entries(tries).flatMap(([what, tried]) => mine.map((one) => ({ what, ...tried, ...one })));
      for (const { what, headers, status, route, url, name } of all) {
        const answer = await sallyport.app.inject({
          method: route.method,
          url: what === 'a token in the address' ? `${url}?access_token=${token}` : url,
          headers: { host: 'localhost:4000', 'if-match': tag, accept: 'text/html', ...headers },
          ...(route.method !== 'GET' && { payload: policy('sfa') }),
        });
        expect([what, name, answer.statusCode]).toEqual([what, name, status]);
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
        expect(answer.headers['content-type']).toMatch(/^application\/(problem|scim)\+json/);
      }
      expect(await rowsOf(sallyport, 'policy')).toEqual(before);
    });

    test('who may read does not change, and a token opens no page', async () => {
      const reader = await programToken(sallyport, { name: 'reader', scopes: ['policy:read'] });
      expect((await call('GET', '/policy', { as: reader })).statusCode).toBe(200);
      const answer = await put(policy('sfa'), await tagNow(), { as: reader });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'insufficient-scope']);
      for (const { route, url, name } of addresses(sallyport, {}).filter(
        ({ route: { binding } }) => binding === 'session',
      )) {
        const page = await sallyport.app.inject({
          method: route.method,
          url,
          headers: { host: 'localhost:4000', authorization: `Bearer ${token}`, 'sec-fetch-site': 'same-origin' },
        });
        expect([name, [400, 401, 415].includes(page.statusCode)]).toEqual([name, true]);
      }
    });

    test('no token stands in the database', async () => {
      expect(JSON.stringify(await rowsOf(sallyport, 'api_token'))).not.toContain(token);
    });
  });
});
