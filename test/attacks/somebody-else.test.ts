import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { host } from '../../src/proving/office.ts';
import { resetPerson, takeMethod } from '../../src/proving/people.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode, typeName } from '../support/verbs.ts';
import { askToRemove, copyOf, halfway, isIn, owner, post, removalOf, rowsOf, tokenOn } from './tools.ts';

describe.each(kinds)('somebody else, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const mine = async (table: string, account: unknown) =>
    (await rowsOf(sallyport, table)).filter((row) => row['account_id'] === account);
  const accountOf = async (name: string) =>
    (await rowsOf(sallyport, 'account')).find((row) => row['username'] === name)?.['id'];

  test('T27: nobody takes away, or learns of, what belongs to another', async () => {
    const { home: ann } = await owner(sallyport, 'ann');
    const { home: bob } = await owner(sallyport, 'bob');
    const annas = await removalOf(ann);
    await removalOf(bob);
    const account = await accountOf('ann');
    expect((await bob.send('GET', annas)).statusCode).toBe(404);
    expect((await post(bob, annas, { account: String(account), account_id: String(account) })).statusCode).toBe(400);
    expect((await post(bob, annas, {})).statusCode).toBe(404);
    expect(await mine('totp', account)).toHaveLength(1);
    expect(await mine('backup_code', account)).toHaveLength(15);
  });

  test('T27: nobody gives a name to what belongs to another', async () => {
    const { home: ada } = await owner(sallyport, 'ada');
    const { home: ben } = await owner(sallyport, 'ben');
    const adas = (await removalOf(ada)).replace('/remove/', '/rename/');
    await removalOf(ben);
    expect((await ben.send('GET', adas)).statusCode).toBe(404);
    expect((await post(ben, adas, { label: 'Ben’s now' })).statusCode).toBe(404);
    for (const label of ['', '   ', 'x'.repeat(65), 'two\nlines'])
      expect([label, (await post(ada, adas, { label })).statusCode]).toEqual([label, 400]);
    expect(await rowsOf(sallyport, 'label')).toEqual([]);
    expect((await post(ada, adas, { label: '<b>Phone</b>' })).statusCode).toBe(303);
    await ada.visit('/account/security');
    expect([ada.text.includes('<b>Phone</b>'), ada.response.body.includes('<b>Phone</b>')]).toEqual([true, false]);
  });

  test('T42: what is taken back from somebody loses the name it had with them', async () => {
    const { home } = await owner(sallyport, 'hal');
    const path = await removalOf(home);
    await post(home, path.replace('/remove/', '/rename/'), { label: 'Phone' });
    const account = await accountOf('hal');
    expect(await mine('label', account)).toHaveLength(1);
    const { gate } = sallyport.house;
    const method = gate.methods.get('totp');
    const credential = path.split('/').at(-1);
    if (method === undefined) throw new Error('no authenticator app here');
    expect(await takeMethod(gate, host, account as never, { method, credential: credential as never })).toBe(1);
    expect(await mine('label', account)).toEqual([]);
  });

  test('T28: signed in as one, whoever signs in as another is asked everything', async () => {
    await owner(sallyport, 'cleo');
    const { home } = await owner(sallyport, 'dora');
    await home.visit('/account/security');
    const gone = await post(home, '/account/security/totp/set-up', {});
    await home.visit(String(gone.headers.location));
    await post(home, `${home.url}/start-again`, {});
    await signIn(await home.visit(home.url), 'cleo');
    expect(home.title).toBe('Enter the code from your app');
    await home.visit('/account');
    expect(home.text).toContain('dora');
  });

  test('T29: an attempt that an attacker began is refused in the browser of a victim', async () => {
    await sallyport.person('eve');
    const attacker = await typeName(new Browser(sallyport.app), 'eve');
    const victim = await typeName(new Browser(sallyport.app), 'eve');
    expect((await victim.send('GET', attacker.url)).statusCode).toBe(410);
    const lured = await post(victim, `${attacker.url}/prove/password`, { password: 'correct horse battery staple' });
    expect(lured.statusCode).toBe(410);
    expect(await isIn(attacker)).toBe(false);
    expect(await isIn(victim)).toBe(false);
  });

  test('T29: a cookie that an attacker planted is dead once its victim has proven something', async () => {
    await sallyport.person('fay');
    const attacker = await typeName(new Browser(sallyport.app), 'fay');
    const victim = copyOf(attacker, ['__Host-attempt']);
    await signIn(victim, 'fay');
    expect(await isIn(victim)).toBe(true);
    expect((await attacker.send('GET', attacker.url)).statusCode).toBe(410);
    expect(await isIn(attacker)).toBe(false);
  });

  test('T42: what an administrator resets is gone to the last row, and so is all that rested on it', async () => {
    const { home } = await owner(sallyport, 'gil');
    const pending = await halfway(sallyport, 'gil');
    const account = await accountOf('gil');
    await resetPerson(sallyport.house.gate, host, account as never, 'all');
    for (const table of ['totp', 'backup_code', 'label', 'remembered_device', 'session', 'attempt', 'browser_account'])
      expect([table, await mine(table, account)]).toEqual([table, []]);
    expect(await isIn(home)).toBe(false);
    expect((await pending.visit(pending.url)).response.statusCode).toBe(410);
    expect((await signIn(new Browser(sallyport.app), 'gil')).url).toBe('/account');
  });

  test('T42: with the last app go the backup codes, other sessions, and sign-ins under way', async () => {
    const { secret, home } = await owner(sallyport, 'hana');
    const elsewhere = await typeCode(await halfway(sallyport, 'hana'), codeFor(sallyport, secret));
    const pending = await halfway(sallyport, 'hana');
    sallyport.clock.pass(30_000);
    await askToRemove(home);
    if (home.title === 'Enter the code from your app') await typeCode(home, codeFor(sallyport, secret));
    if ((await removalOf(home)) !== '') await askToRemove(home);
    const account = await accountOf('hana');
    for (const table of ['totp', 'backup_code', 'attempt'])
      expect([table, await mine(table, account)]).toEqual([table, []]);
    expect([await isIn(home), await isIn(elsewhere), await isIn(pending)]).toEqual([true, false, false]);
  });

  test('T43: a page of before, a token of another attempt, a name sent along: the server keeps the state', async () => {
    await owner(sallyport, 'ivy');
    const pending = await typeName(new Browser(sallyport.app), 'ivy');
    const stale = tokenOn(pending);
    await pending.press('Continue', { password: 'correct horse battery staple' });
    const { url } = pending;
    expect((await post(pending, `${url}/prove/totp`, { _csrf: stale, code: '000000' })).statusCode).toBe(403);
    for (const more of [{ account: 'x' }, { proofs: '[]' }, { state: '{}' }, { level: '2' }, { step: 'done' }])
      expect((await post(pending, `${url}/continue`, more as Record<string, string>)).statusCode).toBe(400);
    await post(pending, `${url}/identify`, { username: 'eve' });
    await pending.visit(url);
    expect(pending.text).toContain('ivy');
    expect(await isIn(pending)).toBe(false);
  });

  test('another tab’s page of before a proof is refused, and does nothing', async () => {
    await sallyport.person('jo');
    const browser = await typeName(new Browser(sallyport.app), 'jo');
    const otherTab = copyOf(browser);
    await otherTab.visit(browser.url);
    await browser.press('Continue', { password: 'correct horse battery staple' });
    otherTab.cookies.set('__Host-attempt', browser.cookies.get('__Host-attempt') ?? '');
    await otherTab.press('Continue', { password: 'correct horse battery staple' });
    expect(otherTab.response.statusCode).toBe(403);
    expect(await mine('session', await accountOf('jo'))).toHaveLength(1);
  });

  test('a session that ended meanwhile does not come back through what was begun with it', async () => {
    const { secret, home } = await owner(sallyport, 'kim');
    sallyport.clock.pass(6 * 60_000);
    await askToRemove(home);
    const window = await copyOf(home).visit('/account/sessions');
    await post(window, '/account/sign-out', {});
    await post(home, `${home.url}/prove/totp`, { code: codeFor(sallyport, secret) });
    expect(await isIn(home)).toBe(false);
    await home.visit(home.url);
    expect(home.title).toBe('Enter your password');
  });

  test('whoever knew the old password is out once there is a new one, however far they had come', async () => {
    await sallyport.person('lou');
    const [thief, home] = [
      await signIn(new Browser(sallyport.app), 'lou'),
      await signIn(new Browser(sallyport.app), 'lou'),
    ];
    await home.visit('/account/security');
    const answer = await post(home, '/account/security/password/set-up', {});
    await home.visit(String(answer.headers.location));
    if (home.title === 'Enter your password')
      await home.press('Continue', { password: 'correct horse battery staple' });
    const fields = { password: 'a quite different battery staple' };
    await post(home, `${home.url}/set-up/password`, fields);
    expect(await isIn(thief)).toBe(false);
    expect(await mine('session', await accountOf('lou'))).toHaveLength(1);
    const late = await signIn(new Browser(sallyport.app), 'lou');
    expect(await isIn(late)).toBe(false);
  });
});
