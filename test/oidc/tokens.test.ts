import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveDisabled } from '../../src/core/accounts/store.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { secondBudget } from '../../src/proving/budgets.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, codeIn, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('what an application holds, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
  });
  afterAll(() => sallyport.close());

  /** Somebody new, signed in to Tracker; offline when Tracker asked to act without them. */
  async function somebody(more: Record<string, string> = {}) {
    people += 1;
    const account = await sallyport.person(`person-${people}`);
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask(more));
    await signIn(browser, `person-${people}`);
    return { account, tracker, browser, name: `person-${people}` };
  }
  const offline = { scope: 'openid offline_access', prompt: 'consent' };

  async function holding(more: Record<string, string> = {}) {
    const found = await somebody(more);
    const { access_token, refresh_token = '', id_token = '' } = await found.tracker.redeem(found.browser);
    return { ...found, access: access_token, refresh: refresh_token, id: id_token };
  }
  const active = async (tracker: Application, token: string) =>
    (await tracker.post('/oauth/introspect', { token })).body['active'];
  const refreshed = (tracker: Application, refresh_token: string) =>
    tracker.post('/oauth/token', { grant_type: 'refresh_token', refresh_token });
  const userinfo = async (token: string) =>
    (await fetch(`${sallyport.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;

  async function isWorthless(tracker: Application, { access, refresh }: { access: string; refresh: string }) {
    expect(await active(tracker, access)).toBe(false);
    expect(await active(tracker, refresh)).toBe(false);
    expect(await userinfo(access)).toBe(401);
    expect((await refreshed(tracker, refresh)).body['error']).toBe('invalid_grant');
  }

  test('T34: what an application was given is worth nothing once it is none any more, whoever asks', async () => {
    const stranger = new Application(sallyport, 'stranger');
    const wiki = new Application(sallyport, 'wiki');
    await sallyport.person('ivy');
    const browser = await signIn(await sallyport.browser().visit(await stranger.ask()), 'ivy');
    await browser.press('Allow');
    const { access_token: access } = await stranger.redeem(browser);
    expect([await active(wiki, access), await userinfo(access)]).toEqual([true, 200]);
    const applications = sallyport.house.applications as unknown as { id: string }[];
    const [gone] = applications.splice(
      applications.findIndex(({ id }) => id === 'stranger'),
      1,
    );
    expect([await active(wiki, access), await userinfo(access)]).toEqual([false, 401]);
    applications.push(gone as { id: string });
    expect(await active(wiki, access)).toBe(true);
  });

  test('a refresh token serves once; used again, whatever came of it is worth nothing', async () => {
    const { tracker, refresh } = await holding(offline);
    const second = (await refreshed(tracker, refresh)).body;
    expect(second['refresh_token']).not.toBe(refresh);
    const third = (await refreshed(tracker, String(second['refresh_token']))).body;
    expect((await refreshed(tracker, refresh)).body['error']).toBe('invalid_grant');
    await isWorthless(tracker, { access: String(third['access_token']), refresh: String(third['refresh_token']) });
  });

  test('refreshed, nobody has become younger: the time of the proof stays what it was', async () => {
    const { tracker, refresh, id } = await holding(offline);
    sallyport.pass(600_000);
    const answer = await client.refreshTokenGrant(await tracker.config(), refresh);
    const before = JSON.parse(Buffer.from(id.split('.')[1] ?? '', 'base64url').toString()) as { auth_time: number };
    expect(answer.claims()).toMatchObject({ auth_time: before.auth_time, amr: ['pwd'] });
  });

  test('a resource server is told how the person behind a token proved who they are', async () => {
    const { access, account } = await holding();
    const wiki = new Application(sallyport, 'wiki');
    expect((await wiki.post('/oauth/introspect', { token: access })).body).toMatchObject({
      active: true,
      sub: account,
      client_id: 'tracker',
      acr: 'https://refeds.org/profile/sfa',
      amr: ['pwd'],
      auth_time: Math.floor(sallyport.clock.now() / 1000),
    });
  });

  test('an application takes back its own tokens, and nobody else’s', async () => {
    const { tracker, access, refresh } = await holding(offline);
    const wiki = new Application(sallyport, 'wiki');
    await wiki.post('/oauth/revoke', { token: access });
    expect(await active(tracker, access)).toBe(true);
    expect((await tracker.post('/oauth/revoke', { token: refresh })).status).toBe(200);
    await isWorthless(tracker, { access, refresh });
  });

  const shutOut: readonly [
    string,
    (sallyport: OidcSallyport, one: Awaited<ReturnType<typeof somebody>>) => Promise<unknown>,
  ][] = [
    [
      'disabled',
      ({ house: { gate } }, { account }) =>
        gate.database.transaction((tx) => saveDisabled(tx, account, gate.clock.now())),
    ],
    [
      'signed out everywhere',
      ({ browser: open }, { browser, name }) =>
        signIn(open(), name).then(() => pressed(browser, 'Sign out everywhere')),
    ],
  ];
  test.each(shutOut)('T33: once the person is %s, a code from before is refused', async (_, act) => {
    const one = await somebody(offline);
    const code = codeIn(one.browser);
    await act(sallyport, one);
    expect((await one.tracker.redeemByHand(code)).body['error']).toBe('invalid_grant');
  });
  test.each(shutOut)('T33: once the person is %s, tokens from before are worth nothing', async (_, act) => {
    const one = await holding(offline);
    await act(sallyport, one);
    await isWorthless(one.tracker, one);
  });
  test('T33: a code given just before somebody guessed too often at the codes is refused', async () => {
    const { account, tracker, browser } = await somebody();
    const code = codeIn(browser);
    const { gate } = sallyport.house;
    for (let guess = 0; guess < 6; guess++)
      await gate.database.transaction((tx) => charge(tx, secondBudget(account), gate.clock.now()));
    expect((await tracker.redeemByHand(code)).body['error']).toBe('invalid_grant');
  });

  test('signed out here, what was for this session ends; what the person allowed while away goes on', async () => {
    const here = await holding();
    await pressed(here.browser, 'Sign out');
    await isWorthless(here.tracker, here);
    const away = await holding(offline);
    await pressed(away.browser, 'Sign out');
    expect(await active(away.tracker, away.access)).toBe(true);
    expect((await refreshed(away.tracker, away.refresh)).status).toBe(200);
  });

  test('when a session runs out, so does what was for it', async () => {
    const one = await holding();
    sallyport.pass(30 * 86_400_000);
    await isWorthless(one.tracker, one);
  });

  test('with our cookie gone nobody is signed in, whatever other cookies are left', async () => {
    const { tracker, browser } = await holding();
    browser.cookies.delete('__Host-session');
    await browser.visit(await tracker.ask({ prompt: 'none' }));
    expect(errorIn(browser)).toBe('login_required');
  });

  async function pressed(browser: Browser, button: string): Promise<void> {
    await browser.visit('/account/sessions');
    await browser.press(button);
  }
});
