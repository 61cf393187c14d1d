import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { bare, desk, pushed, signed, wiki } from '../support/desk.ts';
import { type DuoSallyport, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { eventsOf } from '../support/passwordless.ts';
import { signIn, typePassword } from '../support/verbs.ts';
import { isIn, optionsOn, post } from './tools.ts';

const send = 'Send me a push';

describe.each(kinds)('an application says who is to sign in, on %s', (kind) => {
  let sallyport: DuoSallyport;
  beforeAll(async () => {
    sallyport = await openWithDuo(kind, { declaredMfa: true }, undefined, {
      applications: [desk, wiki],
      policies: [
        {
          name: 'everybody',
          require: 'mfa-if-owned',
          methods: { second: ['duo', 'webauthn'] },
          passwordless: { methods: ['duo'], when: { group: 'pilots' } },
        },
      ],
    });
    // oidc-provider reads the time by itself.
    vi.useFakeTimers({ toFake: ['Date'], now: sallyport.clock.now() });
    for (const name of ['ann', 'bea', 'cat', 'dot', 'eli'])
      await personWithDuo(sallyport, name, { groups: ['pilots'] });
    await personWithDuo(sallyport, 'clerk');
    await sallyport.person('plain');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await sallyport.close();
  });

  const at = async (path: string | null) => new Browser(sallyport.app).visit(path ?? expect.fail());
  const sentTo = (name: string) =>
    [...sallyport.tenant.transactions.values()].filter(({ user }) => user.name === name).length;
  /** What the application hears. */
  const heard = ({ response }: Browser): URLSearchParams => {
    const to = String(response.headers.location ?? '');
    return to.startsWith('https://desk.example') ? new URL(to).searchParams : new URLSearchParams();
  };

  test('by a signed request or a pushed one somebody goes straight to their phone, without a cookie; nothing is sent before a click', async () => {
    for (const path of [await signed(sallyport, 'ann'), await pushed(sallyport, 'ann')]) {
      const before = sentTo('ann');
      const browser = await at(path);
      expect([browser.page.querySelector('.whom')?.textContent, browser.cookies.has('__Host-passwordless')]).toEqual([
        'Aann',
        false,
      ]);
      await browser.visit(browser.url);
      expect(sentTo('ann')).toBe(before);
      await browser.press(send);
      expect(press(sallyport.tenant, 'ann', 'allow')).toBe(true);
      await browser.press('Continue');
      expect(heard(browser).has('code')).toBe(true);
    }
  });

  test('a bare parameter names nobody, and is not overlooked; a hint fills the field and binds nobody', async () => {
    expect(heard(await at(bare('ann'))).get('error')).toBe('invalid_request');
    const hinted = await at(bare(undefined, { login_hint: 'ann' }));
    expect([hinted.title, hinted.page.querySelector('#username')?.getAttribute('value')]).toEqual(['Sign in', 'ann']);
    // Nor one beside what is signed.
    const beside = await at(`${await signed(sallyport, 'ann', { claims: { named_user: undefined } })}&named_user=bea`);
    expect(beside.title).toBe('Sign in');
  });

  test('an application without the right names nobody, whatever it signs', async () => {
    const browser = await at(await signed(sallyport, 'ann', { claims: { client_id: wiki.id, iss: wiki.id } }));
    expect(heard(browser).get('error')).toBe('invalid_request');
  });

  test('what is unsigned, signed by another key or a shared secret, for another server, too late or for too long, names nobody', async () => {
    const now = Math.floor(sallyport.clock.now() / 1000);
    const { privateKey } = await generateKeyPair('ES256');
    const none = `e30.${Buffer.from(JSON.stringify({ client_id: desk.id, named_user: 'ann' })).toString('base64url')}.`;
    const forged: Record<string, string> = {
      'by another key': await signed(sallyport, 'ann', { with: privateKey }),
      'by the secret': await signed(sallyport, 'ann', { with: new TextEncoder().encode(desk.secret), alg: 'HS256' }),
      'for another server': await signed(sallyport, 'ann', { claims: { aud: 'https://elsewhere.example' } }),
      'by another issuer': await signed(sallyport, 'ann', { claims: { iss: wiki.id } }),
      'too late': await signed(sallyport, 'ann', { claims: { iat: now - 120, exp: now - 60 } }),
      'for a day': await signed(sallyport, 'ann', { claims: { exp: now + 86_400 } }),
      'for ever': await signed(sallyport, 'ann', { claims: { exp: undefined } }),
      'without an id': await signed(sallyport, 'ann', { claims: { jti: undefined } }),
      unsigned: bare('ann', { request: none.replace('e30', Buffer.from('{"alg":"none"}').toString('base64url')) }),
    };
    for (const [how, path] of Object.entries(forged)) {
      const browser = await at(path);
      expect([how, browser.url.startsWith('/sign-in/'), heard(browser).has('code')]).toEqual([how, false, false]);
      expect([how, heard(browser).get('error') ?? browser.title]).toEqual([
        how,
        expect.stringMatching(/^invalid_request|^The application sent something/),
      ]);
    }
    expect(await pushed(sallyport, 'ann', 'not the secret, but as long as it is')).toBeNull();
  });

  test('a signed request serves once, also of many at once; a pushed one gives one code', async () => {
    const path = await signed(sallyport, 'ann');
    const browsers = await Promise.all(Array.from({ length: 6 }, () => at(path)));
    expect(browsers.filter(({ url }) => url.startsWith('/sign-in/'))).toHaveLength(1);
    expect(heard(await at(path)).get('error')).toBe('invalid_request_object');
    const handed = await pushed(sallyport, 'ann');
    const browser = await at(handed);
    await browser.press(send);
    press(sallyport.tenant, 'ann', 'allow');
    await browser.press('Continue');
    expect(heard(browser).has('code')).toBe(true);
    const again = await browser.visit(handed ?? '');
    expect([again.title, heard(again).has('code')]).toEqual(['The application sent something we can’t use', false]);
  });

  test('whoever else proves themselves is not let through, and the application hears of it', async () => {
    const key = new Authenticator('http://localhost:4000', { verifies: true });
    await sallyport.person('mallory');
    const home = await signIn(new Browser(sallyport.app), 'mallory');
    await home.visit('/account/security');
    await home.press('Set up: Security key or this device');
    const options = optionsOn(home, 'security-key');
    await post(home, `${home.url}/set-up/webauthn`, { kind: 'security-key', response: key.create(options) });

    const browser = await at(await signed(sallyport, 'bea'));
    await post(browser, `${browser.url}/choose`, { method: 'webauthn' });
    await browser.visit(browser.url);
    const response = key.get(optionsOn(browser, 'any'), { userHandle: options.user.id });
    const { headers } = await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
    await browser.visit(String(headers.location));
    expect([heard(browser).get('error'), await isIn(browser)]).toEqual(['access_denied', false]);
    expect(await eventsOf(sallyport, 'mallory')).toContain('IdentitySwitch');
  });

  test('whoever says it is not them is taken back to the application, which hears no name', async () => {
    const browser = await at(await signed(sallyport, 'bea'));
    await browser.press('Not you?');
    expect([heard(browser).get('error'), heard(browser).has('code')]).toEqual(['access_denied', false]);
  });

  test('whoever else is signed in here, before or meanwhile, is nobody to it', async () => {
    const browser = await signIn(new Browser(sallyport.app), 'plain');
    expect(await isIn(browser)).toBe(true);
    await browser.visit(await signed(sallyport, 'cat'));
    expect([heard(browser).has('code'), browser.page.querySelector('.whom')?.textContent]).toEqual([false, 'Ccat']);
    const here = browser.url;
    await browser.visit('/sign-in');
    await browser.visit(here);
    expect(heard(browser).has('code')).toBe(false);
    await browser.press('Use my password instead');
    await typePassword(browser);
    await browser.press(send);
    press(sallyport.tenant, 'cat', 'allow');
    await browser.press('Continue');
    await browser.press('No, keep asking');
    expect(heard(browser).has('code')).toBe(true);
    await browser.visit('/account');
    expect(browser.text).toContain('cat');
  });

  test('unknown names, those without a phone and those who may not look alike, and no phone rings', async () => {
    const seen: unknown[] = [];
    for (const name of ['dot', 'clerk', 'plain', 'nobody-at-all']) {
      const browser = await at(await signed(sallyport, name));
      // But for the name, and its first letter beside it.
      const shown = () => browser.text.replace(`${name[0]?.toUpperCase()}${name}`, 'Xname');
      const pages = [shown()];
      await browser.press(send);
      pages.push(shown());
      await browser.press('Continue');
      seen.push([...pages, shown()]);
    }
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect([sentTo('dot'), sentTo('clerk')]).toEqual([1, 0]);
  });

  test('whoever may not go on by it alone is asked for the password, and gets in with both', async () => {
    const browser = await at(await signed(sallyport, 'clerk'));
    await browser.press('Use my password instead');
    await typePassword(browser);
    await browser.press(send);
    press(sallyport.tenant, 'clerk', 'allow');
    await browser.press('Continue');
    expect(heard(browser).has('code')).toBe(true);
  });
});
