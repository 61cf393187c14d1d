import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import {
  codeFor,
  codesShown,
  type Kept,
  secretShown,
  setUpAuthenticator,
  signIn,
  typeCode,
  typeName,
  typePassword,
} from '../support/verbs.ts';
import { Application, broughtBack, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

const mfa = 'https://refeds.org/profile/mfa';
const sfa = 'https://refeds.org/profile/sfa';
const essential = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

describe.each(kinds)('an application asks for more, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let tracker: Application;
  let kept: Kept;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    tracker = new Application(sallyport, 'tracker');
    await sallyport.person('ann');
    await sallyport.person('app');
    const browser = await signIn(sallyport.browser(), 'app');
    kept = await setUpAuthenticator(sallyport, browser);
    sallyport.pass(30_000);
  });
  afterAll(() => sallyport.close());

  const signedIn = (name = 'ann') => signIn(sallyport.browser(), name);
  async function signedInWithCode(): Promise<Browser> {
    const browser = await typeCode(await signedIn('app'), codeFor(sallyport, kept.secret));
    expect(browser.url).toBe('/account');
    sallyport.pass(30_000);
    return browser;
  }

  test.each(['"x"', '7', '[]', 'null', '{"value": 7}', '{"values": "x"}', '{"essential": "no"}'])(
    'a claim about the class that makes no sense, %s, is no wish and no fault of ours',
    async (acr) => {
      const browser = await signedIn();
      await browser.visit(await tracker.ask({ claims: `{"id_token": {"acr": ${acr}}}` }));
      const sent = String(browser.response.headers.location ?? '');
      expect([acr, browser.response.statusCode < 500, sent.includes('server_error')]).toEqual([acr, true, false]);
    },
  );
  const claimsIn = async (browser: Browser, checks = {}) => (await tracker.redeem(browser, checks)).claims();

  test('whoever is signed in goes straight through, to every application', async () => {
    const browser = await signedIn();
    await browser.visit(await tracker.ask());
    expect(await claimsIn(browser)).toMatchObject({ acr: sfa });
    const wiki = new Application(sallyport, 'wiki');
    await browser.visit(await wiki.ask({ prompt: 'none' }));
    expect((await wiki.redeem(browser)).claims()).toMatchObject({ acr: sfa, amr: ['pwd'] });
  });

  test('with prompt=none no page is ever shown', async () => {
    const nobody = await sallyport.browser().visit(await tracker.ask({ prompt: 'none' }));
    expect(errorIn(nobody)).toBe('login_required');
    const ann = await signedIn();
    await ann.visit(await tracker.ask({ prompt: 'none', claims: essential(mfa) }));
    expect(errorIn(ann)).toBe('interaction_required');
    sallyport.pass(10_000);
    await ann.visit(await tracker.ask({ prompt: 'none', max_age: '5' }));
    expect(errorIn(ann)).toBe('interaction_required');
    const vault = new Application(sallyport, 'vault');
    await ann.visit(await vault.ask({ prompt: 'none' }));
    expect(errorIn(ann)).toBe('interaction_required');
    const stranger = new Application(sallyport, 'stranger');
    await ann.visit(await stranger.ask({ prompt: 'none' }));
    expect(errorIn(ann)).toBe('consent_required');
    await ann.visit(await tracker.ask({ prompt: 'none login' }));
    expect(errorIn(ann)).toBe('invalid_request');
  });

  test('prompt=login asks again whoever has just signed in, and the time says so', async () => {
    const browser = await signedIn();
    sallyport.pass(10_000);
    await browser.visit(await tracker.ask({ prompt: 'login' }));
    expect(browser.title).toBe('Enter your password');
    await typePassword(browser);
    expect(await claimsIn(browser)).toMatchObject({ auth_time: Math.floor(sallyport.clock.now() / 1000) });
  });

  test('max_age asks again only once the proof is older', async () => {
    const browser = await signedIn();
    sallyport.pass(60_000);
    await browser.visit(await tracker.ask({ max_age: '120' }));
    const before = await claimsIn(browser, { maxAge: 120 });
    expect(before?.['auth_time']).toBe(Math.floor(sallyport.clock.now() / 1000) - 60);
    sallyport.pass(61_000);
    await browser.visit(await tracker.ask({ max_age: '120' }));
    await typePassword(browser);
    expect((await claimsIn(browser, { maxAge: 120 }))?.['auth_time']).toBe(Math.floor(sallyport.clock.now() / 1000));
    sallyport.pass(2000);
    await browser.visit(await tracker.ask({ max_age: '0' }));
    expect(browser.title).toBe('Enter your password');
  });

  test('whoever owns no second factor may set the first one up on the way to what is asked', async () => {
    await sallyport.person('new');
    const browser = await sallyport.browser().visit(await tracker.ask({ claims: essential(mfa), max_age: '300' }));
    await signIn(browser, 'new');
    await browser.press('Authenticator app');
    const secret = secretShown(browser);
    expect(secret).not.toBe('');
    await typeCode(browser, codeFor(sallyport, secret));
    expect(codesShown(browser)).toHaveLength(15);
    await browser.press('Continue', { stored: 'yes' });
    expect(await claimsIn(browser, { maxAge: 300 })).toMatchObject({ acr: mfa, amr: ['mfa', 'otp', 'pwd'] });
    sallyport.pass(60_000);
  });

  test('an old second factor is asked again when it must be young; the password may be the session’s', async () => {
    const browser = await signedInWithCode();
    sallyport.pass(600_000);
    await browser.visit(await tracker.ask({ claims: essential(mfa), max_age: '300' }));
    expect(browser.title).toBe('Enter the code from your app');
    await typeCode(browser, codeFor(sallyport, kept.secret));
    expect(await claimsIn(browser, { maxAge: 300 })).toMatchObject({
      acr: mfa,
      auth_time: Math.floor(sallyport.clock.now() / 1000),
    });
    sallyport.pass(60_000);
  });

  test('a code of this morning and a password of now are no second factor of now', async () => {
    const browser = await signedInWithCode();
    for (let halves = 0; halves < 8; halves++) {
      sallyport.pass(minutes(30));
      await browser.visit('/account');
    }
    const notices = new Application(sallyport, 'notices');
    await browser.visit(await notices.ask({ max_age: '60' }));
    await typePassword(browser);
    expect((await notices.redeem(browser, { maxAge: 60 })).claims()).toMatchObject({
      auth_time: Math.floor(sallyport.clock.now() / 1000),
    });
    await browser.visit(await tracker.ask({ claims: essential(mfa), max_age: '300' }));
    expect(browser.title).toBe('Enter the code from your app');
    await browser.visit(await tracker.ask({ claims: essential(mfa), max_age: '300', prompt: 'none' }));
    expect(errorIn(browser)).toBe('interaction_required');
    sallyport.pass(60_000);
  });

  test('acr_values raises to the highest class that this person can reach, in whatever order it is asked', async () => {
    const browser = await sallyport.browser().visit(await tracker.ask({ acr_values: `${sfa} ${mfa} phrh` }));
    await signIn(browser, 'app');
    await typeCode(browser, codeFor(sallyport, kept.secret));
    expect(await claimsIn(browser)).toMatchObject({ acr: mfa });
    await browser.visit(await tracker.ask({ acr_values: sfa }));
    expect(await claimsIn(browser)).toMatchObject({ acr: sfa });
    sallyport.pass(60_000);
  });

  test('a class nobody here can reach is never answered with a lower one when it is essential', async () => {
    const browser = await signedInWithCode();
    await browser.visit(await tracker.ask({ claims: essential('phrh') }));
    expect(errorIn(browser)).toBe('unmet_authentication_requirements');
    await browser.visit(await tracker.ask({ claims: essential('urn:of:somebody:else') }));
    expect(errorIn(browser)).toBe('unmet_authentication_requirements');
    await browser.visit(await tracker.ask({ acr_values: 'phrh' }));
    expect(await claimsIn(browser)).toMatchObject({ acr: mfa });
  });

  test('whom the policy keeps out is told so, and the application too', async () => {
    const closed = new Application(sallyport, 'closed');
    const browser = await sallyport.browser().visit(await closed.ask());
    await signIn(browser, 'ann');
    const leave = browser.page.querySelectorAll('a').find((link) => link.textContent.trim() === 'Back to Closed');
    await browser.visit(leave?.getAttribute('href') ?? '');
    expect(errorIn(browser)).toBe('access_denied');
    const known = await signedIn();
    await known.visit(await closed.ask());
    expect(errorIn(known)).toBe('access_denied');
  });

  test('what an application thinks somebody is called fills the field, and binds nobody', async () => {
    const browser = await sallyport.browser().visit(await tracker.ask({ login_hint: 'ann@example.org' }));
    expect(browser.page.querySelector('#username')?.getAttribute('value')).toBe('ann@example.org');
    await signIn(browser, 'app');
    await typeCode(browser, codeFor(sallyport, kept.secret));
    expect(broughtBack(browser)).toContain('code=');
    sallyport.pass(60_000);
  });

  test('the language an application asks for is spoken until somebody chooses one', async () => {
    const browser = await sallyport.browser().visit(await tracker.ask({ ui_locales: 'fr-CA de' }));
    expect(browser.title).toBe('Anmelden');
    const here = browser.url;
    await browser.visit(`/language/en?from=${encodeURIComponent(here)}`);
    expect(browser.title).toBe('Sign in');
  });

  test('another person signs in on the way: the application gets them, and the first one is out', async () => {
    const browser = await signedIn();
    sallyport.pass(10_000);
    await browser.visit(await tracker.ask({ prompt: 'login' }));
    await browser.press('Not you?');
    await sallyport.person('bob');
    await typeName(browser, 'bob');
    await typePassword(browser);
    const first = await claimsIn(browser);
    await browser.visit('/account');
    expect(browser.title).toContain('bob');
    await browser.visit(await tracker.ask({ prompt: 'none' }));
    expect((await claimsIn(browser))?.sub).toBe(first?.sub);
  });

  test('an application that expects somebody else is told, with no page in between', async () => {
    const ann = await signedIn();
    await ann.visit(await tracker.ask());
    const { id_token = '' } = await tracker.redeem(ann);
    await sallyport.person('eve');
    const eve = await signedIn('eve');
    for (const prompt of ['none', '']) {
      await eve.visit(await tracker.ask({ id_token_hint: id_token, ...(prompt !== '' && { prompt }) }));
      expect(errorIn(eve)).toBe('login_required');
    }
  });

  test('a link to a sign-in that somebody else began leads nowhere', async () => {
    const attacker = sallyport.browser();
    const began = await attacker.send('GET', await tracker.ask());
    const victim = await signedIn();
    const seen = await victim.visit(String(began.headers.location));
    expect(seen.response.statusCode).toBe(410);
  });

  test('a request may be pushed, and is good once', async () => {
    const parameters = await tracker.parameters();
    const pushed = await tracker.post('/oauth/par', { client_id: 'tracker', response_type: 'code', ...parameters });
    expect(pushed.status).toBe(201);
    const query = new URLSearchParams({ client_id: 'tracker', request_uri: String(pushed.body['request_uri']) });
    const browser = await sallyport.browser().visit(`/oauth/authorize?${query}`);
    await signIn(browser, 'ann');
    expect(await claimsIn(browser)).toMatchObject({ acr: sfa });
    await browser.visit(`/oauth/authorize?${query}`);
    expect(browser.response.statusCode).toBeGreaterThanOrEqual(300);
    expect(String(browser.response.headers['location'] ?? '')).not.toContain('code=');
  });
});
