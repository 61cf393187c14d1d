import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountId, findAccountByName } from '../../src/core/accounts/store.ts';
import type { Role } from '../../src/core/roles/roles.ts';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { Application, errorIn, type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { password } from '../support/open.ts';
import {
  codeFor,
  codeSentTo,
  type Kept,
  linkSentTo,
  setUpAuthenticator,
  signIn,
  typeCode,
  typeName,
  typePassword,
} from '../support/verbs.ts';
import { atOnce, isIn, letters, levelOf, post, rowsOf, waysInOf } from './tools.ts';

const policies = [
  {
    name: 'tracker',
    when: { applications: ['tracker', 'wiki'] },
    require: 'mfa',
    rememberDays: 30,
    passkeys: { offer: true },
  },
  { name: 'everybody', require: 'mfa-if-owned' },
];
type Desk = Kept & { readonly name: string; readonly home: Browser };
const typesIt = 'I have a code from the help desk';

/** D30: what the help desk reads out to whoever is without their second factor. */
describe.each(kinds)('a temporary code, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let desk: Desk;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { policies, mails: true });
  });
  // One may give out five in an hour.
  beforeEach(async () => {
    desk = await helper(`desk-${people++}`);
  });
  afterAll(() => sallyport.close());

  async function helper(name: string, role: Role = 'help-desk'): Promise<Desk> {
    await sallyport.person(name, { role });
    const home = await signIn(sallyport.browser(), name);
    return { name, home, ...(await setUpAuthenticator(sallyport, home)) };
  }
  const idOf = async (name: string): Promise<AccountId> =>
    (await findAccountByName(sallyport.house.gate.database.read, name))?.id ?? expect.fail();

  /** Somebody with an authenticator app that lies at home today. */
  async function person(): Promise<Kept & { name: string }> {
    const name = `caller-${people++}`;
    await sallyport.person(name);
    const kept = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), name));
    sallyport.pass(minutes(1));
    return { ...kept, name };
  }

  const pathOf = async (name: string) => `/admin/people/${await idOf(name)}/code`;
  /** Whoever helps proves that it is they, where that was minutes ago. */
  async function at(name: string, { home, secret }: Desk): Promise<string> {
    const path = await pathOf(name);
    sallyport.pass(30_000);
    const { headers } = await post(await home.visit('/account'), `${path}/number`, {});
    if (headers.location?.startsWith('/sign-in')) {
      await typeCode(await home.visit(String(headers.location)), codeFor(sallyport, secret));
      await post(home, `${path}/number`, {});
    }
    return path;
  }
  async function ask(name: string, by = desk): Promise<string> {
    await at(name, by);
    return codeSentTo(sallyport, `${name}@example.org`);
  }
  async function give(name: string, number: string, by = desk): Promise<string | null> {
    await by.home.visit(await pathOf(name));
    await by.home.press('Show the code', { number, reason: 'left the phone at home' });
    return by.home.page.querySelector('.spoken')?.textContent?.replace(' ', '') ?? null;
  }
  const given = async (name: string, by = desk) => (await give(name, await ask(name, by), by)) ?? expect.fail();

  /** At Tracker, as far as the second factor. */
  async function asked(name: string, more: Record<string, string> = {}, id = 'tracker', browser = sallyport.browser()) {
    const tracker = new Application(sallyport, id);
    await browser.visit(await tracker.ask(more));
    await typeName(browser, name);
    await typePassword(browser);
    return { browser, tracker };
  }
  const type = async (browser: Browser, code: string) => {
    expect(browser.text).toContain(typesIt);
    await browser.visit(`${browser.url}/temporary-code`);
    return browser.press('Continue', { code });
  };

  test('lets in once whoever reads their mail and knows their password, on one factor', async () => {
    const { name } = await person();
    const code = await given(name);
    const { browser, tracker } = await asked(name);
    await type(browser, code);
    const claims = (await tracker.redeem(browser)).claims();
    expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    expect(await letters(sallyport, `${name}@example.org`)).toContain(
      'A temporary code was given out for you: stop it if you did not call',
    );
    const again = await asked(name);
    expect(again.browser.text).not.toContain(typesIt);
    await again.browser.visit(`${again.browser.url}/temporary-code`);
    expect(again.browser.title).toBe('Enter the code from your app');
  });

  test('opens other applications in the same session for its hour, and nothing that asks for more', async () => {
    const { name } = await person();
    const { browser, tracker } = await asked(name);
    const code = await given(name);
    await browser.visit(browser.url);
    await type(browser, code);
    await tracker.redeem(browser);
    const wiki = new Application(sallyport, 'wiki');
    await browser.visit(await wiki.ask({ prompt: 'none' }));
    expect((await wiki.redeem(browser)).claims()).toMatchObject({ amr: ['pwd'] });
    const mfa = JSON.stringify({ id_token: { acr: { essential: true, values: ['https://refeds.org/profile/mfa'] } } });
    for (const more of [{ claims: mfa }, { max_age: '1' }])
      expect(await refused(browser, tracker, { ...more, prompt: 'none' })).toBe('interaction_required');
    expect((await browser.send('GET', '/account')).headers.location).toMatch(/^\/sign-in\//);
    sallyport.pass(hours(1));
    expect(await refused(browser, wiki, { prompt: 'none' })).toBe('interaction_required');
  });
  async function refused(browser: Browser, application: Application, more: Record<string, string>) {
    sallyport.pass(2000);
    await browser.visit(await application.ask(more));
    return errorIn(browser);
  }

  test('is no use alone, on one’s own pages, to somebody else, an hour later, or wrong', async () => {
    const [{ name }, { name: other }] = [await person(), await person()];
    const code = await given(name);
    const wrong = code === '00000000' ? '11111111' : '00000000';
    const nobody = sallyport.browser();
    await nobody.visit(await new Application(sallyport, 'tracker').ask());
    await typeName(nobody, name);
    await post(nobody, `${nobody.url}/temporary-code`, { code });
    expect(nobody.title).toBe('Enter your password');
    const own = await signIn(sallyport.browser(), name);
    await post(own, `${own.url}/temporary-code`, { code });
    expect(await isIn(own)).toBe(false);
    const stranger = await asked(other);
    await post(stranger.browser, `${stranger.browser.url}/temporary-code`, { code });
    expect(await isThrough(stranger.browser)).toBe(false);
    const { browser } = await asked(name);
    expect((await type(browser, wrong)).text).toContain('That is not the code');
    sallyport.pass(hours(1));
    const late = await asked(name);
    await post(late.browser, `${late.browser.url}/temporary-code`, { code });
    expect([await isThrough(browser), await isThrough(late.browser)]).toEqual([false, false]);
  });
  /** Has Tracker got its answer? */
  const isThrough = async (browser: Browser) => {
    const { headers } = await browser.send('GET', browser.url);
    return String(headers.location ?? '').startsWith('/oauth');
  };

  test('remembers no device, makes no passkey, and sets nothing up', async () => {
    const { name } = await person();
    const code = await given(name);
    const browser = sallyport.browser();
    await browser.visit(await new Application(sallyport, 'tracker').ask());
    await typeName(browser, name);
    // Wished already with the password.
    const { headers } = await post(browser, `${browser.url}/prove/password`, { password, remember: 'yes' });
    await browser.visit(String(headers.location));
    const before = await waysInOf(sallyport);
    await type(browser, code);
    expect(await levelOf(browser)).toBe(1);
    expect(browser.page.querySelectorAll('form[action*="/set-up/"]')).toEqual([]);
    expect(await rowsOf(sallyport, 'remembered_device')).toEqual([]);
    const after = await post(browser, '/account/security/backup-codes/set-up', {});
    expect(String(after.headers.location ?? '/sign-in')).toMatch(/^\/sign-in/);
    expect(await waysInOf(sallyport)).toBe(before);
  });

  test('typed by ten at once lets in one', async () => {
    const { name } = await person();
    const code = await given(name);
    const all = await Promise.all(Array.from({ length: 10 }, () => asked(name)));
    await atOnce(10, (n) => post(all[n]?.browser ?? expect.fail(), `${all[n]?.browser.url}/temporary-code`, { code }));
    const in_ = await Promise.all(all.map(async ({ browser }) => (await levelOf(browser)) > 0));
    expect(in_.filter(Boolean)).toHaveLength(1);
  });

  test('is guessed no more often than any second factor', async () => {
    const { name } = await person();
    const code = await given(name);
    const { browser } = await asked(name);
    await browser.visit(`${browser.url}/temporary-code`);
    for (let n = 0; n < 6; n++) await browser.press('Continue', { code: code === '00000000' ? '1' : '00000000' });
    await browser.press('Continue', { code });
    expect(browser.text).toContain('Too many wrong codes');
    expect(await letters(sallyport, `${name}@example.org`)).toContain('Wrong codes');
  });

  test('comes of the number that the caller reads back, in three tries and ten minutes, to whoever asked for it', async () => {
    const { name } = await person();
    const number = await ask(name);
    const wrong = number === '000000' ? '111111' : '000000';
    const other = await helper('other-desk');
    expect(await give(name, number, other).catch(() => null)).toBeNull();
    await post(other.home, await pathOf(name), { number, reason: 'mine now' });
    for (let n = 0; n < 3; n++) expect(await give(name, wrong)).toBeNull();
    await post(desk.home, await pathOf(name), { number, reason: 'a fourth try' });
    expect(await isGiven(name)).toBe(false);
    const late = await ask(name);
    sallyport.pass(minutes(10));
    await post(desk.home, await pathOf(name), { number: late, reason: 'a little late' });
    expect(await isGiven(name)).toBe(false);
  });
  const isGiven = async (name: string) => {
    const given = (await rowsOf(sallyport, 'temporary_code')).filter(({ code_hash }) => code_hash !== null);
    return given.map(({ account_id }) => account_id).includes(await idOf(name));
  };

  test('is given to nobody who has a role, nobody without a second factor, and five times an hour by one', async () => {
    const chief = await helper('chief', 'system-administrator');
    for (const whom of [desk.name, chief.name]) {
      const { statusCode } = await chief.home.send('GET', await pathOf(whom));
      expect([whom, statusCode]).toEqual([whom, 404]);
    }
    await sallyport.person('plain');
    await at('plain', chief);
    expect((await chief.home.visit(await pathOf('plain'))).text).toContain('They have no second factor');
    const busy = await helper('busy');
    const callers = [];
    for (let n = 0; n < 6; n++) callers.push((await person()).name);
    const codes = [];
    for (const name of callers) codes.push(await give(name, await ask(name, busy), busy));
    expect(codes.map((code) => code !== null)).toEqual([true, true, true, true, true, false]);
    expect(busy.home.text).toContain('as many as one may in an hour');
  });

  test('stopped by its person it serves no more, whoever it let in is out, and administrators hear of it', async () => {
    const { name } = await person();
    const code = await given(name);
    const { browser, tracker } = await asked(name);
    await type(browser, code);
    await tracker.redeem(browser);
    expect(await levelOf(browser)).toBe(1);
    const link = await linkSentTo(sallyport, `${name}@example.org`);
    const reader = sallyport.browser();
    await reader.visit(link);
    expect(await levelOf(browser)).toBe(1);
    await reader.press('Stop it');
    expect(reader.title).toBe('It is stopped');
    expect(await levelOf(browser)).toBe(0);
    expect(await letters(sallyport, 'chief@example.org')).toContain(`A temporary code for ${name} was stopped`);
    expect((await reader.visit(link)).title).toBe('Stop the temporary code?');
  });
});
