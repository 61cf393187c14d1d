import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveDisabled } from '../../src/core/accounts/store.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('signing out, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
  });
  beforeEach(async () => {
    sallyport.answer = () => new Response(null, { status: 200 });
    await sallyport.tick();
    sallyport.told.length = 0;
  });
  afterAll(() => sallyport.close());

  async function somebody(...ids: string[]) {
    people += 1;
    const account = await sallyport.person(`person-${people}`);
    const browser = await signIn(sallyport.browser(), `person-${people}`);
    const tokens = new Map<string, { id: string; sid: unknown }>();
    for (const id of ids) {
      const application = new Application(sallyport, id);
      await browser.visit(await application.ask());
      const answer = await application.redeem(browser);
      tokens.set(id, { id: answer.id_token ?? '', sid: answer.claims()?.['sid'] });
    }
    return { account, browser, tokens, name: `person-${people}` };
  }
  async function out(browser: Browser, button = 'Sign out'): Promise<void> {
    await browser.visit('/account/sessions');
    await browser.press(button);
  }
  const where = () => sallyport.told.map(({ to }) => to).sort();

  test('every application the session was for is told, with a token that it can check', async () => {
    const { account, browser, tokens } = await somebody('tracker', 'wiki');
    await out(browser);
    await sallyport.tick();
    expect(where()).toEqual(['https://tracker.example/logout', 'https://wiki.example/logout']);
    const { token } = sallyport.told.find(({ to }) => to.includes('tracker')) ?? { token: '' };
    const keys = createRemoteJWKSet(new URL(`${sallyport.issuer}/oauth/jwks`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: sallyport.issuer,
      audience: 'tracker',
      typ: 'logout+jwt',
      currentDate: new Date(sallyport.clock.now()),
    });
    expect(payload).toMatchObject({ sub: account, sid: tokens.get('tracker')?.sid });
    expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    expect(payload['nonce']).toBeUndefined();
    await sallyport.tick();
    expect(sallyport.told).toHaveLength(2);
  });

  test('an application that is down is told once it is back', async () => {
    const { browser } = await somebody('tracker');
    sallyport.answer = () => new Response(null, { status: 503 });
    await out(browser);
    await sallyport.tick();
    await sallyport.tick();
    expect(where()).toHaveLength(1);
    sallyport.answer = () => {
      throw new Error('nobody listens');
    };
    sallyport.pass(5000);
    await sallyport.tick();
    sallyport.answer = () => new Response(null, { status: 204 });
    sallyport.pass(30_000);
    await sallyport.tick();
    sallyport.pass(3_600_000);
    await sallyport.tick();
    expect(where()).toHaveLength(3);
  });

  test.each([
    [
      'signed out everywhere',
      ({ browser, name }: Awaited<ReturnType<typeof somebody>>) =>
        signIn(sallyport.browser(), name).then(() => out(browser, 'Sign out everywhere')),
    ],
    [
      'disabled',
      ({ account }: Awaited<ReturnType<typeof somebody>>) => {
        const { gate } = sallyport.house;
        return gate.database.transaction((tx) => saveDisabled(tx, account, gate.clock.now()));
      },
    ],
    ['out of time', async () => sallyport.pass(30 * 86_400_000)],
  ])('when somebody is %s, applications are told too', async (_, act) => {
    const one = await somebody('wiki');
    await sallyport.tick();
    expect(sallyport.told).toEqual([]);
    await act(one);
    await sallyport.tick();
    expect(where()).toEqual(['https://wiki.example/logout']);
  });

  test('an application signs out whoever it shows it knows, and they come back to it', async () => {
    const { browser, tokens } = await somebody('tracker');
    const query = new URLSearchParams({
      id_token_hint: tokens.get('tracker')?.id ?? '',
      post_logout_redirect_uri: 'https://tracker.example/bye',
      state: 'x y',
    });
    await browser.visit(`/oauth/logout?${query}`);
    expect(browser.response.headers['location']).toBe('https://tracker.example/bye?state=x+y');
    await browser.visit('/account');
    expect(browser.title).toBe('Sign in');
  });

  test('without such a token the person is asked; another one’s token asks too', async () => {
    const other = await somebody('tracker');
    const { browser, name } = await somebody('tracker');
    const bye = { post_logout_redirect_uri: 'https://tracker.example/bye' };
    for (const query of [
      { client_id: 'tracker', ...bye },
      { id_token_hint: other.tokens.get('tracker')?.id ?? '', ...bye },
    ]) {
      await browser.visit(`/oauth/logout?${new URLSearchParams(query)}`);
      expect(browser.title).toBe('Sign out?');
      const forged = await browser.send('POST', '/oauth/logout/confirm', new URLSearchParams(query).toString());
      expect(forged.statusCode).toBeGreaterThanOrEqual(400);
      const still = browser.response;
      await browser.visit('/account');
      expect(browser.title).toContain(name);
      browser.response = still;
      browser.url = '/oauth/logout/confirm';
    }
    await browser.press('Sign out');
    expect(browser.response.headers['location']).toBe('https://tracker.example/bye');
    await browser.visit('/account');
    expect(browser.title).toBe('Sign in');
  });

  test.each(['https://tracker.example/bye/', 'https://tracker.example.evil.test/bye', 'https://wiki.example/callback'])(
    'nobody is sent to %s afterwards',
    async (post_logout_redirect_uri) => {
      const { browser, tokens } = await somebody('tracker');
      const query = new URLSearchParams({ id_token_hint: tokens.get('tracker')?.id ?? '', post_logout_redirect_uri });
      await browser.visit(`/oauth/logout?${query}`);
      expect(browser.response.statusCode).toBe(400);
      await browser.visit('/account');
      expect(browser.title).not.toBe('Sign in');
    },
  );

  test('with nobody signed in and nothing said, the page says so', async () => {
    const browser = await sallyport.browser().visit('/oauth/logout');
    expect(browser.title).toBe('You are signed out');
  });
});
