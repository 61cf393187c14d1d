import { afterEach, describe, expect, test } from 'vitest';
import { claimMessage, settleMessage } from '../../src/core/delivery/store.ts';
import { hours } from '../../src/kernel/clock.ts';
import { Browser } from '../support/browser.ts';
import { type DatabaseKind, kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeSentTo, mailbox, phone, signIn, typeCode } from '../support/verbs.ts';

const everybody = { name: 'everybody', require: 'sfa', methods: { second: ['email-code', 'sms-code'], backup: [] } };
const asked = 'Get a code by email';

describe.each(kinds)('a code besides the password, on %s', (kind: DatabaseKind) => {
  let sallyport: Sallyport;
  const open = async (more: object) => {
    const policies = [{ ...everybody, ...more }];
    sallyport = await openSallyport(kind, { policies, methods: { 'sms-code': { countries: ['DE'] } } });
  };
  afterEach(() => sallyport.close());

  const ann = mailbox('ann@mail.example.org');
  /** Signs in for the first time: says where codes go, and types the one that came. */
  async function first(browser: Browser): Promise<Browser> {
    await sallyport.person('ann');
    await signIn(browser, 'ann');
    expect(browser.url).toMatch(/^\/sign-in\//);
    if (browser.text.includes('Code by text message')) await browser.press('Code by email');
    await browser.press('Send code', ann.typed);
    await typeCode(browser, await codeSentTo(sallyport, ann.recipient));
    expect(browser.url).toBe('/account');
    sallyport.clock.pass(60_000);
    return browser;
  }
  const comeBack = async (browser: Browser): Promise<Browser> => {
    browser.cookies.delete('__Host-session');
    return signIn(await browser.visit('/sign-in'), 'ann');
  };

  test('is asked in a browser that is new to its person, and in no other', async () => {
    await open({ confirm: 'new-browser' });
    const browser = await first(new Browser(sallyport.app));
    expect((await comeBack(browser)).url).toBe('/account');
    expect((await signIn(new Browser(sallyport.app), 'ann')).title).toBe(asked);
  });

  test('is asked at each sign-in where the policy says so, and never where it says nothing', async () => {
    await open({ confirm: 'each-sign-in' });
    const browser = await first(new Browser(sallyport.app));
    expect((await comeBack(browser)).title).toBe(asked);
    await sallyport.close();
    await open({});
    await sallyport.person('ann');
    expect((await signIn(new Browser(sallyport.app), 'ann')).url).toBe('/account');
  });

  test('comes by mail or by text message, as whoever has both chooses', async () => {
    await open({ confirm: 'each-sign-in' });
    const browser = await first(new Browser(sallyport.app));
    await browser.visit('/account/security');
    await browser.press('Set up: Code by text message');
    await browser.press('Send code');
    await typeCode(browser, await codeSentTo(sallyport, ann.recipient));
    await browser.press('Send code', phone.typed);
    await typeCode(browser, await codeSentTo(sallyport, phone.recipient));
    sallyport.clock.pass(60_000);
    await comeBack(browser);
    await browser.press('Code by text message');
    await typeCode(browser, await codeSentTo(sallyport, phone.recipient));
    expect(browser.url).toBe('/account');
  });

  test('a wrong one lets nobody in, the right one does', async () => {
    await open({ confirm: 'each-sign-in' });
    const browser = await first(new Browser(sallyport.app));
    await comeBack(browser);
    await browser.press('Send code');
    await typeCode(browser, '000000');
    expect([browser.wrong, browser.url.startsWith('/sign-in/')]).toEqual([expect.stringMatching(/isn’t right/), true]);
    await typeCode(browser, await codeSentTo(sallyport, ann.recipient));
    expect(browser.url).toBe('/account');
  });

  /** The mail server does not answer: the message that was owed was not taken. */
  async function mailFails(): Promise<void> {
    const { gate } = sallyport.house;
    const claimed = (await claimMessage(gate, 'mail')) ?? expect.fail('nothing is owed');
    const now = gate.clock.now();
    await gate.database.transaction((tx) => settleMessage(tx, now, claimed, { is: 'down', why: 'ECONNREFUSED' }));
  }

  test('while it cannot be sent, nobody passes where the policy refuses', async () => {
    await open({ confirm: 'each-sign-in' });
    const browser = await first(new Browser(sallyport.app));
    await mailFails();
    await comeBack(browser);
    await browser.press('Send code');
    expect([browser.url.startsWith('/sign-in/'), browser.wrong]).toEqual([true, expect.stringMatching(/can’t/)]);
    await browser.visit('/account');
    expect(browser.url).not.toBe('/account');
  });

  test('while it cannot be sent, it is asked next time where the policy postpones, and no longer than that', async () => {
    await open({ confirm: 'each-sign-in', confirmWhenDown: 'postpone' });
    const browser = await first(new Browser(sallyport.app));
    await mailFails();
    expect((await comeBack(browser)).url).toBe('/account');
    sallyport.clock.pass(hours(1));
    expect((await comeBack(browser)).title).toBe(asked);
  });
});
