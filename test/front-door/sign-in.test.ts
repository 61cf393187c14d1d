import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, codesShown, secretShown, setUpAuthenticator, signIn, typeCode, typeName } from '../support/verbs.ts';

describe.each(kinds)('signing in, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('a password is enough for whoever has nothing else', async () => {
    await sallyport.person('ann');
    const browser = await signIn(new Browser(sallyport.app), 'ann');
    expect(browser.url).toBe('/account');
    expect(browser.title).toBe('Hello ann');
  });

  test('a wrong password says what to do, keeps the name, and lets one try again', async () => {
    await sallyport.person('bob');
    const browser = await signIn(new Browser(sallyport.app), 'bob', 'not the password of bob');
    expect(browser.wrong).toMatch(/didn’t work/);
    expect(browser.text).toContain('bob');
    await browser.press('Continue', { password: 'correct horse battery staple' });
    expect(browser.url).toBe('/account');
  });

  test('an authenticator app is set up, its codes and the backup codes let one in', async () => {
    await sallyport.person('cleo');
    const first = await signIn(new Browser(sallyport.app), 'cleo');
    const { secret, backupCodes } = await setUpAuthenticator(sallyport, first);
    expect(backupCodes).toHaveLength(15);
    expect(first.url).toBe('/account/security');

    const second = await signIn(new Browser(sallyport.app), 'cleo');
    expect(second.title).toBe('Enter the code from your app');
    await typeCode(second, codeFor(sallyport, secret));
    expect(second.url).toBe('/account');

    const third = await signIn(new Browser(sallyport.app), 'cleo');
    await third.press('Try another way');
    await third.press('Backup codes');
    await typeCode(third, backupCodes[3] ?? '');
    expect(third.url).toBe('/account');
    await third.visit('/account/security');
    expect(third.text).toContain('14 left');
  });

  test('the codes are shown until they are said to be stored, and never after', async () => {
    await sallyport.person('dora');
    const browser = await signIn(new Browser(sallyport.app), 'dora');
    await browser.visit('/account/security');
    await browser.press('Set up: Authenticator app');
    const secret = browser.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';
    await typeCode(browser, codeFor(sallyport, secret));
    const shown = codesShown(browser);
    await browser.press('Continue');
    expect(codesShown(browser)).toEqual(shown);
    await browser.press('Continue', { stored: 'yes' });
    expect(browser.url).toBe('/account/security');
    expect(codesShown(browser)).toEqual([]);
  });

  test('two tabs that open the same set-up show the same secret, and it is the one that counts', async () => {
    await sallyport.person('eli');
    const browser = await signIn(new Browser(sallyport.app), 'eli');
    await browser.visit('/account/security');
    const form = browser.page.querySelector('form[action$="/totp/set-up"]');
    const token = form?.querySelector('input')?.getAttribute('value') ?? '';
    const begun = await browser.send(
      'POST',
      '/account/security/totp/set-up',
      new URLSearchParams({ _csrf: token }).toString(),
    );
    const page = String(begun.headers.location);
    const tabs = await Promise.all(Array.from({ length: 4 }, () => browser.send('GET', page)));
    tabs.push(await browser.send('GET', page));
    const shown = tabs.filter(({ statusCode }) => statusCode === 200);
    const secrets = new Set(shown.map(({ body }) => /class="secret"[^>]*>([A-Z2-7 ]+)</.exec(body)?.[1]));
    expect(secrets.size).toBe(1);
    await browser.visit(page);
    await typeCode(browser, codeFor(sallyport, secretShown(browser)));
    expect(codesShown(browser)).toHaveLength(15);
  });

  test('a name nobody has is asked for its password like any other', async () => {
    const browser = await typeName(new Browser(sallyport.app), 'nobody-at-all');
    expect(browser.title).toBe('Enter your password');
    await browser.press('Continue', { password: 'anything at all, really' });
    expect(browser.wrong).toMatch(/didn’t work/);
  });
});
