import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { policyDocument } from '../../src/core/policies/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { host } from '../../src/proving/people.ts';
import { applyPolicy } from '../../src/proving/policies.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { regroup } from '../support/passwordless.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { Application, codeIn, type OidcSallyport, openOidcSallyport } from './support.ts';

const everybody = (require: string, more = {}) => [{ name: 'everybody', require, ...more }];
const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe.each(kinds)('the policy is asked again of what an application holds, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let tracker: Application;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    tracker = new Application(sallyport, 'tracker');
  });
  beforeEach(() => rule(everybody('mfa-if-owned', { rememberDays: 30 })));
  afterAll(() => sallyport.close());

  async function rule(policies: readonly object[]): Promise<void> {
    const { gate } = sallyport.house;
    const after = await findLatest(gate.database.read);
    const policy = policyDocument.parse({ policies });
    expect((await applyPolicy(gate, host, { policy, after })).is).toBe('applied');
  }

  /** Somebody new with a password, signed in on their own pages. */
  async function somebody(groups: readonly string[] = []): Promise<{ name: string; browser: Browser }> {
    people += 1;
    const name = `person-${people}`;
    await sallyport.person(name, { groups });
    return { name, browser: await signIn(sallyport.browser(), name) };
  }
  async function given(browser: Browser): Promise<{ access: string; refresh: string }> {
    await browser.visit(await tracker.ask(offline));
    const { access_token, refresh_token = '' } = await tracker.redeem(browser);
    return { access: access_token, refresh: refresh_token };
  }
  const refreshed = (token: string) =>
    tracker.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: token });
  const active = async (token: string) => (await tracker.post('/oauth/introspect', { token })).body['active'];

  async function isWorth(one: { access: string; refresh: string }, worth: boolean): Promise<void> {
    expect([await active(one.access), await active(one.refresh)]).toEqual([worth, worth]);
    const { status, body } = await refreshed(one.refresh);
    expect([status, body['error']]).toEqual(worth ? [200, undefined] : [400, 'invalid_grant']);
  }

  test.each(['deny', 'mfa', 'phr'])('once the rule says %s, a password alone refreshes nothing', async (require) => {
    const held = await given((await somebody()).browser);
    expect(await active(held.access)).toBe(true);
    const groups = ['administrators'];
    await rule([{ name: 'keepers', when: { groups }, require: 'mfa-if-owned' }, ...everybody(require)]);
    await isWorth(held, false);
  });

  test('whoever leaves the group that let them in leaves what they allowed with it', async () => {
    await rule([
      { name: 'staff', when: { groups: ['staff'] }, require: 'sfa' },
      { name: 'others', when: { applications: ['tracker'] }, require: 'deny' },
      ...everybody('sfa'),
    ]);
    const { name, browser } = await somebody(['staff']);
    const held = await given(browser);
    await browser.visit(await tracker.ask(offline));
    const code = codeIn(browser);
    await regroup(sallyport, name, []);
    expect((await tracker.redeemByHand(code)).body['error']).toBe('invalid_grant');
    await isWorth(held, false);
  });

  test('a rule for a network asks where the person stood, not the application', async () => {
    const held = await given((await somebody()).browser);
    await rule([{ name: 'elsewhere', when: { networks: ['192.0.2.0/24'] }, require: 'mfa' }, ...everybody('sfa')]);
    expect(await active(held.access)).toBe(true);
    await rule([{ name: 'here', when: { networks: ['127.0.0.0/8'] }, require: 'mfa' }, ...everybody('sfa')]);
    await isWorth(held, false);
  });

  test('whoever proved two factors goes on when two are asked, and not when a key is', async () => {
    const { name, browser } = await somebody();
    const { secret } = await setUpAuthenticator(sallyport, browser);
    const held = await given(await typeCode(await signIn(sallyport.browser(), name), codeFor(sallyport, secret)));
    await rule(everybody('mfa'));
    expect(await active(held.access)).toBe(true);
    await rule(everybody('phr'));
    await isWorth(held, false);
  });

  test('what somebody sets up afterwards is not asked of what they gave before, what they owned then is', async () => {
    const { browser } = await somebody();
    const before = await given(browser);
    sallyport.pass(1000);
    await setUpAuthenticator(sallyport, browser);
    await isWorth(before, true);

    await rule(everybody('sfa'));
    const { name, browser: other } = await somebody();
    await setUpAuthenticator(sallyport, other);
    sallyport.pass(1000);
    const weak = await given(await signIn(sallyport.browser(), name));
    await rule(everybody('mfa-if-owned'));
    await isWorth(weak, false);
  });

  test('a device that is remembered excuses what is refreshed as well', async () => {
    const { name, browser: home } = await somebody();
    const { secret } = await setUpAuthenticator(sallyport, home);
    const browser = sallyport.browser();
    await browser.visit(await tracker.ask());
    await signIn(browser, name);
    await browser.press('Continue', { code: codeFor(sallyport, secret), remember: 'yes' });
    browser.cookies.delete('__Host-session');
    await browser.visit(await tracker.ask(offline));
    await signIn(browser, name);
    const { access_token: access, refresh_token: refresh = '' } = await tracker.redeem(browser);
    await isWorth({ access, refresh }, true);
  });
});
