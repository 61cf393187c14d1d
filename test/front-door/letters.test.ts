import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { giveLink, resetPerson } from '../../src/proving/people.ts';
import { letters } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import type { More } from '../support/open.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { phone, setUpSentCode, signIn, takesSentCodes } from '../support/verbs.ts';

const german = { 'accept-language': 'de-CH, en;q=0.5' };

describe.each(kinds)('what people are written, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, takesSentCodes);
  });
  afterAll(() => sallyport.close());

  const browser = (headers: Record<string, string> = {}) => new Browser(sallyport.app, headers);
  const lettersOf = (name: string) => letters(sallyport, `${name}@example.org`);
  async function accountOf(name: string) {
    const account = await findAccountByName(sallyport.house.gate.database.read, name);
    if (account === null) throw new Error(`nobody is called ${name}`);
    return account;
  }
  async function inGerman(name: string): Promise<Browser> {
    const home = await browser(german).visit('/sign-in');
    await home.press('Weiter', { username: name });
    return home.press('Weiter', { password });
  }
  async function newcomer(name: string, more: More = {}): Promise<Browser> {
    await sallyport.person(name, more);
    return signIn(browser(), name);
  }

  test('is in the language they last signed in in', async () => {
    await newcomer('ann');
    const { id } = await accountOf('ann');
    const reset = () => resetPerson(sallyport.house.gate, host, id, 'all');
    await reset();
    await inGerman('ann');
    await reset();
    await signIn(browser(), 'ann');
    await reset();
    expect(await lettersOf('ann')).toEqual([
      'A way to sign in was removed',
      'Ein Anmeldeweg wurde entfernt',
      'A way to sign in was removed',
    ]);
  });

  test('is in the language of each of those who answer for the house', async () => {
    await newcomer('bob', { role: 'system-administrator' });
    await sallyport.person('cleo', { role: 'system-administrator' });
    await inGerman('cleo');
    const account = await accountOf('bob');
    await giveLink(sallyport.house.gate, host, { account, method: 'totp', lifetime: minutes(15), rescue: true });
    expect((await lettersOf('bob'))[0]).toBe('A rescue link was made');
    expect((await lettersOf('cleo'))[0]).toBe('Ein Rettungslink wurde erstellt');
  });

  test('a code that goes out by itself is in the language of the page that waits for it', async () => {
    const home = await newcomer('dora');
    await setUpSentCode(sallyport, home, phone);
    await inGerman('dora');
    const [latest] = await listMessages(sallyport.house.gate, 1);
    expect(latest?.channel === 'sms' && latest.text).toMatch(/Ihr Code/);
  });

  test('a new password is told as one, set on one’s own pages or by a link', async () => {
    const home = await newcomer('eve');
    await home.visit('/account/security');
    await home.press('Change: Password');
    await home.press('Continue', { password });
    await home.press('Save password', { password: 'four quiet ponies on a hill' });
    expect(await lettersOf('eve')).toEqual(['Your password was changed']);
    const account = await accountOf('eve');
    const link = await giveLink(sallyport.house.gate, host, {
      account,
      method: 'password',
      lifetime: minutes(15),
      rescue: false,
    });
    const other = await browser().visit(`/set-up/${link}`);
    await other.press('Begin');
    await other.press('Save password', { password: 'five quiet ponies on a hill' });
    expect(other.title).toBe('That is done');
    expect(await lettersOf('eve')).toEqual(['Your password was changed', 'Your password was changed']);
  });

  test('is in the language of the page behind the link, to whoever was never here before', async () => {
    await sallyport.person('fay');
    const account = await accountOf('fay');
    const given = { account, method: 'password', lifetime: minutes(15), rescue: false };
    const link = await giveLink(sallyport.house.gate, host, given);
    const fay = await browser(german).visit(`/set-up/${link}`);
    await fay.press('Anfangen');
    await fay.press('Passwort speichern', { password: 'six quiet ponies on a hill' });
    expect(await lettersOf('fay')).toEqual(['Ihr Passwort wurde geändert']);
  });
});
