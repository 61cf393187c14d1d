import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askToRemove, atOnce, isIn, type KeyOptions, optionsOn, post, rowsOf } from '../attacks/tools.ts';
import { androidAnswer } from '../support/android-key.ts';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { codeFor, secretShown, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

const origin = 'http://localhost:4000';
const methods = { second: ['webauthn', 'totp'] };
/** One application takes two proofs of everybody; nothing else asks for more than a person protects themselves with. */
const policies = [
  { name: 'accounts', when: { applications: ['accounts'] }, require: 'mfa', methods },
  { name: 'everybody', require: 'mfa-if-owned', methods },
];

describe.each(kinds)('one’s own ways to sign in, on %s', (kind) => {
  let [sallyport, relaxed] = [] as unknown as [Sallyport, Sallyport];
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { policies });
    relaxed = await openSallyport(kind, { policies: [{ name: 'everybody', require: 'sfa', methods }] });
  });
  afterAll(() => Promise.all([sallyport, relaxed].map((house) => house.close())));

  async function newcomer(name: string, house = sallyport): Promise<Browser> {
    await house.person(name);
    return signIn(new Browser(house.app), name);
  }

  /** Sets up another app, after a code of one they have. @returns its secret */
  async function addApp(home: Browser, secret: string): Promise<string> {
    await home.visit('/account/security');
    await home.press('Register new: Authenticator app');
    if (secretShown(home) === '') await typeCode(home, codeFor(sallyport, secret));
    const added = secretShown(home);
    await typeCode(home, codeFor(sallyport, added));
    sallyport.clock.pass(30_000);
    return added;
  }
  async function addKey(home: Browser, answer: (options: KeyOptions) => string | Promise<string>): Promise<void> {
    await home.visit('/account/security');
    await home.press('Set up: Security key or this device');
    const response = await answer(optionsOn(home, 'security-key'));
    const { headers } = await post(home, `${home.url}/set-up/webauthn`, { kind: 'security-key', response });
    await home.visit(String(headers.location ?? home.url));
  }
  const removalsOn = async (home: Browser): Promise<readonly string[]> => {
    await home.visit('/account/security');
    const links = home.page.querySelectorAll('a[href*="/remove/"]');
    return links.map((link) => link.getAttribute('href') ?? '');
  };
  const apps = async () => (await rowsOf(sallyport, 'totp')).length;

  test('several apps each sign in, have names, and go one by one', async () => {
    const home = await newcomer('ann');
    const { secret: phone } = await setUpAuthenticator(sallyport, home);
    const tablet = await addApp(home, phone);
    for (const secret of [phone, tablet]) {
      const browser = await signIn(new Browser(sallyport.app), 'ann');
      await typeCode(browser, codeFor(sallyport, secret));
      expect(await isIn(browser)).toBe(true);
      sallyport.clock.pass(30_000);
    }
    await home.visit('/account/security');
    const [first] = home.page.querySelectorAll('a[href*="/rename/"]');
    await home.visit(first?.getAttribute('href') ?? '');
    await home.press('Save', { label: 'The old phone' });
    expect(home.text).toContain('The old phone');
    const [theOld] = await removalsOn(home);
    await home.visit(theOld ?? '');
    expect(home.title).toBe('Remove The old phone?');
    await home.press('Remove');
    expect(home.title).toBe('Ways to sign in');
    expect(home.text).not.toContain('The old phone');
    expect(await removalsOn(home)).toHaveLength(1);
  });

  test('a key is called by its model until its owner calls it otherwise, and nobody asks for a name', async () => {
    const home = await newcomer('bea');
    const yubikey = new Authenticator(origin, { aaguid: '2fc0579f-8113-47ea-b116-bb5a8db9202a' });
    await addKey(home, (options) => yubikey.create(options));
    await home.press('Continue', { stored: 'yes' });
    expect(home.title).toBe('Ways to sign in');
    expect(home.text).toContain('YubiKey 5 Series with NFC');
    const link = home.page.querySelector('a[href*="/rename/"]');
    await home.visit(link?.getAttribute('href') ?? '');
    await home.press('Save', { label: 'On my keyring' });
    expect(home.text).toContain('On my keyring');
    expect(home.text).not.toContain('YubiKey 5 Series with NFC');
  });

  test('a key that is vouched for in a way that is not read here is refused, and its owner is told', async () => {
    const home = await newcomer('ben');
    await addKey(home, (options) => androidAnswer(origin, options));
    expect(home.wrong).toBe('This key or device is not accepted here. Take another one, or another way.');
    await home.visit('/account/security');
    expect(home.text).not.toContain('Register new: Security key');
  });

  test('the last that some rule asks for stays, and the page says why and what to do first', async () => {
    const home = await newcomer('cleo');
    await setUpAuthenticator(sallyport, home);
    const [last = ''] = await removalsOn(home);
    await home.visit(last);
    expect(home.text).toContain('Your organisation asks for a second way to sign in');
    expect(home.text).toContain('Set up another one first');
    expect(home.text).not.toContain('It will no longer let you in.');
    const before = await apps();
    await askToRemove(home);
    expect(home.url).toBe(last);
    expect(await apps()).toBe(before);
  });

  test('of two that are taken away in the same instant, one stays', async () => {
    const home = await newcomer('dora');
    const { secret } = await setUpAuthenticator(sallyport, home);
    await addApp(home, secret);
    const both = await removalsOn(home);
    expect(both).toHaveLength(2);
    await atOnce(2, (n) => post(home, both[n] ?? '', {}));
    expect(await removalsOn(home)).toHaveLength(1);
  });

  test('setting up is open to everybody, also where no rule asks for it: after the password, typed again', async () => {
    const home = await newcomer('eve', relaxed);
    relaxed.clock.pass(6 * 60_000);
    await home.visit('/account/security');
    await home.press('Set up: Authenticator app');
    expect(home.title).toBe('Enter your password');
    await home.press('Continue', { password });
    await typeCode(home, codeFor(relaxed, secretShown(home)));
    await home.press('Continue', { stored: 'yes' });
    expect(home.title).toBe('Ways to sign in');
    expect(await rowsOf(relaxed, 'totp')).toHaveLength(1);
  });
});
