import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { type DuoSallyport, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { eventsOf, without } from '../support/passwordless.ts';
import { signIn } from '../support/verbs.ts';
import { letters, post, rowsOf } from './tools.ts';

const cookie = '__Host-passwordless';
const told = 'A browser was prepared for you';
const home = '/admin/browser';

describe.each(kinds)('an administrator prepares a browser, on %s', (kind) => {
  let sallyport: DuoSallyport;
  beforeAll(async () => {
    const config = without({ when: { group: 'pilots' } }, 'mfa-if-owned');
    sallyport = await openWithDuo(kind, { declaredMfa: true }, undefined, config);
    for (const name of ['ann', 'bea', 'cat']) await personWithDuo(sallyport, name, { groups: ['pilots'] });
    for (const name of ['boss', 'chief'])
      await personWithDuo(sallyport, name, { role: 'system-administrator', groups: ['pilots'] });
    await personWithDuo(sallyport, 'clerk');
    await sallyport.person('plain', { groups: ['pilots'] });
    await sallyport.person('weak', { role: 'system-administrator' });
  });
  afterAll(() => sallyport.close());

  async function inside(name: string): Promise<Browser> {
    const browser = await signIn(new Browser(sallyport.app), name);
    await browser.press('Send me a push');
    press(sallyport.tenant, name, 'allow');
    await browser.press('Continue');
    if (browser.title.startsWith('Skip')) await browser.press('No, keep asking');
    expect(browser.url).toBe('/account');
    sallyport.clock.pass(60_000);
    return browser;
  }
  const prepare = async (browser: Browser, username: string) => {
    await browser.visit(home);
    return browser.press('Skip the password here', { username });
  };
  const keptFor = async (name: string) => {
    const account = await findAccountByName(sallyport.house.gate.database.read, name);
    return (await rowsOf(sallyport, 'opt_in')).filter(({ account_id }) => account_id === account?.id);
  };

  test('it is kept for whoever they name, by any of their names; the row says by whom, and the person is told', async () => {
    const boss = await inside('boss');
    await prepare(boss, 'ann@example.org');
    expect(boss.text).toContain('Kept for ann');
    const { id } = (await findAccountByName(sallyport.house.gate.database.read, 'boss')) ?? expect.fail();
    expect(await keptFor('ann')).toEqual([expect.objectContaining({ prepared_by: id, method: 'duo' })]);
    expect(await letters(sallyport, 'ann@example.org')).toContain(told);
    expect(await eventsOf(sallyport, 'ann')).toContain('passwordless.opted-in');

    await post(boss, '/account/sign-out', {});
    await boss.visit('/sign-in');
    expect([boss.title, boss.text.includes('Continue as ann')]).toEqual(['Welcome back', true]);
    const ann = await inside('ann');
    await ann.visit('/account/browser');
    expect(ann.text).toContain('prepared by those who run Sallyport');
    await ann.press('Forget');
    await boss.visit('/sign-in');
    expect([boss.title, boss.cookies.get(cookie) ?? '']).toEqual(['Sign in', '']);
  });

  test('what is unknown, disabled, without a phone, not let by the policy, an office holder’s or one’s own looks the same, and is not done', async () => {
    const boss = await inside('boss');
    const { gate } = sallyport.house;
    const bea = (await findAccountByName(gate.database.read, 'bea')) ?? expect.fail();
    await gate.database.transaction((tx) =>
      tx
        .withTables<{ account: { id: string; disabled_at: number | null } }>()
        .updateTable('account')
        .set({ disabled_at: 1 })
        .where('id', '=', bea.id)
        .execute(),
    );
    const before = await rowsOf(sallyport, 'opt_in');
    const seen = new Set<string>();
    for (const name of ['nobody-at-all', 'bea', 'plain', 'clerk', 'chief', 'boss', '']) {
      await prepare(boss, name);
      expect([name, boss.wrong, boss.cookies.get(cookie)]).toEqual([name, expect.stringMatching(/not open/), 'no']);
      seen.add(boss.text);
      expect([name, (await letters(sallyport, `${name}@example.org`)).includes(told)]).toEqual([name, false]);
    }
    expect(seen.size).toBe(1);
    expect(await rowsOf(sallyport, 'opt_in')).toEqual(before);
  });

  test('whoever is no administrator finds nothing there, and does nothing', async () => {
    const clerk = await inside('cat');
    for (const { method, path } of routesOf(sallyport.house).filter((route) => route.path === home)) {
      const { statusCode } =
        method === 'GET' ? await clerk.send('GET', path) : await post(clerk, path, { say: 'in', username: 'ann' });
      expect([method, path, statusCode]).toEqual([method, path, 404]);
    }
    const nobody = new Browser(sallyport.app);
    expect((await nobody.send('GET', home)).statusCode).not.toBe(200);
  });

  test('it takes a proof of minutes ago, and two factors, of every administrator', async () => {
    const boss = await inside('boss');
    await boss.visit(home);
    expect(boss.title).toBe('Prepare this browser');
    sallyport.clock.pass(5 * 60_000);
    const { headers } = await post(boss, home, { say: 'in', username: 'cat' });
    expect([headers.location, await keptFor('cat')]).toEqual([expect.stringMatching(/^\/sign-in\//), []]);
    await boss.visit(home);
    expect(boss.url).toMatch(/^\/sign-in\//);

    const weak = await signIn(new Browser(sallyport.app), 'weak');
    expect(weak.url).toBe('/account');
    await weak.visit(home);
    expect([weak.url.startsWith('/sign-in/'), weak.title]).toEqual([true, expect.not.stringMatching(/^Prepare/)]);
    await post(weak, home, { say: 'in', username: 'cat' });
    expect(await keptFor('cat')).toEqual([]);
  });

  test('what was prepared does no more than what one wishes oneself: out of the group, it is nobody’s', async () => {
    const boss = await inside('boss');
    await prepare(boss, 'cat');
    await post(boss, '/account/sign-out', {});
    await boss.visit('/sign-in');
    expect(boss.title).toBe('Welcome back');
    const { gate } = sallyport.house;
    await gate.database.transaction((tx) =>
      tx
        .withTables<{ account: { username: string; groups: string } }>()
        .updateTable('account')
        .set({ groups: '[]' })
        .where('username', '=', 'cat')
        .execute(),
    );
    await boss.visit('/sign-in');
    expect(boss.title).toBe('Sign in');
  });
});
