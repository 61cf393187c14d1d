import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Account, findAccountByName } from '../../src/core/accounts/store.ts';
import { pause } from '../../src/kernel/timers.ts';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson } from '../../src/proving/people.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { signIn, typeName } from '../support/verbs.ts';
import { atOnce, isIn, post, rowsOf, tokenOn } from './tools.ts';

describe.each(kinds)('what happens in the middle of something else, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const accountOf = async (name: string) =>
    (await findAccountByName(sallyport.house.gate.database.read, name)) as Account;

  /** Does something while the transaction that lets somebody in has decided nothing yet, and gives it time to end. */
  function whileLettingIn(act: () => Promise<unknown>): { ended: () => Promise<unknown> } {
    const method = sallyport.house.gate.methods.get('password') as LiveMethod;
    const list = method.list.bind(method);
    let ended: Promise<unknown> = Promise.resolve();
    const spy = vi.spyOn(method, 'list').mockImplementation(async (handle, account) => {
      if (handle.isTransaction) {
        spy.mockRestore();
        ended = act();
        await pause(300);
      }
      return list(handle, account);
    });
    return { ended: () => ended };
  }

  test('whoever is let in while they are shut out is out', async () => {
    await sallyport.person('ann');
    const account = await accountOf('ann');
    const browser = await typeName(new Browser(sallyport.app), 'ann');
    const shutOut = whileLettingIn(() => disablePerson(sallyport.house.gate, host, account.id));
    await post(browser, `${browser.url}/prove/password`, { password });
    expect(await shutOut.ended()).toBe('done');
    expect(await isIn(browser)).toBe(false);
    expect((await rowsOf(sallyport, 'session')).filter((row) => row['account_id'] === account.id)).toEqual([]);
  });

  test('the same "go on" many times at once lets through, and is no mishap', async () => {
    await sallyport.person('bob');
    const browser = await new Browser(sallyport.app).visit('/sign-in');
    const other = browser.url.split('/')[2];
    await signIn(await browser.visit('/sign-in'), 'bob');
    await browser.visit(`/sign-in?again=${other}`);
    const form = `_csrf=${tokenOn(browser)}`;
    const answers = await atOnce(10, () => browser.send('POST', `${browser.url}/continue`, form));
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    expect(await isIn(browser)).toBe(true);
  });
});
