import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode, typePassword } from '../support/verbs.ts';

describe.each(kinds)('changing a password, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const chosen = 'four quiet ponies on a hill';

  test('takes the old one and everything else that is owned, and signs out everywhere else', async () => {
    await sallyport.person('ann');
    const elsewhere = await signIn(new Browser(sallyport.app), 'ann');
    const here = await signIn(new Browser(sallyport.app), 'ann');
    const { secret } = await setUpAuthenticator(sallyport, here);

    await here.visit('/account/security');
    await here.press('Change');
    expect(here.title).toBe('Enter your password');
    await typePassword(here);
    await typeCode(here, codeFor(sallyport, secret));
    await here.press('Save password', { password: chosen });
    expect(here.url).toBe('/account/security');

    await elsewhere.visit('/account');
    expect(elsewhere.url).toMatch(/^\/sign-in\//);
    expect((await signIn(new Browser(sallyport.app), 'ann')).wrong).toMatch(/didn’t work/);
    expect((await signIn(new Browser(sallyport.app), 'ann', chosen)).title).toBe('Enter the code from your app');
  });

  test.each([
    ['too short', 'short words', /too short/],
    ['one that everybody tries', 'passwordpassword', /tried first|too short|easily guessed/],
    ['close to the person’s name', 'bobby-bobby-bob', /easily guessed|too short/],
  ])('a new one that is %s is refused with the reason', async (_, weak, reason) => {
    const name = `bobby-${weak.length}-${kind}`;
    await sallyport.person(name);
    const browser = await signIn(new Browser(sallyport.app), name);
    await browser.visit('/account/security');
    await browser.press('Change');
    await typePassword(browser);
    await browser.press('Save password', { password: weak });
    expect(browser.text).toMatch(reason);
    expect((await signIn(new Browser(sallyport.app), name)).url).toBe('/account');
  });
});
