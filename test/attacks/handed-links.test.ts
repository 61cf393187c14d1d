import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountId, findAccountByName } from '../../src/core/accounts/store.ts';
import { hours, minutes } from '../../src/kernel/clock.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, codeSentTo, linkSentTo, secretShown, signIn, typeCode, typePassword } from '../support/verbs.ts';
import { halfway, isIn, letters, owner, post, rowsOf, waysInOf } from './tools.ts';

const chosen = 'seven quiet herons at dusk';

/** What whoever runs the house hands to somebody, to set something up. */
describe.each(kinds)('a link that is handed to somebody, on %s', (kind) => {
  let sallyport: Sallyport;
  let home: Browser;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { policies: [{ name: 'everybody', require: 'mfa-if-owned' }] });
  });
  // What is done for others is proven minutes ago.
  beforeEach(async () => {
    home = (await owner(sallyport, `adam-${people++}`, { role: 'administrator' })).home;
  });
  afterAll(() => sallyport.close());

  const idOf = async (name: string): Promise<AccountId> =>
    (await findAccountByName(sallyport.house.gate.database.read, name))?.id ?? expect.fail();
  async function linkFor(name: string, method: string): Promise<string | null> {
    await home.visit(`/admin/people/${await idOf(name)}/link`);
    await home.press('Make the link', { method, reason: 'lost the phone' });
    const link = home.page.querySelector('.secret')?.textContent ?? null;
    return link === null ? null : new URL(link).pathname;
  }
  const begun = async (link: string) => (await home.another().visit(link)).press('Begin');

  test('to another way asks for the password, whatever else is owned, and sets up that one alone', async () => {
    const { home: away } = await owner(sallyport, 'ann');
    const link = (await linkFor('ann', 'totp')) ?? expect.fail();
    const browser = await begun(link);
    expect(browser.title).toBe('Enter your password');
    await typePassword(browser);
    await browser.press('Begin');
    const secret = secretShown(browser);
    await typeCode(browser, codeFor(sallyport, secret));
    expect([browser.title, await isIn(browser), await isIn(away)]).toEqual(['That is done', false, false]);
    sallyport.clock.pass(30_000);
    expect(await isIn(await typeCode(await halfway(sallyport, 'ann'), codeFor(sallyport, secret)))).toBe(true);
    expect(await letters(sallyport, 'ann@example.org')).toEqual(
      expect.arrayContaining(['A way to sign in was added', 'A link to set up your sign-in was made']),
    );
    expect((await home.another().visit(link)).response.statusCode).toBe(200);
    expect((await begun(link)).response.statusCode).toBe(410);
  });

  test('is nothing without the password: whoever found it sets nothing up, and is nowhere in', async () => {
    await sallyport.person('ben');
    const link = (await linkFor('ben', 'totp')) ?? expect.fail();
    const before = await waysInOf(sallyport);
    const thief = await begun(link);
    await typePassword(thief, 'a guess of a thief');
    for (const to of ['set-up/totp', 'continue', 'wait', 'prove/totp']) {
      const { headers } = await post(thief, `${thief.url}/${to}`, to === 'set-up/totp' ? { code: '123456' } : {});
      expect([to, headers.location]).not.toEqual([to, expect.stringMatching(/^\/set-up\//)]);
      expect([to, await isIn(thief)]).toEqual([to, false]);
    }
    expect((await thief.visit(`/set-up/${link.split('/').at(-1)}`)).response.statusCode).toBe(410);
    expect(await waysInOf(sallyport)).toBe(before);
  });

  test('serves for a day, and not once another one was made, or what it would open is shut', async () => {
    await sallyport.person('cleo');
    const first = (await linkFor('cleo', 'totp')) ?? expect.fail();
    const second = (await linkFor('cleo', 'totp')) ?? expect.fail();
    expect((await begun(first)).response.statusCode).toBe(410);
    await home.visit(`/admin/people/${await idOf('cleo')}/sign-out`);
    await home.press('Sign out everywhere', { reason: 'to be sure' });
    expect((await begun(second)).title).toBe('Enter your password');
    expect((await begun(second)).response.statusCode).toBe(410);
    const third = (await linkFor('cleo', 'totp')) ?? expect.fail();
    sallyport.clock.pass(hours(24));
    expect((await begun(third)).response.statusCode).toBe(410);
  });

  test('to another password, and a temporary code besides, take two people', async () => {
    await owner(sallyport, 'dora');
    sallyport.clock.pass(minutes(1));
    expect(await linkFor('dora', 'password')).toMatch(/^\/set-up\//);
    const code = `/admin/people/${await idOf('dora')}/code`;
    await home.visit(code);
    await home.press('Send the number');
    await home.press('Show the code', {
      number: await codeSentTo(sallyport, 'dora@example.org'),
      reason: 'lost everything',
    });
    expect(home.text).toContain('The code has to come from somebody else');
    const { home: other } = await owner(sallyport, `other-${people}`, { role: 'administrator' });
    await other.visit(code);
    await other.press('Send the number');
    await other.press('Show the code', {
      number: await codeSentTo(sallyport, 'dora@example.org'),
      reason: 'she called',
    });
    expect(other.title).toBe('Read it to them');
    home = other;
    expect(await linkFor('dora', 'password')).toBeNull();
    expect(home.text).toContain('has to come from somebody else');
    expect(await linkFor('dora', 'totp')).toMatch(/^\/enrol\//);
  });

  test('is made for nobody who has a role, and by nobody who may only help', async () => {
    await sallyport.person('eve', { role: 'auditor' });
    const { home: chief } = await owner(sallyport, `chief-${people}`, { role: 'system-administrator' });
    for (const one of [home, chief])
      expect((await one.send('GET', `/admin/people/${await idOf('eve')}/link`)).statusCode).toBe(404);
    await sallyport.person('finn');
    const { home: desk } = await owner(sallyport, `desk-${people}`, { role: 'help-desk' });
    for (const path of [`/admin/people/${await idOf('finn')}/link`, '/admin/people/add'])
      expect((await desk.send('GET', path)).statusCode).toBe(404);
  });

  test('comes to whoever is added by mail; of the same name or address there is one', async () => {
    const typed = { username: 'gina', email: 'gina@example.org', name: 'Gina', groups: 'staff, staff ,pilots' };
    const add = async (more: Record<string, string>) => {
      await home.visit('/admin/people/add');
      return home.press('Add', { ...typed, reason: 'starts on Monday', ...more });
    };
    expect((await add({ username: 'two words' })).text).toContain('no spaces');
    expect(home.page.querySelector('#name')?.getAttribute('value')).toBe('Gina');
    expect((await add({ reason: '' })).text).toContain('Say in a few words why');
    expect((await add({})).title).toBe('Hand it over');
    expect((await add({})).text).toContain('Somebody has this user name or this address already');
    const row = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'gina');
    expect(row).toMatchObject({ email: 'gina@example.org', role: null });
    const gina = await begun(await linkSentTo(sallyport, 'gina@example.org'));
    await gina.press('Save password', { password: chosen });
    expect((await signIn(home.another(), 'gina', chosen)).url).toBe('/account');
  });
});
