import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listPeople } from '../../src/core/accounts/people.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { listOlder } from '../../src/proving/older.ts';
import { giveLink, resetPerson } from '../../src/proving/people.ts';
import { setUpFor } from '../../src/proving/set-up-for.ts';
import { removalOf, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, secretShown, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

describe.each(kinds)('whoever has nothing but a password, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  async function isWeak(name: string): Promise<boolean> {
    const { gate } = sallyport.house;
    const wanted = { search: name, filter: 'weak', after: '' } as const;
    const { people } = await listPeople(gate.database.read, wanted, gate.clock.now());
    return people.length === 1;
  }

  test('is found until they set something up, and again once they take it away', async () => {
    await sallyport.person('ann');
    const home = await signIn(new Browser(sallyport.app), 'ann');
    expect(await isWeak('ann')).toBe(true);
    await setUpAuthenticator(sallyport, home);
    expect(await isWeak('ann')).toBe(false);
    await home.visit(await removalOf(home));
    await home.press('Remove');
    expect(await isWeak('ann')).toBe(true);
  });

  test('is found after a reset, and not once a link of the host set something up', async () => {
    const { gate } = sallyport.house;
    const id = await sallyport.person('bob');
    await setUpAuthenticator(sallyport, await signIn(new Browser(sallyport.app), 'bob'));
    await resetPerson(gate, host, id, 'totp');
    expect(await isWeak('bob')).toBe(true);
    const account = (await findAccountByName(gate.database.read, 'bob')) ?? expect.fail();
    const token = await giveLink(gate, host, { account, method: 'totp', lifetime: minutes(15), rescue: true });
    const browser = await new Browser(sallyport.app).visit(`/set-up/${token}`);
    await browser.press('Begin');
    await typeCode(browser, codeFor(sallyport, secretShown(browser)));
    expect(await isWeak('bob')).toBe(false);
  });

  test('is found though codes stand in for nothing, and in a database of before people were listed', async () => {
    const { gate } = sallyport.house;
    const id = await sallyport.person('cat');
    const saveCodes = await setUpFor(gate, { id, username: 'cat' }, 'backup-codes', () => ({ stored: 'yes' }));
    await gate.database.transaction(saveCodes);
    expect(await isWeak('cat')).toBe(true);
    const tables = gate.database.read.withTables<{
      account: { listed_as: string | null; has_second: number };
      account_word: { word: string };
    }>();
    await tables.deleteFrom('account_word').execute();
    await tables.updateTable('account').set({ listed_as: null, has_second: 0 }).execute();
    const before = (await rowsOf(sallyport, 'account')).length;
    expect([await isWeak('cat'), await listOlder(gate), await listOlder(gate)]).toEqual([false, before, 0]);
    expect([await isWeak('ann'), await isWeak('bob'), await isWeak('cat')]).toEqual([true, false, true]);
  });
});
