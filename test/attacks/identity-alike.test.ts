import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveDisabled } from '../../src/core/accounts/store.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { ShopPage, shops } from '../support/shop-page.ts';
import { costOf } from './tools.ts';

const wrong = 'not the password of anybody';
const right = 'correct horse battery staple';

describe.each(kinds)('whoever does not get in by an application, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, shops);
    const { gate } = sallyport.house;
    await sallyport.person('mistyper');
    const disabled = await sallyport.person('disabled');
    await gate.database.transaction((tx) => saveDisabled(tx, disabled, gate.clock.now()));
    // The first guess at an account looks whether guessing is spread over many: that is compared apart.
    for (const name of ['mistyper', 'disabled', 'nobody']) await seen(name, wrong);
  });
  afterAll(() => sallyport.close());

  async function seen(name: string, password: string) {
    const at = { issuer: 'http://localhost:4000', browser: () => new Browser(sallyport.app) };
    const page = new ShopPage(at);
    const { answer, ...cost } = await costOf(sallyport, () => page.login(name, password));
    return { ...answer, ...cost, cookies: [...page.browser.cookies.keys()] };
  }

  test.each([
    ['nobody', wrong],
    ['disabled', wrong],
    ['disabled', right],
  ])('D10, D14: %s, "%s", looks and costs like a wrong password', async (name, password) => {
    expect(await seen(name, password)).toEqual(await seen('mistyper', wrong));
  });
});
