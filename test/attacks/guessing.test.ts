import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { schedules } from '../../src/core/throttle/schedules.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode, typeName } from '../support/verbs.ts';
import { atOnce, halfway, isIn, letters, owner, post, rowsOf } from './tools.ts';

/** So many second factors are looked at before the first wait. */
const cap = schedules.second[0]?.from ?? 0;

describe.each(kinds)('guessing, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { hashing: { waiting: 6000 } });
  });
  afterAll(() => sallyport.close());

  /** How many answers a method was asked to look at. */
  function lookedAt(method: string) {
    const live = sallyport.house.gate.methods.get(method);
    if (live === undefined) throw new Error(`no method ${method}`);
    return vi.spyOn(live, 'check');
  }
  const wrongCode = (secret: string, n = 0) =>
    String((Number(codeFor(sallyport, secret)) + 111_111 + n) % 1_000_000).padStart(6, '0');

  test('T15: after ten wrong codes the right one is not looked at, however often one starts over', async () => {
    const { secret } = await owner(sallyport, 'ann');
    for (let n = 0; n < 10; n++) {
      const browser = await halfway(sallyport, 'ann');
      if (browser.title === 'Enter the code from your app') await typeCode(browser, wrongCode(secret));
      sallyport.clock.pass(5 * 60_000);
    }
    const browser = await halfway(sallyport, 'ann');
    expect(browser.title).not.toBe('Enter the code from your app');
    await post(browser, `${browser.url}/prove/totp`, { code: codeFor(sallyport, secret) });
    expect(await isIn(browser)).toBe(false);
  });

  test('T16: of 200 guesses over 40 sign-ins and addresses a handful is looked at, and the person is told', async () => {
    const { secret } = await owner(sallyport, 'bob');
    const check = lookedAt('totp');
    for (let n = 0; n < 40; n++) {
      const browser = await signIn(new Browser(sallyport.app, { 'user-agent': `bot ${n}` }), 'bob');
      for (let m = 0; m < 5; m++)
        await post(browser, `${browser.url}/prove/totp`, { code: wrongCode(secret, n * 5 + m) });
    }
    expect(check.mock.calls.length).toBe(cap);
    check.mockRestore();
    expect(await letters(sallyport, 'bob@example.org')).toContain('Wrong codes');
  });

  test('codes of the app and backup codes are counted together', async () => {
    const { secret } = await owner(sallyport, 'bea');
    const [app, backup] = [lookedAt('totp'), lookedAt('backup-codes')];
    const browser = await halfway(sallyport, 'bea');
    for (let n = 0; n < 20; n++) {
      await post(browser, `${browser.url}/choose`, { method: n % 2 === 0 ? 'totp' : 'backup-codes' });
      const code = n % 2 === 0 ? wrongCode(secret) : 'ZZZZ-ZZZZ-ZZZZ-ZZZZ';
      await post(browser, `${browser.url}/prove/${n % 2 === 0 ? 'totp' : 'backup-codes'}`, { code });
    }
    expect(app.mock.calls.length + backup.mock.calls.length).toBe(cap);
    app.mockRestore();
    backup.mockRestore();
  });

  test('thousands of wrong codes at once: no more are looked at than one after the other', async () => {
    const { secret } = await owner(sallyport, 'cleo');
    const browser = await halfway(sallyport, 'cleo');
    const check = lookedAt('totp');
    await atOnce(kind === 'sqlite' ? 5000 : 1000, (n) =>
      post(browser, `${browser.url}/prove/totp`, { code: wrongCode(secret, n) }),
    );
    expect(check.mock.calls.length).toBeLessThanOrEqual(cap);
    check.mockRestore();
  }, 120_000);

  test('the hundredth wrong code in a row locks for good, and the person is told', async () => {
    const { secret } = await owner(sallyport, 'dora');
    const check = lookedAt('totp');
    for (let n = 0; n < 120; n++) {
      const browser = await halfway(sallyport, 'dora');
      await post(browser, `${browser.url}/prove/totp`, { code: wrongCode(secret, n) });
      sallyport.clock.pass(16 * 60_000);
    }
    expect(check.mock.calls.length).toBe(100);
    check.mockRestore();
    sallyport.clock.pass(400 * 86_400_000);
    const late = await halfway(sallyport, 'dora');
    await post(late, `${late.url}/prove/totp`, { code: codeFor(sallyport, secret) });
    expect(await isIn(late)).toBe(false);
    expect(await letters(sallyport, 'dora@example.org')).toContain('Your codes were locked');
  }, 120_000);

  test('T17: however a name is typed, one budget is filled', async () => {
    await sallyport.person('eve', { email: 'eve.smith@example.org' });
    const names = [
      'eve',
      ' EVE',
      'Eve ',
      'ｅｖｅ',
      'eve.smith@example.org',
      'EVE.Smith@Example.ORG',
      'eve\u00a0',
      'Ｅve',
    ];
    for (const name of names) await signIn(new Browser(sallyport.app), name, 'not the password of eve');
    expect(await isIn(await signIn(new Browser(sallyport.app), 'eve'))).toBe(false);
    sallyport.clock.pass(3_600_000);
    expect(await isIn(await signIn(new Browser(sallyport.app), 'eve'))).toBe(true);
  });

  test('T18: however a name is typed, the second factor is asked', async () => {
    await owner(sallyport, 'fay');
    for (const name of [' fay', 'FAY', 'Fay ', 'ｆａｙ', 'fay@example.org', 'FAY@EXAMPLE.ORG', '\u00a0fay']) {
      const browser = await signIn(new Browser(sallyport.app), name);
      expect([name, browser.title]).toEqual([name, 'Enter the code from your app']);
    }
  });

  test('T41: the counters are rows of the database that holds the people: there is none without them', async () => {
    await sallyport.person('gil');
    const before = (await rowsOf(sallyport, 'throttle')).length;
    await signIn(new Browser(sallyport.app), 'gil', 'not the password of gil');
    expect((await rowsOf(sallyport, 'throttle')).length).toBeGreaterThan(before);
  });

  test('a failure of ours does not spend an attempt', async () => {
    const { secret } = await owner(sallyport, 'hana');
    const browser = await halfway(sallyport, 'hana');
    const check = lookedAt('totp');
    for (let n = 0; n < 20; n++) {
      check.mockRejectedValueOnce(new Error('the database went away'));
      const answer = await post(browser, `${browser.url}/prove/totp`, { code: codeFor(sallyport, secret) });
      expect(answer.statusCode).toBe(500);
    }
    check.mockRestore();
    await typeCode(browser, codeFor(sallyport, secret));
    expect(await isIn(browser)).toBe(true);
  });

  test('a code used before, or what cannot be a code, is no guess', async () => {
    const { secret } = await owner(sallyport, 'ivy');
    const code = codeFor(sallyport, secret);
    expect(await isIn(await typeCode(await halfway(sallyport, 'ivy'), code))).toBe(true);
    const browser = await halfway(sallyport, 'ivy');
    for (let n = 0; n < 20; n++) await typeCode(browser, n % 2 === 0 ? code : 'not a code');
    sallyport.clock.pass(30_000);
    await typeCode(browser, codeFor(sallyport, secret));
    expect(await isIn(browser)).toBe(true);
  });

  test('what is no guess shortens no wait that guesses brought about', async () => {
    const { secret } = await owner(sallyport, 'jo');
    const code = codeFor(sallyport, secret);
    await typeCode(await halfway(sallyport, 'jo'), code);
    const browser = await halfway(sallyport, 'jo');
    const check = lookedAt('totp');
    for (let n = 0; n < 60; n++)
      await post(browser, `${browser.url}/prove/totp`, { code: n % 3 === 0 ? wrongCode(secret, n) : code });
    const wrong = check.mock.calls.filter(([, form]) => form['code'] !== code);
    expect(wrong.length).toBe(cap);
    check.mockRestore();
  });

  test('passwords: a handful of guesses from one place, a hundred from everywhere', async () => {
    await sallyport.person('kim');
    const check = lookedAt('password');
    for (let n = 0; n < 30; n++) {
      const browser = await typeName(new Browser(sallyport.app), 'kim');
      await browser.press('Continue', { password: 'not the password of kim' });
    }
    const weighed = check.mock.calls.filter(([{ account }]) => account !== null);
    expect(weighed.length).toBe(schedules.first[0]?.from);
    expect(check.mock.calls.length).toBe(30);
    check.mockRestore();
    expect(await isIn(await signIn(new Browser(sallyport.app), 'kim', password))).toBe(false);
  });
});
