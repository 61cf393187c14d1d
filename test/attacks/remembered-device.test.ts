import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { days } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, enablePerson, giveRole, resetPerson } from '../../src/proving/people.ts';
import { Application, type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { password } from '../support/open.ts';
import { codeFor, type Kept, setUpAuthenticator, signIn, typeCode, typeName, typePassword } from '../support/verbs.ts';
import { post } from './tools.ts';

const [sfa, mfa] = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa'];
const policies = [
  { name: 'careful', when: { groups: ['careful'] }, require: 'mfa-if-owned', rememberDays: 7 },
  { name: 'vault', when: { applications: ['vault'] }, require: 'mfa' },
  { name: 'everybody', require: 'mfa-if-owned', rememberDays: 30 },
];
const asksForCode = 'Enter the code from your app';

describe.each(kinds)('a device that is not asked again, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let tracker: Application;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { policies });
    tracker = new Application(sallyport, 'tracker');
  });
  afterAll(() => sallyport.close());

  interface Owner extends Kept {
    readonly name: string;
  }
  /** Somebody with an authenticator app, signed out. */
  async function owner(groups: readonly string[] = []): Promise<Owner> {
    const name = `person-${people++}`;
    await sallyport.person(name, { groups });
    const kept = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), name));
    sallyport.pass(30_000);
    return { ...kept, name };
  }
  /** To the tracker with a password; whether that was all. */
  async function withPassword(
    browser: Browser,
    { name }: Owner,
    more: Record<string, string> = {},
    typed = password,
  ): Promise<Browser> {
    browser.cookies.delete('__Host-session');
    await browser.visit(await tracker.ask(more));
    await typeName(browser, name);
    return typePassword(browser, typed);
  }
  const acrOf = async (browser: Browser) => (await tracker.redeem(browser)).claims()?.['acr'];
  const isThrough = (browser: Browser) => browser.response.headers['location'] !== undefined;
  async function remembered(one: Owner, browser = sallyport.browser()): Promise<Browser> {
    await withPassword(browser, one);
    await browser.press('Continue', { code: codeFor(sallyport, one.secret), remember: 'yes' });
    sallyport.pass(30_000);
    expect(await acrOf(browser)).toBe(mfa);
    return browser;
  }
  const cookie = (browser: Browser) => browser.cookies.get('__Host-remembered') ?? '';

  test('is let in on the password, three times in a row, and the application is told that it was one factor', async () => {
    const one = await owner();
    const browser = await remembered(one);
    for (const _ of [1, 2, 3]) {
      const before = cookie(browser);
      await withPassword(browser, one);
      expect(await acrOf(browser)).toBe(sfa);
      expect(cookie(browser)).not.toBe(before);
    }
  });

  test('is one where it was ticked, and nobody ticked it for them', async () => {
    const one = await owner();
    const browser = sallyport.browser();
    await withPassword(browser, one);
    const box = browser.page.querySelector('[name=remember]');
    expect([box !== null, box?.hasAttribute('checked')]).toEqual([true, false]);
    await typeCode(browser, codeFor(sallyport, one.secret));
    expect(cookie(browser)).toBe('');
  });

  test('is asked all the same by an application that needs more, and on the person’s own pages', async () => {
    const one = await owner();
    const browser = await remembered(one);
    for (const more of [{ acr_values: mfa }, { max_age: '0' }, { prompt: 'login' }] as Record<string, string>[]) {
      await withPassword(browser, one, more);
      expect([more, browser.title]).toEqual([more, asksForCode]);
      expect(browser.page.querySelector('[name=remember]')).toBeNull();
    }
    browser.cookies.delete('__Host-session');
    await signIn(browser, one.name);
    expect(browser.title).toBe(asksForCode);
    const vault = new Application(sallyport, 'vault');
    browser.cookies.delete('__Host-session');
    await browser.visit(await vault.ask());
    await typeName(browser, one.name);
    await typePassword(browser);
    expect(browser.title).toBe(asksForCode);
  });

  test('is nobody else’s, of two people at one browser', async () => {
    const [ann, ben] = [await owner(), await owner()];
    const browser = await remembered(ann);
    await withPassword(browser, ben);
    expect(browser.title).toBe(asksForCode);
    await browser.press('Continue', { code: codeFor(sallyport, ben.secret), remember: 'yes' });
    for (const one of [ann, ben, ann]) expect(isThrough(await withPassword(browser, one))).toBe(true);
  });

  test('T08: is not excused from anything that is done to others', async () => {
    const one = await owner();
    const browser = await remembered(one);
    await withPassword(browser, one);
    expect(await acrOf(browser)).toBe(sfa);
    const { gate } = sallyport.house;
    await giveRole(
      gate,
      host,
      (await findAccountByName(gate.database.read, one.name))?.id ?? expect.fail(),
      'system-administrator',
    );
    for (const path of ['/admin/people', `/admin/people/${'A'.repeat(22)}`, '/admin/browser'])
      expect((await browser.send('GET', path)).headers.location).toMatch(/^\/sign-in\//);
  });

  test('T27: is forgotten by its owner, and by nobody else', async () => {
    const [ann, eve] = [await owner(), await owner()];
    const browser = await remembered(ann);
    const thief = await typeCode(await signIn(sallyport.browser(), eve.name), codeFor(sallyport, eve.secret));
    sallyport.pass(30_000);
    await thief.visit('/account/security');
    const device = cookie(browser).slice(0, 22);
    expect((await post(thief, `/account/security/devices/${device}/forget`, {})).statusCode).toBe(404);
    expect(isThrough(await withPassword(browser, ann))).toBe(true);
  });

  test('is asked again when its days are over, however often it was used, and sooner where a group says so', async () => {
    const [long, short] = [await owner(), await owner(['careful'])];
    const [browser, other] = [await remembered(long), await remembered(short)];
    sallyport.pass(days(6));
    expect(isThrough(await withPassword(other, short))).toBe(true);
    sallyport.pass(days(1.1));
    expect((await withPassword(other, short)).title).toBe(asksForCode);
    expect(isThrough(await withPassword(browser, long))).toBe(true);
    sallyport.pass(days(23));
    expect((await withPassword(browser, long)).title).toBe(asksForCode);
  });

  test('T37: does not outlive a reset, a disabled account, a new password, or being forgotten', async () => {
    const { gate } = sallyport.house;
    const accountOf = async (one: Owner) => {
      const account = await findAccountByName(gate.database.read, one.name);
      if (account === null) throw new Error('no account');
      return account;
    };
    const ends: Record<string, (one: Owner, browser: Browser) => Promise<unknown>> = {
      'a new password': async (one) => {
        const other = await typeCode(await signIn(sallyport.browser(), one.name), codeFor(sallyport, one.secret));
        sallyport.pass(30_000);
        await other.visit('/account/security');
        await other.press('Change');
        await typePassword(other);
        await typeCode(other, codeFor(sallyport, one.secret));
        sallyport.pass(30_000);
        await other.press('Save password', { password: 'four quiet ponies on a hill' });
      },
      reset: async (one) => resetPerson(gate, host, (await accountOf(one)).id, 'backup-codes'),
      disable: async (one) => {
        const { id } = await accountOf(one);
        await disablePerson(gate, host, id);
        await enablePerson(gate, host, id);
      },
      'sign out everywhere': async (one) => {
        const browser = await typeCode(await signIn(sallyport.browser(), one.name), codeFor(sallyport, one.secret));
        sallyport.pass(30_000);
        await browser.visit('/account/sessions');
        await browser.press('Sign out everywhere');
      },
      forget: async (one) => {
        const browser = await typeCode(await signIn(sallyport.browser(), one.name), codeFor(sallyport, one.secret));
        sallyport.pass(30_000);
        await browser.visit('/account/security');
        await browser.press('Forget');
      },
    };
    for (const [what, end] of Object.entries(ends)) {
      const one = await owner();
      const browser = await remembered(one);
      await end(one, browser);
      const typed = what === 'a new password' ? 'four quiet ponies on a hill' : password;
      expect([what, (await withPassword(browser, one, {}, typed)).title]).toEqual([what, asksForCode]);
    }
  });

  test('that was copied is asked again, both of it, and its owner hears of it', async () => {
    const one = await owner();
    const browser = await remembered(one);
    const thief = sallyport.browser();
    thief.cookies.set('__Host-remembered', cookie(browser));
    expect(isThrough(await withPassword(browser, one))).toBe(true);
    // Two tabs at once are no theft.
    sallyport.pass(29_000);
    const tab = sallyport.browser();
    tab.cookies.set('__Host-remembered', cookie(thief));
    expect(isThrough(await withPassword(tab, one))).toBe(true);
    sallyport.pass(31_000);
    expect((await withPassword(thief, one)).title).toBe(asksForCode);
    expect((await withPassword(browser, one)).title).toBe(asksForCode);
    const letters = (await listMessages(sallyport.house.gate, 100)).filter(
      ({ recipient }) => recipient === `${one.name}@example.org`,
    );
    expect(JSON.stringify(letters)).toContain('A remembered device was forgotten');
  });

  test('that is made up is nobody’s', async () => {
    const one = await owner();
    const real = cookie(await remembered(one));
    for (const made of ['x'.repeat(65), `${real.slice(0, 22)}${'x'.repeat(43)}`, real.slice(0, -1), `${real}.`]) {
      const other = sallyport.browser();
      other.cookies.set('__Host-remembered', made);
      expect([made, (await withPassword(other, one)).title]).toEqual([made, asksForCode]);
    }
  });
});
