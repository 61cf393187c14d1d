import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import {
  codeSentTo,
  mailbox,
  phone,
  setUpAuthenticator,
  setUpSentCode,
  signIn,
  takesSentCodes,
  typeCode,
} from '../support/verbs.ts';

describe.each(kinds)('codes that are sent, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, takesSentCodes);
  });
  afterAll(() => sallyport.close());

  const newcomer = async (name: string): Promise<Browser> => {
    await sallyport.person(name);
    return signIn(new Browser(sallyport.app), name);
  };
  const back = (name: string) => signIn(new Browser(sallyport.app), name);
  const ways = (browser: Browser) => browser.page.querySelectorAll('.way b').map((way) => way.textContent);
  test('come after a code that nobody carries', async () => {
    const home = await newcomer('ann');
    await setUpAuthenticator(sallyport, home);
    await setUpSentCode(sallyport, home, mailbox('ann@mail.example.org'));
    const browser = await back('ann');
    expect(ways(browser)).toEqual(['Authenticator app', 'Code by email', 'Backup codes']);
  });

  test('are asked after others while they cannot be sent; that is nobody’s guess, and over when it is over', async () => {
    const home = await newcomer('bob');
    await setUpSentCode(sallyport, home, mailbox('bob@mail.example.org'));
    await setUpSentCode(sallyport, home, phone);
    const down = { channel: 'mail', at: sallyport.clock.now() };
    await sql`insert into channel_failure (channel, at) values (${down.channel}, ${down.at})`.execute(
      sallyport.house.gate.database.read,
    );
    const browser = await back('bob');
    expect(ways(browser)).toEqual(['Code by text message', 'Code by email', 'Backup codes']);
    await browser.press('Code by email');
    for (let n = 0; n < 8; n++) await browser.press('Send code');
    expect(browser.wrong).toBe('We can’t send email at the moment. Try again in a minute, or another way.');
    sallyport.clock.pass(minutes(1));
    await browser.press('Send code');
    await typeCode(browser, await codeSentTo(sallyport, 'bob@mail.example.org'));
    expect(browser.url).toBe('/account');
  });
});
