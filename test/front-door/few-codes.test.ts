import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { owner } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codesShown, signIn, typeCode } from '../support/verbs.ts';

describe.each(kinds)('the last backup codes, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  async function signInWith(name: string, code: string): Promise<Browser> {
    const browser = await signIn(new Browser(sallyport.app), name);
    await browser.press('Try another way');
    await browser.press('Backup codes');
    return typeCode(browser, code);
  }
  const onwards = (browser: Browser) =>
    browser.page.querySelectorAll('a.button').map((link) => [link.textContent.trim(), link.getAttribute('href')]);

  test('are told of after a sign-in with one, with a way to new ones and a way on (R5)', async () => {
    const { backupCodes } = await owner(sallyport, 'ann');
    for (const code of backupCodes.slice(0, 11)) expect((await signInWith('ann', code)).url).toBe('/account');
    const third = await signInWith('ann', backupCodes[11] ?? '');
    expect([third.title, onwards(third)]).toEqual(['3 backup codes are left', [['Not now', '/account']]]);
    await third.press('Get new codes');
    expect(codesShown(third)).toHaveLength(15);
    await third.press('Continue', { stored: 'yes' });
    expect([third.title, onwards(third)]).toEqual(['You have enough backup codes', [['Continue', '/account']]]);
    expect((await signInWith('ann', backupCodes[12] ?? '')).wrong).toMatch(/not one of your backup codes/);
  });

  test('whoever made up another place to go on to gets to their account', async () => {
    const { home } = await owner(sallyport, 'bob');
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '/a//b', ''])
      expect([to, onwards(await home.visit(`/codes?to=${encodeURIComponent(to)}`))]).toEqual([
        to,
        [['Continue', '/account']],
      ]);
  });
});
