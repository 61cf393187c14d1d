import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../attacks/tools.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { regroup } from '../support/passwordless.ts';

import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { Application, codeIn, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

const everybody = { name: 'everybody', require: 'mfa-if-owned', rememberDays: 7 };

/** What an application holds for somebody lives no longer than the policy lets them in there. */
describe.each(kinds)('a policy that changes while an application holds tokens, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeEach(async () => {
    sallyport = await openOidcSallyport(kind, { policies: [everybody], proxied: true });
  });
  afterEach(() => sallyport.close());

  interface Held {
    readonly tracker: Application;
    readonly access: string;
    readonly refresh: string;
  }
  const offline = { scope: 'openid offline_access', prompt: 'consent' };
  async function holding(browser: Browser, tracker: Application): Promise<Held> {
    const { access_token, refresh_token = '' } = await tracker.redeem(browser);
    return { tracker, access: access_token, refresh: refresh_token };
  }
  /** With a password alone. */
  async function held(name = 'nell', at = '127.0.0.1'): Promise<Held> {
    await sallyport.person(name, { groups: ['staff'] });
    const tracker = new Application(sallyport, 'tracker');
    const browser = sallyport.browser();
    browser.headers['x-forwarded-for'] = at;
    await browser.visit(await tracker.ask(offline));
    await signIn(browser, name);
    return holding(browser, tracker);
  }

  /** The tokens that it has now, where it has any. */
  async function refreshed({ tracker, refresh }: Held): Promise<Held | string> {
    const { body } = await tracker.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: refresh });
    if (body['error'] !== undefined) return String(body['error']);
    return { tracker, access: String(body['access_token']), refresh: String(body['refresh_token']) };
  }
  const active = async ({ tracker, access }: Held) =>
    (await tracker.post('/oauth/introspect', { token: access })).body['active'];
  async function isWorthless(one: Held): Promise<void> {
    expect(await active(one)).toBe(false);
    const { status } = await fetch(`${sallyport.issuer}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${one.access}` },
    });
    expect(status).toBe(401);
    expect(await refreshed(one)).toBe('invalid_grant');
  }

  test('goes on giving, while nobody says otherwise', async () => {
    const again = await refreshed(await held());
    expect(typeof again === 'string' ? again : await active(again)).toBe(true);
  });

  test('T33: who is let in there no more has nothing there', async () => {
    const one = await held();
    await decide(sallyport, { name: 'not there', when: { applications: ['tracker'] }, require: 'deny' }, everybody);
    await isWorthless(one);
  });

  test('a rule for another application is none for this one', async () => {
    const one = await held();
    await decide(sallyport, { name: 'not there', when: { applications: ['wiki'] }, require: 'deny' }, everybody);
    expect(await active(one)).toBe(true);
  });

  test('T33: who leaves the group that was let in has nothing there', async () => {
    const one = await held();
    const staff = { name: 'staff', when: { applications: ['tracker'], groups: ['staff'] }, require: 'sfa' };
    await decide(
      sallyport,
      staff,
      { name: 'nobody else', when: { applications: ['tracker'] }, require: 'deny' },
      everybody,
    );
    expect(await active(one)).toBe(true);
    await regroup(sallyport, 'nell', []);
    await isWorthless(one);
  });

  test('T33: where more is asked from now on, what was given for less is worth nothing, a code neither', async () => {
    const one = await held();
    const tracker = new Application(sallyport, 'tracker');
    await sallyport.person('olga');
    const browser = await sallyport.browser().visit(await tracker.ask());
    await signIn(browser, 'olga');
    await decide(sallyport, { name: 'everybody', require: 'mfa' });
    await isWorthless(one);
    expect((await tracker.redeemByHand(codeIn(browser))).body['error']).toBe('invalid_grant');
  });

  test('what was given from a network that is trusted stays, wherever the application asks from', async () => {
    const inside = { name: 'inside', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' };
    await decide(sallyport, inside, { name: 'outside', require: 'mfa' });
    const one = await held('rob', '10.1.2.3');
    expect(await active(one)).toBe(true);
    await decide(sallyport, { ...inside, when: { networks: ['10.2.0.0/16'] } }, { name: 'outside', require: 'mfa' });
    await isWorthless(one);
  });

  test('with a code it is enough for more, and with a device that is remembered for what a policy asks', async () => {
    await sallyport.person('pia');
    const home = await signIn(sallyport.browser(), 'pia');
    const { secret } = await setUpAuthenticator(sallyport, home);
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask(offline));
    await signIn(browser, 'pia');
    await browser.press('Continue', { code: codeFor(sallyport, secret), remember: 'yes' });
    const withCode = await holding(browser, tracker);
    browser.cookies.delete('__Host-session');
    await browser.visit(await tracker.ask({ scope: 'openid offline_access' }));
    await signIn(browser, 'pia');
    const remembered = await holding(browser, tracker);
    await decide(sallyport, { ...everybody, require: 'mfa' });
    expect([await active(withCode), await active(remembered)]).toEqual([true, true]);
    await decide(sallyport, { ...everybody, require: 'phr', methods: { second: ['webauthn', 'totp'] } });
    await isWorthless(withCode);
    await isWorthless(remembered);
  });

  test('who owned a second factor when it was given is asked for it when a rule begins to', async () => {
    await decide(sallyport, { ...everybody, require: 'sfa' });
    await sallyport.person('sue', { groups: ['staff'] });
    await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'sue'));
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask(offline));
    const given = await holding(await signIn(browser, 'sue'), tracker);
    expect(await active(given)).toBe(true);
    await decide(sallyport, everybody);
    await isWorthless(given);
  });

  test('setting up a second factor ends nothing that was given before', async () => {
    const one = await held('quin');
    const home = await signIn(sallyport.browser(), 'quin');
    await setUpAuthenticator(sallyport, home);
    expect(await active(one)).toBe(true);
    await home.visit(await one.tracker.ask({ prompt: 'none' }));
    expect(codeIn(home)).not.toBe('');
    const elsewhere = await signIn(sallyport.browser(), 'quin');
    await typeCode(elsewhere, '000000');
    await elsewhere.visit(await one.tracker.ask({ prompt: 'none' }));
    expect(errorIn(elsewhere)).toBe('login_required');
  });
});
