import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveDisabled } from '../../src/core/accounts/store.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn, typeName } from '../support/verbs.ts';
import { costOf, isIn, letters, post } from './tools.ts';

const wrong = 'not the password of anybody';
const right = 'correct horse battery staple';

describe.each(kinds)('whoever does not get in, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { guessing: { accounts: 30 } });
    const { gate } = sallyport.house;
    for (const name of ['mistyper', 'locked']) await sallyport.person(name);
    const disabled = await sallyport.person('disabled');
    const blank = await sallyport.person('no-password');
    await gate.database.transaction(async (tx) => {
      await saveDisabled(tx, disabled, gate.clock.now());
      await gate.methods.get('password')?.remove(tx, blank, 'all');
    });
    for (let n = 0; n < 10; n++) await signIn(new Browser(sallyport.app), 'locked', wrong);
    // The first guess at an account looks whether guessing is spread over many: that is compared apart.
    for (const name of ['mistyper', 'nobody-of-that-name', 'disabled', 'no-password'])
      await signIn(new Browser(sallyport.app), name, wrong);
  });
  afterAll(() => sallyport.close());

  /** What an answer cost and what it looked like. */
  async function seen(name: string, password: string) {
    const browser = await typeName(new Browser(sallyport.app), name);
    const { answer, ...cost } = await costOf(sallyport, () =>
      post(browser, `${browser.url}/prove/password`, { password }),
    );
    const headers = Object.keys(answer.headers).sort();
    await browser.visit(browser.url);
    const nameless = (text: string) =>
      text
        .replaceAll(name, 'NAME')
        .replaceAll(/[\w-]{22,}/g, 'RANDOM')
        .replaceAll(/>[A-Z]<\/span>/g, '>N</span>');
    return {
      ...cost,
      status: answer.statusCode,
      headers,
      cookies: [...browser.cookies.keys()],
      page: nameless(browser.response.body),
    };
  }

  test.each([
    ['nobody-of-that-name', wrong],
    ['locked', wrong],
    ['locked', right],
    ['disabled', wrong],
    ['disabled', right],
    ['no-password', wrong],
  ])('D10, D14: %s, "%s", looks and costs like a wrong password', async (name, password) => {
    expect(await seen(name, password)).toEqual(await seen('mistyper', wrong));
    sallyport.clock.pass(1);
  });

  test('D14: so does the first guess at a name that nobody has', async () => {
    await sallyport.person('newcomer');
    expect(await seen('no-newcomer', wrong)).toEqual(await seen('newcomer', wrong));
  });

  test('D10: strangers who guess do not shut out a browser that signed in before', async () => {
    await sallyport.person('ann');
    const home = await signIn(new Browser(sallyport.app), 'ann');
    await home.visit('/account');
    await post(home, '/account/sign-out', {});
    for (let n = 0; n < 10; n++) await signIn(new Browser(sallyport.app), 'ann', wrong);
    expect(await isIn(await signIn(new Browser(sallyport.app), 'ann'))).toBe(false);
    home.url = '/';
    expect(await isIn(await signIn(home, 'ann'))).toBe(true);
  });

  test('a few guesses at each of many accounts raise one alarm, and administrators hear of it', async () => {
    await sallyport.person('chief', { role: 'system-administrator' });
    for (let n = 0; n < 32; n++) {
      await sallyport.person(`victim-${n}`);
      await signIn(new Browser(sallyport.app), `victim-${n}`, wrong);
    }
    const told = await letters(sallyport, 'chief@example.org');
    expect(told).toEqual(['Somebody is guessing passwords']);
  });
});
