import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, typeCode } from '../support/verbs.ts';
import { askToRemove, atOnce, copyOf, halfway, isIn, owner, post, rowsOf, tokenOn } from './tools.ts';

describe.each(kinds)('what serves once, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { hashing: { waiting: 1000 } });
  });
  afterAll(() => sallyport.close());

  /** Many sign-ins of the same person, all before the second factor. */
  function manyHalfway(name: string, many: number): Promise<readonly Browser[]> {
    return atOnce(many, () => halfway(sallyport, name));
  }

  test('T11: a backup code that let somebody in lets nobody in again', async () => {
    const { backupCodes } = await owner(sallyport, 'ann');
    for (const [n, expected] of [true, false].entries()) {
      const browser = await halfway(sallyport, 'ann');
      await browser.press('Try another way');
      await browser.press('Backup codes');
      await typeCode(browser, backupCodes[0] ?? '');
      expect([n, await isIn(browser)]).toEqual([n, expected]);
    }
  });

  test('T12: fifty at once with the same backup code make one session', async () => {
    const { backupCodes, home } = await owner(sallyport, 'bob');
    const browsers = await manyHalfway('bob', 50);
    for (const browser of browsers) await post(browser, `${browser.url}/choose`, { method: 'backup-codes' });
    await atOnce(50, async (n) => {
      const browser = browsers[n] ?? home;
      await post(browser, `${browser.url}/prove/backup-codes`, { code: backupCodes[1] ?? '' });
    });
    const inside = await Promise.all(browsers.map(isIn));
    expect(inside.filter(Boolean)).toHaveLength(1);
    const account = (await rowsOf(sallyport, 'account')).find((row) => row['username'] === 'bob')?.['id'];
    const sessions = (await rowsOf(sallyport, 'session')).filter((row) => row['account_id'] === account);
    expect(sessions).toHaveLength(2);
  });

  test('T13: the code an app shows works once, in no other browser, and no older one after it', async () => {
    const { secret } = await owner(sallyport, 'cleo');
    const [first, second] = [await halfway(sallyport, 'cleo'), await halfway(sallyport, 'cleo')];
    const [older, code, newer] = [-1, 0, 1].map((ahead) => codeFor(sallyport, secret, ahead));
    await typeCode(first, code ?? '');
    expect(await isIn(first)).toBe(true);
    for (const seen of [code, older, code, older]) {
      await typeCode(second, seen ?? '');
      expect(await isIn(second)).toBe(false);
    }
    expect(second.wrong).toMatch(/already been used/);
    await typeCode(second, newer ?? '');
    expect(await isIn(second)).toBe(true);
  });

  test('T13: the code that confirmed the set-up does not sign in', async () => {
    const { secret } = await owner(sallyport, 'dora');
    const browser = await halfway(sallyport, 'dora');
    await typeCode(browser, codeFor(sallyport, secret, -1));
    expect(await isIn(browser)).toBe(false);
  });

  test('T14: twenty at once with the same code of an app make one session', async () => {
    const { secret } = await owner(sallyport, 'eve');
    const browsers = await manyHalfway('eve', 20);
    const code = codeFor(sallyport, secret);
    await Promise.all(browsers.map((browser) => post(browser, `${browser.url}/prove/totp`, { code })));
    const inside = await Promise.all(browsers.map(isIn));
    expect(inside.filter(Boolean)).toHaveLength(1);
  });

  test('T14: a code used to confirm a change does not sign in, nor the other way round', async () => {
    const { secret, home } = await owner(sallyport, 'fay');
    const code = codeFor(sallyport, secret);
    sallyport.clock.pass(6 * 60_000);
    await askToRemove(home);
    const now = codeFor(sallyport, secret);
    expect(now).not.toBe(code);
    await typeCode(home, now);
    const thief = await halfway(sallyport, 'fay');
    await typeCode(thief, now);
    expect(await isIn(thief)).toBe(false);
  });

  test('the same answer sent fifty times by one browser makes one session at most', async () => {
    const { secret } = await owner(sallyport, 'gil');
    const browser = await halfway(sallyport, 'gil');
    const copies = Array.from({ length: 50 }, () => copyOf(browser));
    const to = `${browser.url}/prove/totp`;
    const fields = { code: codeFor(sallyport, secret), _csrf: tokenOn(browser) };
    await Promise.all(copies.map((copy) => copy.send('POST', to, new URLSearchParams(fields).toString())));
    expect((await Promise.all(copies.map(isIn))).filter(Boolean).length).toBeLessThan(2);
  });
});
