import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountId, findAccountByName } from '../../src/core/accounts/store.ts';
import { policyDocument } from '../../src/core/policies/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { codeAt, stepAt } from '../../src/methods/totp/rules.ts';
import { base32Of, type Pattern, usual } from '../../src/otp/codes.ts';
import { host } from '../../src/proving/office.ts';
import { applyPolicy } from '../../src/proving/policies.ts';
import { Application, type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { tableOf, tokenCalled, tokens } from '../support/tokens.ts';
import { codeFor, type Kept, setUpAuthenticator, signIn, typeCode, typeName, typePassword } from '../support/verbs.ts';
import { isIn, letters, programToken, rowsOf, waysInOf } from './tools.ts';

const realms = [
  { id: 'tracker', name: 'Tracker', applications: ['tracker'] },
  { id: 'counter', name: 'Counter' },
  { id: 'vault', name: 'Vault', applications: ['vault'], ownMark: true },
];
const mfa = { id_token: { acr: { essential: true, values: ['https://refeds.org/profile/mfa'] } } };

/** S-1 to S-5: one PIN for several applications, registered with a key that an administrator sees. */
describe.each(kinds)('a PIN that is registered for somebody, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let home: Browser;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { sections: { realms }, methods: { 'hardware-token': {} }, mails: true });
  });
  // What is done for others is proven minutes ago.
  beforeEach(async () => {
    home = (await owner(`ada-${people++}`, 'system-administrator')).home;
  });
  afterAll(() => sallyport.close());

  async function owner(name: string, role?: 'administrator' | 'system-administrator') {
    await sallyport.person(name, role === undefined ? {} : { role });
    const browser = await signIn(sallyport.browser(), name);
    const kept: Kept = await setUpAuthenticator(sallyport, browser);
    sallyport.pass(30_000);
    return { ...kept, home: browser };
  }
  const somebody = async (): Promise<string> => {
    const name = `bob-${people++}`;
    await sallyport.person(name);
    return name;
  };
  const idOf = async (name: string): Promise<AccountId> =>
    (await findAccountByName(sallyport.house.gate.database.read, name))?.id ?? expect.fail();

  /** Says where and why; then stands before the key. */
  async function toTheKey(name: string, ...where: readonly string[]): Promise<void> {
    await home.visit(`/admin/people/${await idOf(name)}/pin`);
    const at = Object.fromEntries(where.map((realm) => [`at.${realm}`, 'yes']));
    await home.press('Go on to the key', { ...at, reason: 'a new phone' });
  }
  const shows = (key: string, { period, ...more }: Pattern = usual) =>
    codeAt(key, stepAt(sallyport.clock.now(), { ...more, period }), { ...more, period });
  /** With a key that is made, and the PIN that it shows. @returns the key */
  async function register(name: string, ...where: readonly string[]): Promise<string> {
    await toTheKey(name, ...where);
    await home.press('Make a key');
    const key = home.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';
    await home.press('Create user', { code: shows(key) });
    expect(home.title).toBe(`${name} is registered`);
    sallyport.pass(30_000);
    return key;
  }
  async function copy(key: string, name: string, ...where: readonly string[]): Promise<void> {
    await toTheKey(name, ...where);
    await home.press('Create user', { key, code: shows(key) });
  }

  const verify = async (realm: string, user: string, otp: string): Promise<unknown> => {
    const token = await programToken(sallyport, { name: `form-${people++}`, scopes: ['otp:verify'], realm });
    const { statusCode, body } = await sallyport.app.inject({
      method: 'POST',
      url: '/api/v1/otp/verify',
      headers: {
        host: new URL(sallyport.issuer).host,
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      payload: JSON.stringify({ user, otp }),
    });
    return statusCode === 200 ? (JSON.parse(body) as { valid: boolean }).valid : body;
  };
  const at = async (application: string, name: string, more: Record<string, string> = {}) => {
    const asking = new Application(sallyport, application);
    const browser = await sallyport.browser().visit(await asking.ask(more));
    await typeName(browser, name);
    return { asking, browser: await typePassword(browser) };
  };
  const isThrough = (browser: Browser): boolean =>
    String(browser.response.headers['location'] ?? '').startsWith('https://');

  test('takes a PIN that is right for the key at that moment: with a wrong one nothing is kept', async () => {
    const name = await somebody();
    const before = await waysInOf(sallyport);
    await toTheKey(name, 'tracker');
    await home.press('Make a key');
    const key = home.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';
    for (const code of ['000000', codeAt(key, stepAt(sallyport.clock.now()) - 5)]) {
      await home.press('Create user', { code });
      expect([home.wrong, home.page.querySelector('.secret')?.textContent.replaceAll(' ', '')]).toEqual([
        expect.stringMatching(/^This PIN is not the one/),
        key,
      ]);
    }
    expect(await waysInOf(sallyport)).toBe(before);
    await home.press('Create user', { code: shows(key) });
    expect(home.title).toBe(`${name} is registered`);
    expect(home.text).toContain('Tracker');
    expect(await letters(sallyport, `${name}@example.org`)).toContain('A PIN was registered for you');
    // Kept sealed, written down, and never shown again.
    const rows = await Promise.all(
      ['totp', 'audit', 'proof_ticket', 'outbox'].map((table) => rowsOf(sallyport, table)),
    );
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(rows[1]).toContainEqual(expect.objectContaining({ event: 'pin.registered', account_id: await idOf(name) }));
    for (const page of ['', '/pin', '/pin/done'])
      expect((await home.visit(`/admin/people/${await idOf(name)}${page}`)).response.body).not.toContain(key);
  });

  test('with the same key in a second realm, one PIN is good for both: once, wherever it is typed first', async () => {
    const name = await somebody();
    const key = await register(name, 'tracker');
    expect(await verify('counter', name, shows(key))).toBe(false);
    await copy(key, name, 'counter');
    expect(home.title).toBe(`${name} is registered`);
    sallyport.pass(30_000);
    expect(await verify('counter', name, shows(key))).toBe(true);
    const { browser } = await at('tracker', name);
    await typeCode(browser, shows(key));
    expect(browser.wrong).toMatch(/already been used/);
    sallyport.pass(30_000);
    await typeCode(browser, shows(key));
    await keepCodes(browser);
    expect(isThrough(browser)).toBe(true);
    expect(await verify('counter', name, shows(key))).toBe(false);
  });

  const keepCodes = async (browser: Browser): Promise<void> => {
    if (browser.page.querySelector('#stored') !== null) await browser.press('Continue', { stored: 'yes' });
  };

  test('says in the second form how long to wait, where both are filled in within one half-minute', async () => {
    const name = await somebody();
    await toTheKey(name, 'tracker');
    await home.press('Make a key');
    const key = home.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';
    await home.press('Create user', { code: shows(key) });
    await copy(key, name, 'counter');
    expect(home.wrong).toMatch(/^This PIN was used already\. The next one is shown in \d+ seconds\.$/);
    // A realm with a mark of its own does not wait.
    await copy(key, name, 'vault');
    expect(home.title).toBe(`${name} is registered`);
    sallyport.pass(30_000);
    const otp = shows(key);
    expect([await verify('vault', name, otp), await verify('tracker', name, otp)]).toEqual([true, true]);
    expect([await verify('vault', name, otp), await verify('tracker', name, otp)]).toEqual([false, false]);
  });

  test('in several applications at once, by one form', async () => {
    const name = await somebody();
    const key = await register(name, 'tracker', 'counter', 'vault');
    for (const realm of ['tracker', 'counter', 'vault']) {
      expect([realm, await verify(realm, name, shows(key))]).toEqual([realm, true]);
      sallyport.pass(30_000);
    }
    expect(await verify('', name, shows(key))).toBe(false);
  });

  test('is asked for at its application alone, and whoever has one of their own is asked for that elsewhere', async () => {
    const name = await somebody();
    const own = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), name));
    sallyport.pass(30_000);
    // Before anything is registered there, the one they have for all.
    const { browser: before } = await at('tracker', name);
    expect(isThrough(await typeCode(before, codeFor(sallyport, own.secret)))).toBe(true);
    sallyport.pass(30_000);
    const key = await register(name, 'tracker');
    const { browser: tracker } = await at('tracker', name);
    await typeCode(tracker, codeFor(sallyport, own.secret));
    expect([tracker.wrong, isThrough(tracker)]).toEqual([expect.stringMatching(/isn’t right/), false]);
    expect(isThrough(await typeCode(tracker, shows(key)))).toBe(true);
    sallyport.pass(30_000);
    const { browser: wiki } = await at('wiki', name);
    await typeCode(wiki, shows(key));
    expect(isThrough(wiki)).toBe(false);
    expect(isThrough(await typeCode(wiki, codeFor(sallyport, own.secret)))).toBe(true);
  });

  test('was proven elsewhere: what a session knows by another PIN does not get it past its own', async () => {
    const name = await somebody();
    const own = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), name));
    sallyport.pass(30_000);
    const key = await register(name, 'tracker');
    const there = await typeCode(await signIn(sallyport.browser(), name), codeFor(sallyport, own.secret));
    expect(await isIn(there)).toBe(true);
    sallyport.pass(30_000);
    await there.visit(await new Application(sallyport, 'tracker').ask());
    expect(there.title).toBe('Enter the code from your app');
    await typeCode(there, codeFor(sallyport, own.secret));
    expect(isThrough(there)).toBe(false);
    expect(isThrough(await typeCode(there, shows(key)))).toBe(true);
  });

  test('guards what is its person’s: whoever has the password alone gets at nothing by asking elsewhere', async () => {
    const name = await somebody();
    const key = await register(name, 'tracker');
    // Where its PIN is not taken, the password is what it was before.
    const { browser: thief } = await at('wiki', name);
    expect(isThrough(thief)).toBe(true);
    for (const page of ['/account', '/account/security']) {
      await thief.visit(page);
      expect([page, thief.title]).toEqual([page, 'Enter the code from your app']);
    }
    await typeCode(thief, '000000');
    expect(await isIn(thief)).toBe(false);
    await thief.visit(await new Application(sallyport, 'vault').ask());
    expect([thief.title, isThrough(thief)]).toEqual(['One thing is missing', false]);
    sallyport.pass(minutes(1));
    const mine = await typeCode(await signIn(sallyport.browser(), name), shows(key));
    await keepCodes(mine);
    expect(await isIn(mine)).toBe(true);
  });

  test('was seen by somebody else: it lets its person in, and is no answer to who asks for more', async () => {
    const name = await somebody();
    const key = await register(name, 'tracker');
    const { asking, browser } = await at('tracker', name);
    await typeCode(browser, shows(key));
    await keepCodes(browser);
    const claims = (await asking.redeem(browser)).claims();
    expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: expect.not.arrayContaining(['mfa']) });
    sallyport.pass(30_000);
    await browser.visit(await asking.ask({ claims: JSON.stringify(mfa) }));
    if (browser.page.querySelector('input[name=code]') !== null) await typeCode(browser, shows(key));
    expect(isThrough(browser)).toBe(false);
  });

  test('a key that somebody else has, in an app or a token, is refused, and so is what is none', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const key = await register(one, 'tracker');
    const stock = tokenCalled(`SN-${people++}`);
    await tokens(sallyport, 'import', tableOf(mkdtempSync(join(tmpdir(), 'stock-')), [stock]));
    const before = await waysInOf(sallyport);
    for (const [typed, says] of [
      [key, /^Somebody else has this key/],
      [key.toLowerCase().replace(/(.{4})/g, '$1 '), /^Somebody else has this key/],
      [stock.secret, /^Somebody else has this key/],
      ['JBSWY3DPEHPK3PXP', /^That is no key/],
      ['not a key at all!', /^That is no key/],
      ['A'.repeat(255), /^That is no key/],
    ] as const) {
      await toTheKey(other, 'counter');
      await home.press('Create user', { key: typed, code: typed === stock.secret ? shows(typed) : '123456' });
      expect([typed, home.wrong]).toEqual([typed, expect.stringMatching(says)]);
    }
    expect(await waysInOf(sallyport)).toBe(before);
  });

  test.each<[string, Pattern]>([
    ['eight digits', { ...usual, digits: 8 }],
    ['a minute and SHA-256', { ...usual, period: 60, algorithm: 'SHA256' }],
    ['SHA-512', { ...usual, algorithm: 'SHA512' }],
  ])('of a token that takes no key, with %s: its maker’s, in hexadecimal', async (_, pattern) => {
    const name = await somebody();
    const bytes = Buffer.from(`maker’s key of ${name}`.padEnd(32, '.').slice(0, 32));
    const key = base32Of(bytes);
    const fields = { digits: String(pattern.digits), period: String(pattern.period), algorithm: pattern.algorithm };
    await toTheKey(name, 'tracker');
    await home.press('Create user', { key: bytes.toString('hex'), code: shows(key, pattern), ...fields });
    expect(home.title).toBe(`${name} is registered`);
    sallyport.pass(60_000);
    const { browser } = await at('tracker', name);
    await typeCode(browser, shows(key, pattern));
    await keepCodes(browser);
    expect(isThrough(browser)).toBe(true);
  });

  test('a new one takes the place of the old, and whatever rested on that ends', async () => {
    const name = await somebody();
    const old = await register(name, 'tracker', 'counter');
    const mine = await typeCode(await signIn(sallyport.browser(), name), shows(old));
    await keepCodes(mine);
    expect(await isIn(mine)).toBe(true);
    sallyport.pass(30_000);
    const key = await register(name, 'tracker');
    expect(await isIn(mine)).toBe(false);
    expect([await verify('tracker', name, shows(old)), await verify('counter', name, shows(old))]).toEqual([
      false,
      true,
    ]);
    expect(await verify('tracker', name, shows(key))).toBe(true);
  });

  test('whoever gave a link to another password registers no PIN that day, and the other way about', async () => {
    const [one, other] = [await somebody(), await somebody()];
    await home.visit(`/admin/people/${await idOf(one)}/link`);
    await home.press('Make the link', { method: 'password', reason: 'forgotten' });
    const before = await waysInOf(sallyport);
    await toTheKey(one, 'tracker');
    await home.press('Make a key');
    const key = home.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';
    await home.press('Create user', { code: shows(key) });
    expect(home.text).toContain('A PIN besides has to be registered by somebody else');
    expect(await waysInOf(sallyport)).toBe(before);
    await register(other, 'tracker');
    await home.visit(`/admin/people/${await idOf(other)}/link`);
    await home.press('Make the link', { method: 'password', reason: 'forgotten' });
    expect(home.page.querySelector('.secret')).toBeNull();
    sallyport.pass(hours(24));
  });

  test('is registered by system administrators, by administrators where the house shares that, and by nobody for them', async () => {
    const name = await somebody();
    const { home: helper } = await owner(`abe-${people++}`, 'administrator');
    const { gate } = sallyport.house;
    const share = async (sharedWithAdministrators: boolean) => {
      const { policies } = await gate.policy(gate.database.read);
      const policy = policyDocument.parse({ policies, support: { sharedWithAdministrators } });
      expect(await applyPolicy(gate, host, { policy, after: await findLatest(gate.database.read) })).toMatchObject({
        is: 'applied',
      });
    };
    const to = `/admin/people/${await idOf(name)}/pin`;
    const answers = async () =>
      Promise.all([to, '/admin/pins'].map(async (url) => (await helper.send('GET', url)).statusCode));
    expect(await answers()).toEqual([404, 404]);
    await share(true);
    expect(await answers()).toEqual([200, 200]);
    await sallyport.person('boss', { role: 'auditor' });
    expect((await home.send('GET', `/admin/people/${await idOf('boss')}/pin`)).statusCode).toBe(404);
    await share(false);
    expect(await answers()).toEqual([404, 404]);
  });
});
