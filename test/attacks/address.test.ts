import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { hours, minutes, seconds } from '../../src/kernel/clock.ts';
import { answerRecovery } from '../../src/proving/recovery.ts';
import type { Letter } from '../../src/store/outbox.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, codeSentTo, signIn, typeCode } from '../support/verbs.ts';
import { atOnce, copyOf, isIn, letters, owner as ownerOf, post, rowsOf, tokenOn } from './tools.ts';

const asksForCode = 'Enter the code from the email';

describe.each(kinds)('changing one’s address, on %s', (kind) => {
  let sallyport: Sallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const browser = () => new Browser(sallyport.app);
  const oldOf = (name: string) => `${name}@example.org`;
  const newOf = (name: string) => `${name}@new.example.org`;
  const addressOf = async (name: string) =>
    (await findAccountByName(sallyport.house.gate.database.read, name))?.email ?? null;
  async function lettersTo(recipient: string): Promise<readonly Letter[]> {
    const messages = await listMessages(sallyport.house.gate, 1000);
    return messages.flatMap((one) => (one.channel === 'mail' && one.recipient === recipient ? [one.letter] : []));
  }
  async function undoOf(recipient: string): Promise<string> {
    const letter = (await lettersTo(recipient)).find(({ link }) => link?.words === 'Bring this address back');
    return new URL(letter?.link?.to ?? 'http://localhost/no-link').pathname;
  }
  const bringBack = async (path: string) => (await browser().visit(path)).press('Bring it back');

  /** Somebody with a password alone, signed in just now. */
  async function newcomer(): Promise<{ name: string; home: Browser }> {
    const name = `person-${people++}`;
    await sallyport.person(name);
    return { name, home: await signIn(browser(), name) };
  }
  async function asked(home: Browser, address: string): Promise<Browser> {
    await home.visit('/account/address');
    return home.press('Send code', { address });
  }
  async function changed(name: string, home: Browser, address = newOf(name)): Promise<void> {
    await asked(home, address);
    await typeCode(home, await codeSentTo(sallyport, address));
    expect([home.url, await addressOf(name)]).toEqual(['/account', address]);
  }

  test('takes a code that went to the new one; both are told, and one signs in with the new one', async () => {
    const { name, home } = await newcomer();
    await asked(home, newOf(name));
    expect([home.title, await addressOf(name)]).toEqual([asksForCode, oldOf(name)]);
    await typeCode(home, await codeSentTo(sallyport, newOf(name)));
    expect([home.url, await addressOf(name)]).toEqual(['/account', newOf(name)]);
    expect(await letters(sallyport, newOf(name))).toContain('This is the address of your account now');
    const [told] = await lettersTo(oldOf(name));
    expect(told?.subject).toBe('The email address of your account was changed');
    expect(told?.paragraphs.join()).not.toContain(newOf(name));
    expect((await signIn(browser(), newOf(name))).url).toBe('/account');
    expect((await signIn(browser(), name)).url).toBe('/account');
    expect((await signIn(browser(), oldOf(name))).wrong).toMatch(/didn’t work/);
  });

  test('is asked the strongest proof of minutes ago, and what was typed is kept meanwhile', async () => {
    const name = `person-${people++}`;
    const { home, secret } = await ownerOf(sallyport, name);
    sallyport.clock.pass(minutes(6));
    const thief = copyOf(home);
    await thief.visit('/account/sessions');
    const before = (await rowsOf(sallyport, 'outbox')).length;
    const answer = await post(thief, '/account/address', { send: 'yes', address: 'eve@example.com' });
    expect(String(answer.headers.location)).toMatch(/^\/sign-in\//);
    await post(thief, '/account/address', { code: '123456' });
    expect([(await rowsOf(sallyport, 'outbox')).length, await addressOf(name)]).toEqual([before, oldOf(name)]);
    await asked(home, newOf(name));
    expect(home.text).toContain(`Confirm it’s you to have your mail sent to ${newOf(name)}.`);
    await typeCode(home, codeFor(sallyport, secret));
    expect(home.text).toContain(`Have your mail sent to ${newOf(name)}`);
    await home.press('Continue');
    expect(home.title).toBe(asksForCode);
  });

  test('a code serves in the session that asked for it, for that address, for ten minutes, and once', async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    await asked(one.home, newOf(one.name));
    const code = await codeSentTo(sallyport, newOf(one.name));
    for (const elsewhere of [other.home, await signIn(browser(), one.name)]) {
      await elsewhere.visit('/account/address');
      await post(elsewhere, '/account/address', { code });
      await post(elsewhere, '/account/address', { code, address: newOf(one.name) });
    }
    sallyport.clock.pass(minutes(1));
    await one.home.press('Use another address');
    await one.home.press('Send code', { address: 'second@new.example.org' });
    await typeCode(one.home, code);
    expect(one.home.wrong).toBe('That code isn’t right. Only the code in the newest message works.');
    await post(one.home, '/account/address', { code, address: newOf(one.name) });
    expect([await addressOf(one.name), await addressOf(other.name)]).toEqual([oldOf(one.name), oldOf(other.name)]);
    await one.home.visit('/account/address');
    sallyport.clock.pass(minutes(10));
    await post(one.home, '/account/address', { code: await codeSentTo(sallyport, 'second@new.example.org') });
    expect(await addressOf(one.name)).toBe(oldOf(one.name));
  });

  test('five guesses burn a code, however many come at once', async () => {
    const { name, home } = await newcomer();
    await asked(home, newOf(name));
    const code = await codeSentTo(sallyport, newOf(name));
    const guess = (n: number) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0');
    await atOnce(20, (n) => post(home, '/account/address', { code: guess(n) }));
    await post(home, '/account/address', { code });
    expect(await addressOf(name)).toBe(oldOf(name));
  });

  test('an address that somebody has is answered like a free one; only its reader learns of it', async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    const seen = [];
    for (const [address, { home }] of [
      [oldOf(one.name), other],
      ['nobody@new.example.org', await newcomer()],
    ] as const) {
      const before = (await rowsOf(sallyport, 'outbox')).length;
      await asked(home, address);
      const said = home.text.replaceAll(address, 'ADDRESS').replaceAll(/person-\d+/g, 'NAME');
      seen.push([home.response.statusCode, home.title, said, (await rowsOf(sallyport, 'outbox')).length - before]);
    }
    expect(seen[0]).toEqual(seen[1]);
    await typeCode(other.home, await codeSentTo(sallyport, oldOf(one.name)));
    expect(other.home.wrong).toMatch(/^Another account has that address/);
    expect([await addressOf(one.name), await addressOf(other.name)]).toEqual([oldOf(one.name), oldOf(other.name)]);
    await asked(one.home, oldOf(one.name));
    expect(one.home.wrong).toBe('That is your address already.');
  });

  test('of two who confirm the same address at once, or of two tabs, one gets it', async () => {
    const both = [await newcomer(), await newcomer()];
    const address = `shared-${kind}@new.example.org`;
    const codes: string[] = [];
    for (const { home } of both) {
      await asked(home, address);
      codes.push(await codeSentTo(sallyport, address));
      sallyport.clock.pass(minutes(1));
    }
    const answers = await atOnce(12, (n) =>
      post(both[n % 2]?.home as Browser, '/account/address', { code: codes[n % 2] ?? '' }),
    );
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    const got = await Promise.all(both.map(({ name }) => addressOf(name)));
    expect(got.filter((one) => one === address)).toHaveLength(1);
    expect((await rowsOf(sallyport, 'account_name')).filter((row) => row['canonical'] === address)).toHaveLength(1);
    const told = (await lettersTo(address)).filter(
      ({ subject }) => subject === 'This is the address of your account now',
    );
    expect(told).toHaveLength(1);
  });

  describe('and back', () => {
    test('brings the old one back once, ends every session, and tells both', async () => {
      const { name, home } = await newcomer();
      await changed(name, home);
      const path = await undoOf(oldOf(name));
      await (await browser().visit(path)).visit(path);
      expect(await addressOf(name)).toBe(newOf(name));
      expect((await bringBack(path)).title).toBe('Your address is back');
      expect([await addressOf(name), await isIn(home)]).toEqual([oldOf(name), false]);
      expect(await letters(sallyport, oldOf(name))).toContain('Your email address is back');
      expect(await letters(sallyport, newOf(name))).toContain('This is no longer the address of your account');
      const again = await signIn(browser(), name);
      expect(again.url).toBe('/account');
      sallyport.clock.pass(minutes(2));
      await changed(name, await signIn(browser(), name));
      expect((await bringBack(path)).title).toBe('This link does not work any more');
      expect(await addressOf(name)).toBe(newOf(name));
    });

    test('for three days, and no longer', async () => {
      const [early, late] = [await newcomer(), await newcomer()];
      for (const { name, home } of [early, late]) await changed(name, home);
      sallyport.clock.pass(hours(72) - seconds(1));
      expect((await bringBack(await undoOf(oldOf(early.name)))).title).toBe('Your address is back');
      sallyport.clock.pass(seconds(1));
      expect((await bringBack(await undoOf(oldOf(late.name)))).title).toBe('This link does not work any more');
      expect(await addressOf(late.name)).toBe(newOf(late.name));
    });

    test('whoever changed it twice, or ended everything meanwhile, does not stop its owner', async () => {
      const { name, home } = await newcomer();
      await changed(name, home);
      sallyport.clock.pass(minutes(1));
      await changed(name, home, `${name}@third.example.org`);
      await home.visit('/account/activity/not-me');
      await home.press('Sign out everywhere');
      expect((await bringBack(await undoOf(oldOf(name)))).title).toBe('Your address is back');
      expect((await bringBack(await undoOf(newOf(name)))).title).toBe('This link does not work any more');
      expect(await addressOf(name)).toBe(oldOf(name));
    });

    test('of many at once one does it', async () => {
      const { name, home } = await newcomer();
      await changed(name, home);
      const path = await undoOf(oldOf(name));
      const answers = await atOnce(6, () => browser().send('POST', path, ''));
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410, 410, 410, 410, 410]);
      expect((await lettersTo(oldOf(name))).filter(({ subject }) => subject.endsWith('is back'))).toHaveLength(1);
    });

    test('not where somebody else has it by now, and then nothing is half done', async () => {
      const [one, other] = [await newcomer(), await newcomer()];
      await changed(one.name, one.home);
      await changed(other.name, other.home, oldOf(one.name));
      expect((await bringBack(await undoOf(oldOf(one.name)))).title).toBe('Another account has this address now');
      expect([await addressOf(one.name), await isIn(one.home)]).toEqual([newOf(one.name), true]);
    });
  });

  test('what was on its way to the old one is worth nothing any more', async () => {
    const { name, home } = await newcomer();
    sallyport.clock.pass(hours(1));
    const forgetful = await browser().visit('/recover');
    await forgetful.press('Send the link', { username: name });
    await answerRecovery(sallyport.house.gate);
    const letter = (await lettersTo(oldOf(name))).find(({ link }) => link?.words === 'Choose another password');
    await asked(home, newOf(name));
    await home.press('Continue', { password: 'correct horse battery staple' });
    await home.press('Continue');
    await typeCode(home, await codeSentTo(sallyport, newOf(name)));
    expect(await addressOf(name)).toBe(newOf(name));
    const reader = await browser().visit(new URL(letter?.link?.to ?? '').pathname);
    expect((await reader.press('Begin')).title).toBe('This link does not work any more');
  });

  test('whoever reads the new one alone waits for a password until the old one can no longer be brought back', async () => {
    const { name, home } = await newcomer();
    await changed(name, home);
    sallyport.clock.pass(hours(1));
    await (await browser().visit('/recover')).press('Send the link', { username: name });
    await answerRecovery(sallyport.house.gate);
    const letter = (await lettersTo(newOf(name))).find(({ link }) => link?.words === 'Choose another password');
    const reader = await browser().visit(new URL(letter?.link?.to ?? '').pathname);
    await reader.press('Begin');
    await reader.press('I have none of these: wait 24 hours instead');
    const waited = async () =>
      (await lettersTo(newOf(name))).filter(({ subject }) => subject.startsWith('Now you can'));
    sallyport.clock.pass(hours(70));
    await answerRecovery(sallyport.house.gate);
    expect(await waited()).toEqual([]);
    sallyport.clock.pass(hours(1));
    await answerRecovery(sallyport.house.gate);
    expect(await waited()).toHaveLength(1);
  });

  test('T46: one address, typed once: no code goes to a second', async () => {
    const { home } = await newcomer();
    await home.visit('/account/address');
    const before = (await rowsOf(sallyport, 'outbox')).length;
    const twice = `_csrf=${tokenOn(home)}&send=yes&address=a@example.org&address=eve@example.org`;
    expect((await home.send('POST', '/account/address', twice)).statusCode).toBe(400);
    for (const address of ['a@example.org,eve@example.org', 'a@example.org\r\nBcc: eve@example.org', 'no address']) {
      await home.press('Send code', { address });
      expect(home.wrong).toBe('That is not an email address. One looks like name@example.org.');
    }
    expect((await rowsOf(sallyport, 'outbox')).length).toBe(before);
  });
});

describe('where no mail leaves the house', () => {
  test('the page says so, and nothing is sent', async () => {
    const sallyport = await openSallyport('sqlite', {}, { mails: false });
    await sallyport.person('ann');
    const home = await signIn(new Browser(sallyport.app), 'ann');
    await home.visit('/account/address');
    expect(home.text).toContain('No email leaves this installation');
    await post(home, '/account/address', { send: 'yes', address: 'new@example.org' });
    expect(await rowsOf(sallyport, 'outbox')).toEqual([]);
    expect((await home.visit('/recover')).response.statusCode).toBe(404);
    await sallyport.close();
  });
});
