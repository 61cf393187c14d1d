import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listSessions } from '../../src/core/sessions/store.ts';
import { Browser } from '../support/browser.ts';
import { ask } from '../support/raw.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';

const token = 'a token for whoever watches the server';

describe('what is met before any page', () => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    const config = { trustedProxies: ['127.0.0.0/8'], metrics: { token } };
    sallyport = await openSallyport('sqlite', config);
    await sallyport.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => sallyport.close());
  const raw = (lines: readonly string[]) => ask(sallyport.app, lines);
  const get = (url: string, headers: Record<string, string> = {}) =>
    sallyport.app.inject({ url, headers: { host: 'localhost:4000', ...headers } });

  test.each([
    ['another name', ['GET /sign-in HTTP/1.1', 'Host: evil.example'], 421],
    ['the address in place of the name', ['GET /sign-in HTTP/1.1', 'Host: 127.0.0.1:4000'], 421],
    ['our name at another port', ['GET /sign-in HTTP/1.1', 'Host: localhost:1'], 421],
    ['no name, in HTTP/1.0', ['GET /sign-in HTTP/1.0'], 421],
    ['no name', ['GET /sign-in HTTP/1.1'], 400],
    ['two names', ['GET /sign-in HTTP/1.1', 'Host: localhost:4000', 'Host: evil.example'], 400],
    ['a whole address that is another', ['GET http://evil.example/sign-in HTTP/1.1', 'Host: localhost:4000'], 421],
    ['a whole address that is ours', ['GET http://localhost:4000/sign-in HTTP/1.1', 'Host: localhost:4000'], 303],
    ['our name', ['GET /sign-in HTTP/1.1', 'Host: localhost:4000'], 303],
    ['our name in capitals', ['GET /sign-in HTTP/1.1', 'Host: LOCALHOST:4000'], 303],
  ])('a request with %s', async (_, lines, status) => {
    expect(await raw(lines)).toBe(status);
  });

  test('a name that a proxy passes on is checked like any other', async () => {
    expect((await get('/sign-in', { 'x-forwarded-host': 'evil.example' })).statusCode).toBe(421);
    expect((await get('/sign-in', { host: 'inside:80', 'x-forwarded-host': 'localhost:4000' })).statusCode).toBe(303);
  });

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['garbage', 'unknown'],
    ['a, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, b', 'unknown'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ["1.1.1.1'; drop table session", 'unknown'],
  ])('T45: X-Forwarded-For "%s" is read as %s', async (given, read) => {
    const name = `ann-${Math.abs(Buffer.from(given).reduce((sum, byte) => sum * 31 + byte, 7) % 1e9)}`;
    await sallyport.person(name);
    await signIn(new Browser(sallyport.app, { 'x-forwarded-for': given }), name);
    const { database, policy, clock } = sallyport.house.gate;
    const { sessions } = await policy(database.read);
    const account = await findAccountByName(database.read, name);
    const [session] = await listSessions(database.read, sessions, account?.id ?? ('' as never), clock.now());
    expect(session?.address).toBe(read);
  });

  test('health is told by any name, and readiness says what is missing', async () => {
    expect((await get('/healthz', { host: '10.0.0.1' })).body).toBe('alive\n');
    const ready = await get('/readyz', { host: '10.0.0.1' });
    expect([ready.statusCode, ready.body]).toEqual([200, 'database: yes\nkeys: yes\nschema: yes\nready\n']);
  });

  test('numbers are told to whoever has the token, and name nobody', async () => {
    await sallyport.person('zoe-of-the-metrics');
    await signIn(new Browser(sallyport.app), 'zoe-of-the-metrics');
    await signIn(new Browser(sallyport.app), 'zoe-of-the-metrics', 'a wrong password of zoe');
    expect((await get('/metrics')).statusCode).toBe(401);
    expect((await get('/metrics', { authorization: 'Bearer no' })).statusCode).toBe(401);
    const { body } = await get('/metrics', { authorization: `Bearer ${token}` });
    expect(body).toMatch(/sallyport_proofs_total\{outcome="accepted",method="password"\} \d/);
    expect(body).toMatch(/sallyport_proofs_total\{outcome="refused",method="password"\} 1/);
    expect(body).toMatch(/sallyport_sign_ins_total\{outcome="let through"\} \d/);
    expect(body).toMatch(
      /sallyport_request_seconds_count\{method="POST",route="\/sign-in\/:attempt\/identify",status="303"\}/,
    );
    expect(body).toMatch(/sallyport_hash_queue 0/);
    expect(body).toMatch(/nodejs_eventloop_lag_seconds/);
    expect(body).not.toMatch(/zoe|example\.org|127\.0\.0\.1|203\.0\.113/);
  });

  test('every answer has a name of its own, which nobody can choose', async () => {
    const names = [await get('/sign-in', { 'x-request-id': 'mine' }), await get('/healthz')].map(
      ({ headers }) => headers['x-request-id'],
    );
    expect(new Set([...names, 'mine']).size).toBe(3);
  });
});

describe('a database that went away', () => {
  test('is told by readiness, while the process is alive', async () => {
    const sallyport = await openSallyport('sqlite');
    await sallyport.house.gate.database.close();
    expect((await sallyport.app.inject('/readyz')).statusCode).toBe(503);
    expect((await sallyport.app.inject('/readyz')).body).toMatch(/database: no/);
    expect((await sallyport.app.inject('/healthz')).statusCode).toBe(200);
    await sallyport.app.close();
  });
});
