import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, broughtBack, codeIn, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('a code is worth what was agreed, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    await sallyport.person('ann', { groups: ['makers'] });
  });
  afterAll(() => sallyport.close());

  async function withCode(more: Record<string, string> = {}) {
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask(more));
    await signIn(browser, 'ann');
    return { tracker, browser, code: codeIn(browser) };
  }

  test('a person signs in on the way, and the application learns who they are and how they proved it', async () => {
    const { tracker, browser } = await withCode();
    expect(new URL(broughtBack(browser)).searchParams.get('iss')).toBe(sallyport.issuer);
    expect((await tracker.redeem(browser)).claims()).toMatchObject({
      acr: 'https://refeds.org/profile/sfa',
      amr: ['pwd'],
      auth_time: Math.floor(sallyport.clock.now() / 1000),
    });
  });

  test.each([
    [
      'another client',
      async (code: string, { verifier }: Application) => {
        const wiki = new Application(sallyport, 'wiki', 'https://tracker.example/callback');
        return wiki.redeemByHand(code, { code_verifier: verifier });
      },
    ],
    [
      'after a minute',
      async (code: string, tracker: Application) => {
        sallyport.pass(61_000);
        return tracker.redeemByHand(code);
      },
    ],
    [
      'another redirect address',
      async (code: string, tracker: Application) =>
        tracker.redeemByHand(code, { redirect_uri: 'https://tracker.example/other' }),
    ],
    [
      'another verifier',
      async (code: string, tracker: Application) => tracker.redeemByHand(code, { code_verifier: 'x'.repeat(43) }),
    ],
  ])('T30: it is refused for %s, everything else being right', async (_, redeem) => {
    const { tracker, code } = await withCode();
    const { status, body } = await redeem(code, tracker);
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
    expect(body['access_token']).toBeUndefined();
  });

  test('used a second time, it takes back what it gave the first time', async () => {
    const { tracker, code } = await withCode();
    const first = await tracker.redeemByHand(code);
    const token = String(first.body['access_token']);
    expect((await tracker.post('/oauth/introspect', { token })).body['active']).toBe(true);
    expect((await tracker.redeemByHand(code)).body['error']).toBe('invalid_grant');
    expect((await tracker.post('/oauth/introspect', { token })).body).toEqual({ active: false });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first.body['refresh_token']) };
    expect((await tracker.post('/oauth/token', refresh)).body['error']).toBe('invalid_grant');
  });

  test('used many times at once, it leaves nobody with anything', async () => {
    const { tracker, code } = await withCode();
    const answers = await Promise.all(Array.from({ length: 8 }, () => tracker.redeemByHand(code)));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { body } of given) {
      const token = String(body['access_token']);
      expect((await tracker.post('/oauth/introspect', { token })).body).toEqual({ active: false });
    }
  });

  test('T47: without a challenge nothing begins', async () => {
    const tracker = new Application(sallyport, 'tracker');
    const { code_challenge, code_challenge_method, ...bare } = await tracker.parameters();
    const query = new URLSearchParams({ client_id: 'tracker', response_type: 'code', ...bare });
    const browser = await sallyport.browser().visit(`/oauth/authorize?${query}`);
    expect(errorIn(browser)).toBe('invalid_request');
    const plain = { client_id: 'tracker', response_type: 'code', ...bare, code_challenge: tracker.verifier };
    const asked = new URLSearchParams({ ...plain, code_challenge_method: 'plain' });
    expect(errorIn(await sallyport.browser().visit(`/oauth/authorize?${asked}`))).toBe('invalid_request');
  });

  test('T47: without a verifier nothing is given', async () => {
    const { tracker, code } = await withCode();
    const { code_verifier, ...form } = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: tracker.redirectUri,
      code_verifier: '',
    };
    for (const attempt of [form, { ...form, code_verifier }])
      expect((await tracker.post('/oauth/token', attempt)).body['error']).toMatch(/^invalid_(grant|request)$/);
  });

  test.each([
    'https://trackerxexample/callback',
    'https://tracker.example.evil.test/callback',
    'https://tracker.example/callback/',
    'https://tracker.example/callback?x=1',
    'https://tracker.example/CALLBACK',
    'https://TRACKER.example/callback',
    'http://tracker.example/callback',
    'https://tracker.example:444/callback',
    'https://evil@tracker.example/callback',
    'https://tracker.example/callback#x',
    'https://tracker.example%2ecallback',
    'javascript:alert(1)',
  ])('T47: nobody is sent to %s', async (redirect_uri) => {
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask({ redirect_uri }));
    expect(browser.response.statusCode).toBe(400);
    expect(browser.response.headers['location']).toBeUndefined();
    expect(browser.text).not.toContain('evil');
  });

  test('there is no implicit flow, and no grant by password', async () => {
    const tracker = new Application(sallyport, 'tracker');
    for (const response_type of ['token', 'id_token', 'code id_token']) {
      const browser = await sallyport.browser().visit(await tracker.ask({ response_type }));
      expect(errorIn(browser)).toMatch(/^(unsupported_response_type|invalid_request)$/);
      expect(broughtBack(browser)).not.toMatch(/access_token=|id_token=|code=/);
    }
    const form = { grant_type: 'password', username: 'ann', password: 'correct horse battery staple' };
    expect((await tracker.post('/oauth/token', form)).body['error']).toBe('unsupported_grant_type');
  });

  test('an application sees the claims of the scopes it has, asked for and is allowed, and no others', async () => {
    const { tracker, browser } = await withCode({ scope: 'openid email groups' });
    const tokens = await tracker.redeem(browser);
    const seen = await fetch(`${sallyport.issuer}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await seen.json()).toEqual({ sub: tokens.claims()?.sub, email: 'ann@example.org', groups: ['makers'] });
  });

  test('an application that may not know groups is refused when it asks, and learns none by asking for the claim', async () => {
    const wiki = new Application(sallyport, 'wiki');
    const browser = await sallyport.browser().visit(await wiki.ask({ scope: 'openid groups' }));
    expect(errorIn(browser)).toBe('invalid_scope');
    const claims = JSON.stringify({ id_token: { groups: null, email: null }, userinfo: { groups: null } });
    await browser.visit(await wiki.ask({ scope: 'openid email', claims }));
    await signIn(browser, 'ann');
    const given = (await wiki.redeem(browser)).claims();
    expect(given?.['email']).toBe('ann@example.org');
    expect(given?.['groups']).toBeUndefined();
  });
});
