import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schedules } from '../../src/core/throttle/schedules.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { type AccountId, newId } from '../../src/kernel/ids.ts';
import { fromOneNetwork } from '../../src/otp/send-limits.ts';
import { addSend } from '../../src/otp/sends.ts';
import { Browser } from '../support/browser.ts';
import { emptyDatabase, kinds } from '../support/databases.ts';
import { openOn } from '../support/open.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeSentTo, mailbox, setUpSentCode, signIn, takesSentCodes, typeCode } from '../support/verbs.ts';
import { atOnce, copyOf, halfway, isIn, letters, post, rowsOf, tokenOn } from './tools.ts';

/** Before the page where an address is named. */
async function namesAddress(browser: Browser): Promise<Browser> {
  await browser.visit('/account/security');
  const begun = await post(browser, '/account/security/email-code/set-up', {});
  return browser.visit(String(begun.headers.location));
}

describe.each(kinds)('codes that are sent, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, takesSentCodes);
  });
  afterAll(() => sallyport.close());

  const mailOf = (name: string) => `${name}@mail.example.org`;
  const sentTo = (name: string) => codeSentTo(sallyport, mailOf(name));
  const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

  /** Somebody whose codes come by mail, signed in at home. */
  async function owner(name: string): Promise<Browser> {
    await sallyport.person(name);
    const home = await signIn(new Browser(sallyport.app), name);
    await setUpSentCode(sallyport, home, mailbox(mailOf(name)));
    return home;
  }
  /** Before the code, which is on its way. */
  const waiting = async (name: string): Promise<Browser> => (await halfway(sallyport, name)).press('Send code');

  test('T20: somebody’s code, or one asked for in another sign-in, lets nobody in', async () => {
    await owner('ann');
    await owner('bob');
    const [ann, bob, quiet] = [await waiting('ann'), await waiting('bob'), await halfway(sallyport, 'ann')];
    const annas = await sentTo('ann');
    for (const browser of [bob, quiet]) {
      await post(browser, `${browser.url}/prove/email-code`, { code: annas });
      expect(await isIn(browser)).toBe(false);
    }
    sallyport.clock.pass(minutes(1));
    const second = await waiting('ann');
    await post(second, `${second.url}/prove/email-code`, { code: annas });
    expect(await isIn(second)).toBe(false);
    await typeCode(ann, annas);
    expect(await isIn(ann)).toBe(true);
  });

  test('T20: a code that confirms an address signs nobody in, and the other way round', async () => {
    const home = await owner('cleo');
    const pending = await waiting('cleo');
    const signsIn = await sentTo('cleo');
    sallyport.clock.pass(minutes(1));
    await (await namesAddress(home)).press('Send code', { address: mailOf('cleo') });
    const confirms = await sentTo('cleo');
    await post(home, `${home.url}/set-up/email-code`, { code: signsIn });
    await post(pending, `${pending.url}/prove/email-code`, { code: confirms });
    expect(home.title).toBe('Enter the code from the email');
    expect(await isIn(pending)).toBe(false);
  });

  test('T16: a new code begins no new count of guesses', async () => {
    await owner('dora');
    const cap = schedules.second[0]?.from ?? 0;
    const browser = await waiting('dora');
    for (let n = 0; n < cap; n++) {
      expect(browser.title).toBe('Enter the code from the email');
      if (n === 3) {
        sallyport.clock.pass(minutes(1));
        await browser.press('Send a new code');
      }
      await typeCode(browser, other(await sentTo('dora'), n + 1));
    }
    expect(browser.title).toBe('Too many wrong codes');
    await post(browser, `${browser.url}/prove/email-code`, { code: await sentTo('dora') });
    expect(await isIn(browser)).toBe(false);
  });

  test('five guesses burn a code, also where nobody counts for the account: at its set-up', async () => {
    await sallyport.person('eve');
    const home = await signIn(new Browser(sallyport.app), 'eve');
    await (await namesAddress(home)).press('Send code', { address: 'victim@example.org' });
    const code = await codeSentTo(sallyport, 'victim@example.org');
    await atOnce(30, (n) => post(home, `${home.url}/set-up/email-code`, { code: other(code, n + 1) }));
    await post(home, `${home.url}/set-up/email-code`, { code });
    expect((await rowsOf(sallyport, 'email_code')).length).toBe((await rowsOf(sallyport, 'account')).length - 1);
  });

  test('T41: limits are rows beside the codes: they hold for whoever asks, wherever, and after a restart', async () => {
    await owner('fay');
    const browsers = await atOnce(8, () => halfway(sallyport, 'fay'));
    const before = (await letters(sallyport, mailOf('fay'))).length;
    await atOnce(8, async (n) => {
      const browser = browsers[n] as Browser;
      await post(browser, `${browser.url}/prove/email-code`, { send: 'en' });
    });
    expect((await letters(sallyport, mailOf('fay'))).length).toBe(before + 1);
  });

  test('T41: and after a restart', async () => {
    const database = await emptyDatabase(kind);
    const config = { ...takesSentCodes, data: mkdtempSync(join(tmpdir(), 'sallyport-limits-')) };
    const first = await openOn(database, config);
    await first.person('gil');
    const home = await signIn(new Browser(first.app), 'gil');
    await (await namesAddress(home)).press('Send code', { address: mailOf('gil') });
    const second = await openOn(database, config, { clock: first.clock });
    await second.person('hana');
    const elsewhere = await signIn(new Browser(second.app), 'hana');
    await (await namesAddress(elsewhere)).press('Send code', { address: mailOf('gil') });
    expect(elsewhere.wrong).toBe('We have just sent one. The next can be sent in 60 seconds.');
    expect(await letters(second, mailOf('gil'))).toHaveLength(1);
    await second.close();
  });

  test('one network makes us send no more than so many, to whomever: the next is told when', async () => {
    const own = await openSallyport(kind, { ...takesSentCodes, trustedProxies: ['127.0.0.1'] });
    const from = (address: string) => new Browser(own.app, { 'x-forwarded-for': address });
    const asks = async (name: string, address: string): Promise<Browser> => {
      await own.person(name);
      return (await namesAddress(await signIn(from(address), name))).press('Send code', { address: mailOf(name) });
    };
    await asks('ada', '192.0.2.1');
    const [row] = await rowsOf(own, 'sent_code');
    const { database, chance } = own.house.gate;
    await database.transaction(async (tx) => {
      for (let n = 1; n < fromOneNetwork.sends; n++)
        await addSend(tx, {
          id: newId<'sent-code'>(chance),
          method: 'other',
          purpose: 'sign-in',
          account: String(row?.['account_id']) as AccountId,
          recipient: `somebody ${n}`,
          network: String(row?.['network']),
          at: own.clock.now(),
        });
    });
    expect((await asks('ben', '192.0.2.99')).wrong).toMatch(/The next can be sent in 60 minutes/);
    expect((await asks('cai', '198.51.100.7')).title).toBe('Enter the code from the email');
    await own.close();
  });

  test('T46: one address, typed once: nothing goes to a second', async () => {
    await sallyport.person('ivy');
    const home = await namesAddress(await signIn(new Browser(sallyport.app), 'ivy'));
    const to = `${home.url}/set-up/email-code`;
    const before = (await rowsOf(sallyport, 'outbox')).length;
    const twice = `_csrf=${tokenOn(home)}&send=en&address=ivy@example.org&address=eve@example.org`;
    expect((await home.send('POST', to, twice)).statusCode).toBe(400);
    for (const many of ['address[]', 'address[0]'])
      await post(home, to, { send: 'en', [many]: 'eve@example.org', address: '' });
    for (const address of [
      'ivy@example.org,eve@example.org',
      'ivy@example.org\r\nBcc: eve@example.org',
      'Ivy <ivy@example.org>, eve@example.org',
    ])
      expect((await post(home, to, { send: 'en', address })).statusCode).toBe(303);
    await home.visit(home.url);
    expect(home.wrong).toBe('That is not an email address. One looks like name@example.org.');
    expect((await rowsOf(sallyport, 'outbox')).length).toBe(before);
  });

  test('the same code from two tabs at once lets one in', async () => {
    await owner('jo');
    const browser = await waiting('jo');
    const tabs = Array.from({ length: 6 }, () => copyOf(browser));
    const code = await sentTo('jo');
    const form = `_csrf=${tokenOn(browser)}&code=${code}`;
    const sessions = async () => (await rowsOf(sallyport, 'session')).length;
    const before = await sessions();
    const answers = await atOnce(6, (n) => (tabs[n] as Browser).send('POST', `${browser.url}/prove/email-code`, form));
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    expect((await sessions()) - before).toBe(1);
    expect((await Promise.all(tabs.map(isIn))).filter(Boolean)).toHaveLength(1);
  });
});
