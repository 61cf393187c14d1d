import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { codesAsked } from '../support/passkeys.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeSentTo, signIn } from '../support/verbs.ts';
import { isIn, optionsOn, post } from './tools.ts';

describe.each(kinds)('a passkey that waits for its code, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, codesAsked);
  });
  afterAll(() => sallyport.close());

  /** Whoever holds the password has made a passkey, and is asked for the code. */
  async function made(name: string) {
    await sallyport.person(name);
    const key = new Authenticator('http://localhost:4000', { attachment: 'platform', verifies: true });
    const browser = await signIn(new Browser(sallyport.app), name);
    const options = optionsOn(browser, 'passkey');
    const { url } = browser;
    await post(browser, `${url}/set-up/webauthn`, { kind: 'passkey', response: key.create(options) });
    await browser.visit(url);
    return { key, browser, handle: options.user.id };
  }

  async function comesBy(key: Authenticator, userHandle: string): Promise<boolean> {
    const browser = new Browser(sallyport.app);
    await browser.visit('/sign-in');
    const response = key.get(optionsOn(browser, 'any'), { userHandle });
    await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
    return isIn(browser);
  }

  test('it opens nothing, and whoever made it is not in', async () => {
    const { key, browser, handle } = await made('ann');
    expect(await isIn(browser)).toBe(false);
    expect(await comesBy(key, handle)).toBe(false);
  });

  test('the code given elsewhere, for the same person, does not confirm it', async () => {
    const { key, handle } = await made('bob');
    const other = await signIn(new Browser(sallyport.app), 'bob');
    await other.press('Not now');
    await other.press('Send code', { address: 'bob@mail.example.org' });
    await other.press('Continue', { code: await codeSentTo(sallyport, 'bob@mail.example.org') });
    expect(await isIn(other)).toBe(true);
    expect(await comesBy(key, handle)).toBe(false);
  });

  test('given where it was made, the code confirms it', async () => {
    const { key, browser, handle } = await made('cora');
    await browser.press('Send code', { address: 'cora@mail.example.org' });
    await browser.press('Continue', { code: await codeSentTo(sallyport, 'cora@mail.example.org') });
    expect(await isIn(browser)).toBe(true);
    expect(await comesBy(key, handle)).toBe(true);
  });

  test('started again, the attempt has forgotten it', async () => {
    const { key, browser, handle } = await made('dora');
    await post(browser, `${browser.url}/start-again`, {});
    await browser.visit(browser.url);
    await signIn(browser, 'dora');
    await browser.press('Not now');
    await browser.press('Send code', { address: 'dora@mail.example.org' });
    await browser.press('Continue', { code: await codeSentTo(sallyport, 'dora@mail.example.org') });
    expect(await comesBy(key, handle)).toBe(false);
  });
});
