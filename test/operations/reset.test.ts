import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { host } from '../../src/proving/office.ts';
import { disablePerson, enablePerson, resetPerson, unlockPerson } from '../../src/proving/people.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode, typeName } from '../support/verbs.ts';

describe.each(kinds)('what is done to an account from outside, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const rows = async (table: string, column: string, value: string): Promise<number> => {
    const { rows: found } = await sql<{ n: number | string }>`
      select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} = ${value}`.execute(
      sallyport.house.gate.database.read,
    );
    return Number(found[0]?.n);
  };

  test.each(['totp', 'all'])('T42: a reset of %s leaves no row of any kind, and nobody signed in', async (which) => {
    const { gate } = sallyport.house;
    const name = `ann-${which}`;
    const account = await sallyport.person(name);
    const browser = await signIn(new Browser(sallyport.app), name);
    const { secret } = await setUpAuthenticator(sallyport, browser);
    // A sign-in under way, and a wrong code counted.
    const under = await signIn(new Browser(sallyport.app), name);
    await typeCode(under, '000000');

    expect(await resetPerson(gate, host, account, which)).toBe(16);
    for (const table of ['totp', 'backup_code', 'session', 'attempt', 'browser_account', 'link'])
      expect([table, await rows(table, 'account_id', account)]).toEqual([table, 0]);
    expect(await rows('throttle', 'budget', `second:${account}`)).toBe(0);
    expect(await rows('password', 'account_id', account)).toBe(1);

    await typeCode(under, codeFor(sallyport, secret)).catch(() => undefined);
    expect(under.cookies.has('__Host-session')).toBe(false);
    await browser.visit('/account');
    expect(browser.url).not.toBe('/account');
    // The same browser is a stranger again, and the password is enough as for whoever has nothing else.
    expect((await signIn(browser, name)).url).toBe('/account');
  });

  test('whoever is disabled is out at once and stays out, until enabled', async () => {
    const { gate } = sallyport.house;
    const id = await sallyport.person('bob');
    const browser = await signIn(new Browser(sallyport.app), 'bob');
    expect(browser.url).toBe('/account');
    expect(await disablePerson(gate, host, id)).toBe('done');
    await browser.visit('/account');
    expect(browser.url).not.toBe('/account');
    const again = await signIn(new Browser(sallyport.app), 'bob');
    expect(again.cookies.has('__Host-session')).toBe(false);
    await enablePerson(gate, host, id);
    await unlockPerson(gate, host, id);
    expect((await signIn(new Browser(sallyport.app), 'bob')).url).toBe('/account');
  });

  test('the last system administrator cannot be disabled', async () => {
    const { gate } = sallyport.house;
    const one = await sallyport.person('root-one', { role: 'system-administrator' });
    const two = await sallyport.person('root-two', { role: 'system-administrator' });
    expect(await disablePerson(gate, host, one)).toBe('done');
    expect(await disablePerson(gate, host, two)).toBe('last');
    expect((await signIn(new Browser(sallyport.app), 'root-two')).url).toBe('/account');
  });

  test('whoever is unlocked may try again at once, from wherever they were locked out', async () => {
    const { gate } = sallyport.house;
    const id = await sallyport.person('cleo');
    const browser = await typeName(new Browser(sallyport.app), 'cleo');
    for (let n = 0; n < 7; n++) await browser.press('Continue', { password: 'not the password at all' });
    await browser.press('Continue', { password: 'correct horse battery staple' });
    expect(browser.url).not.toBe('/account');
    await unlockPerson(gate, host, id);
    await browser.press('Continue', { password: 'correct horse battery staple' });
    expect(browser.url).toBe('/account');
  });
});
