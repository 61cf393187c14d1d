import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { hours, minutes, seconds } from '../../src/kernel/clock.ts';
import { answerRecovery } from '../../src/proving/recovery.ts';
import type { Letter } from '../../src/store/outbox.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';
import { copyOf, isIn, letters, owner as ownerOf, post } from './tools.ts';

const chosen = 'four quiet ponies on a hill';
const asksForCode = 'Enter the code from your app';
const waits = 'I have none of these: wait 24 hours instead';

describe.each(kinds)('a forgotten password, on %s', (kind) => {
  let sallyport: Sallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const browser = () => new Browser(sallyport.app);
  const answer = () => answerRecovery(sallyport.house.gate);
  async function somebody(): Promise<string> {
    const name = `person-${people++}`;
    await sallyport.person(name);
    return name;
  }
  const owner = async () => {
    const name = `person-${people++}`;
    return { name, ...(await ownerOf(sallyport, name)) };
  };
  /** Nobody is turned away for having asked often in the tests before. */
  async function ask(name: string, from = browser()): Promise<Browser> {
    sallyport.clock.pass(hours(1));
    await from.visit('/recover');
    await from.press('Send the link', { username: name });
    await answer();
    return from;
  }
  const lettersOf = async (name: string): Promise<readonly Letter[]> =>
    (await listMessages(sallyport.house.gate, 1000)).flatMap((message) =>
      message.channel === 'mail' && message.recipient === `${name}@example.org` ? [message.letter] : [],
    );
  /** Where the latest letter with these words on its link leads. */
  async function linkIn(name: string, words = 'Choose another password'): Promise<string> {
    const letter = (await lettersOf(name)).find(({ link }) => link?.words === words);
    return new URL(letter?.link?.to ?? 'http://localhost/no-link').pathname;
  }
  async function opened(path: string, from = browser()): Promise<Browser> {
    await from.visit(path);
    return from.press('Begin');
  }
  async function begun(name: string): Promise<Browser> {
    await ask(name);
    const from = await opened(await linkIn(name));
    sallyport.clock.pass(seconds(1));
    return from;
  }
  async function choosePassword(from: Browser): Promise<Browser> {
    expect(from.url).toMatch(/^\/set-up\//);
    await from.press('Begin');
    return from.press('Save password', { password: chosen });
  }
  const fits = async (name: string, password: string) =>
    (await signIn(new Browser(sallyport.app), name, password)).title !== 'Enter your password';

  test('T07: mail and one thing more give a link that sets it: nobody is signed in, and nothing else has changed', async () => {
    const one = await owner();
    const from = await begun(one.name);
    expect(from.title).toBe(asksForCode);
    await typeCode(from, codeFor(sallyport, one.secret));
    sallyport.clock.pass(minutes(1));
    expect([await isIn(from), from.cookies.has('__Host-session')]).toEqual([false, false]);
    await choosePassword(from);
    expect([from.title, await isIn(from), await isIn(one.home)]).toEqual(['That is done', false, false]);
    const again = await signIn(new Browser(sallyport.app), one.name, chosen);
    expect(again.title).toBe(asksForCode);
    expect((await typeCode(again, codeFor(sallyport, one.secret))).url).toBe('/account');
  });

  test('a backup code does as well, and is used up', async () => {
    const one = await owner();
    const from = await begun(one.name);
    await from.press('Try another way');
    await from.press('Backup codes');
    await typeCode(from, one.backupCodes[0] ?? '');
    await choosePassword(from);
    const again = await signIn(new Browser(sallyport.app), one.name, chosen);
    await again.press('Try another way');
    await again.press('Backup codes');
    await typeCode(again, one.backupCodes[0] ?? '');
    expect(again.title).toBe('Enter a backup code');
  });

  test('T06: no order of pages and buttons sets it without the second proof', async () => {
    const one = await owner();
    const from = await begun(one.name);
    const forms: Record<string, Record<string, string>> = {
      'other-way': {},
      choose: { method: 'password' },
      continue: {},
      'start-again': {},
      'prove/password': { password: chosen },
      'prove/mailbox': {},
      'set-up/password': { password: chosen },
      identify: { username: one.name },
    };
    const attack = async (order: readonly string[]) => {
      const thief = copyOf(from);
      await thief.visit(from.url);
      for (const step of order) {
        const came = await post(thief, `${from.url}/${step}`, forms[step] ?? {});
        expect(String(came.headers['location'])).not.toMatch(/^\/(set-up|account)/);
      }
      expect([await isIn(thief), await fits(one.name, chosen)]).toEqual([false, false]);
    };
    const orders = fc.array(fc.constantFrom(...Object.keys(forms)), { maxLength: 6 });
    await fc.assert(fc.asyncProperty(orders, attack), { numRuns: 12, seed: 1 });
  });

  test('T09: the link of the mail serves once, the one that sets it too, and no other browser goes on with either', async () => {
    const one = await owner();
    await ask(one.name);
    const path = await linkIn(one.name);
    const from = await opened(path);
    expect((await opened(path)).title).toBe('This link does not work any more');
    expect((await browser().visit(from.url)).response.statusCode).toBe(410);
    await typeCode(from, codeFor(sallyport, one.secret));
    const ticket = from.url;
    await choosePassword(from);
    expect((await browser().visit(ticket)).title).toBe('This link does not work any more');
  });

  test('T44: whoever asks is told the same, at the same cost, and only the owner hears of it', async () => {
    const name = await somebody();
    const disabled = await somebody();
    const { gate } = sallyport.house;
    const account = await findAccountByName(gate.database.read, disabled);
    if (account !== null) await gate.database.transaction((tx) => saveDisabled(tx, account.id, gate.clock.now()));
    const seen = [];
    for (const typed of [name, `${name}@example.org`, 'nobody at all', disabled]) {
      sallyport.clock.pass(hours(1));
      const from = await browser().visit('/recover');
      const commits = vi.spyOn(gate.database, 'transaction');
      await from.press('Send the link', { username: typed });
      seen.push([from.response.statusCode, from.title, from.text, [...from.cookies.keys()], commits.mock.calls.length]);
      commits.mockRestore();
      expect(await letters(sallyport, `${name}@example.org`)).toHaveLength(0);
    }
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    await answer();
    expect(await letters(sallyport, `${name}@example.org`)).toHaveLength(2);
    expect(await letters(sallyport, `${disabled}@example.org`)).toHaveLength(0);
  });

  test('an office that forgot many passwords in its life may forget another today', async () => {
    for (let n = 0; n < 20; n++) await ask(await somebody());
    const [one, other] = [await somebody(), await somebody()];
    for (const name of [one, other]) {
      const from = await browser().visit('/recover');
      await from.press('Send the link', { username: name });
    }
    await answer();
    expect([(await lettersOf(one)).length, (await lettersOf(other)).length]).toEqual([1, 1]);
  });

  test('T46: two names in one request, a list, a second address: nobody is written to', async () => {
    const [name, other] = [await somebody(), await somebody()];
    const from = await browser().visit('/recover');
    for (const body of [
      `username=${name}&username=${other}`,
      `username[]=${name}&username[]=${other}`,
      `username=${encodeURIComponent(`${name}@example.org,${other}@example.org`)}`,
      `username=${encodeURIComponent(`${name}@example.org\r\nBcc: ${other}@example.org`)}`,
      `username=${name}&email=${other}@example.org`,
    ])
      await from.send('POST', '/recover', body);
    await answer();
    for (const one of [name, other]) expect(await letters(sallyport, `${one}@example.org`)).toEqual([]);
  });

  test('is asked for three times an hour and no more: nobody is flooded, and nobody is shut out by it', async () => {
    const name = await somebody();
    await ask(name);
    for (let n = 0; n < 6; n++) {
      const from = await browser().visit('/recover');
      await from.press('Send the link', { username: name });
    }
    await answer();
    expect((await lettersOf(name)).length).toBeLessThanOrEqual(4);
    expect((await signIn(new Browser(sallyport.app), name)).url).toBe('/account');
  });

  describe('of somebody who has nothing but their mail', () => {
    test('is set after a wait that is told of at once', async () => {
      const name = await somebody();
      const from = await begun(name);
      expect(from.title).toBe('There is nothing else to ask');
      await from.press(waits);
      expect(from.title).toBe('Now it’s a matter of time');
      expect((await lettersOf(name))[0]?.link?.words).toBe('Stop it');
      sallyport.clock.pass(hours(23));
      await answer();
      expect((await lettersOf(name))[0]?.link?.words).toBe('Stop it');
      sallyport.clock.pass(hours(1));
      await answer();
      const later = await browser().visit(await linkIn(name));
      await choosePassword(later);
      expect(await fits(name, chosen)).toBe(true);
    });

    test('is not, where the owner stops it, and whoever asks again meanwhile waits no less', async () => {
      const name = await somebody();
      await (await begun(name)).press(waits);
      sallyport.clock.pass(hours(20));
      await (await begun(name)).press(waits);
      const stopping = await browser().visit(await linkIn(name, 'Stop it'));
      await stopping.press('Stop it');
      expect(stopping.title).toBe('That is stopped');
      sallyport.clock.pass(hours(30));
      await answer();
      expect((await lettersOf(name)).filter(({ subject }) => subject.startsWith('Now you can'))).toEqual([]);
    });

    test('is over as soon as somebody signs in who knows it', async () => {
      const name = await somebody();
      await (await begun(name)).press(waits);
      sallyport.clock.pass(hours(20));
      expect((await signIn(browser(), name)).url).toBe('/account');
      sallyport.clock.pass(hours(4));
      await answer();
      expect((await lettersOf(name)).filter(({ subject }) => subject.startsWith('Now you can'))).toEqual([]);
      const stopping = await browser().visit(await linkIn(name, 'Stop it'));
      expect((await stopping.press('Stop it')).title).toBe('This link does not work any more');
    });

    test('leaves the rest to be proven: whoever waited with somebody’s mail has their password, and not their phone', async () => {
      const one = await owner();
      await (await begun(one.name)).press(waits);
      sallyport.clock.pass(hours(24));
      await answer();
      await choosePassword(await browser().visit(await linkIn(one.name)));
      expect((await signIn(new Browser(sallyport.app), one.name, chosen)).title).toBe(asksForCode);
    });
  });

  test('is no way around a lock of the codes', async () => {
    const one = await owner();
    const from = await begun(one.name);
    for (let n = 0; n < 6; n++) await typeCode(from, '000000');
    expect(from.title).toBe('Too many wrong codes');
    sallyport.clock.pass(hours(1));
    await (await begun(one.name)).press(waits);
    sallyport.clock.pass(hours(24));
    await answer();
    await choosePassword(await browser().visit(await linkIn(one.name)));
    const again = await signIn(new Browser(sallyport.app), one.name, chosen);
    expect((await typeCode(again, '000000')).title).toBe('Too many wrong codes');
  });
});
