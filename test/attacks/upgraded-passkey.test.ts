import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { passkeysUpgraded } from '../support/passkeys.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';
import { isIn, levelOf, optionsOn, post, rowsOf } from './tools.ts';

/** UP, the bit of whoever is there. */
const nobodyThere = { flip: 1 };

describe.each(kinds)('a passkey that the browser makes by itself, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, passkeysUpgraded);
  });
  afterAll(() => sallyport.close());

  const device = () => new Authenticator('http://localhost:4000', { attachment: 'platform', verifies: true });

  /** Has given the password, and is offered a passkey. */
  async function offered(name: string): Promise<Browser> {
    await sallyport.person(name);
    return signIn(new Browser(sallyport.app), name);
  }
  const send = async (browser: Browser, made: string, how: string): Promise<Browser> => {
    const { url } = browser;
    await post(browser, `${url}/set-up/webauthn`, { kind: how, response: made });
    return browser.visit(url);
  };

  test('is kept though nobody was there, and proves nothing of this sign-in', async () => {
    const browser = await offered('ann');
    await send(browser, device().create(optionsOn(browser, 'upgrade'), nobodyThere), 'upgrade');
    expect(await isIn(browser)).toBe(true);
    expect(await levelOf(browser)).toBe(1);
  });

  test('is made in no answer that a person was asked for', async () => {
    const browser = await offered('bob');
    await send(browser, device().create(optionsOn(browser, 'passkey'), nobodyThere), 'passkey');
    expect(await isIn(browser)).toBe(false);
    await send(browser, device().create(optionsOn(browser, 'passkey'), nobodyThere), 'upgrade');
    expect(await isIn(browser)).toBe(false);
  });

  test('T10: is made by no answer to a page that was over', async () => {
    for (const [name, left, made] of [
      ['dora', seconds(1), true],
      ['erik', 0, false],
    ] as const) {
      const browser = await offered(name);
      const before = (await rowsOf(sallyport, 'webauthn')).length;
      const response = device().create(optionsOn(browser, 'passkey'));
      sallyport.clock.pass(minutes(5) - left);
      await send(browser, response, 'passkey');
      expect([name, (await rowsOf(sallyport, 'webauthn')).length > before]).toEqual([name, made]);
    }
  });

  test('is not made long after the password: not by a page that is opened again, nor by one that was left open', async () => {
    const browser = await offered('cora');
    const options = optionsOn(browser, 'upgrade');
    sallyport.clock.pass(minutes(6));
    await browser.visit(browser.url);
    expect(optionsOn(browser, 'upgrade')).toBeUndefined();
    await send(browser, device().create(options, nobodyThere), 'upgrade');
    expect(await isIn(browser)).toBe(false);
  });
});

describe.each(kinds)('a passkey made while nobody was there, where two factors are asked, on %s', (kind) => {
  test('is one factor, until it told its person beside the password; then it is two', async () => {
    const [everybody] = passkeysUpgraded.policies;
    const sallyport = await openSallyport(kind, {
      policies: [
        { ...everybody, name: 'office', when: { networks: ['10.0.0.0/8'] } },
        { ...everybody, require: 'mfa', methods: { second: ['webauthn'], backup: [] } },
      ],
      trustedProxies: ['127.0.0.1'],
    });
    await sallyport.person('ann');
    const office = await signIn(new Browser(sallyport.app, { 'x-forwarded-for': '10.1.2.3' }), 'ann');
    const device = new Authenticator('http://localhost:4000', { attachment: 'platform', verifies: true });
    const { user } = optionsOn(office, 'upgrade');
    // Made with neither UP nor UV.
    const made = device.create(optionsOn(office, 'upgrade'), { flip: 1 | 4 });
    await post(office, `${office.url}/set-up/webauthn`, { kind: 'upgrade', response: made });
    const comes = async () => {
      const browser = await new Browser(sallyport.app, { 'x-forwarded-for': '192.0.2.1' }).visit('/sign-in');
      await answers(browser);
      return browser;
    };
    const answers = async (browser: Browser) => {
      const response = device.get(optionsOn(browser, 'any'), { userHandle: user.id });
      await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
      await browser.visit(browser.url);
    };
    for (let n = 0; n < 2; n++) expect(await isIn(await comes())).toBe(false);
    const beside = await new Browser(sallyport.app, { 'x-forwarded-for': '192.0.2.1' }).visit('/sign-in');
    await answers(await signIn(beside, 'ann'));
    expect([await isIn(beside), await levelOf(beside)]).toEqual([true, 3]);
    expect(await isIn(await comes())).toBe(true);
    await sallyport.close();
  });
});

test.each(kinds)('where the policy does not say so, no browser makes one by itself, on %s', async (kind) => {
  const [everybody] = passkeysUpgraded.policies;
  const policies = [{ ...everybody, passkeys: { offer: true } }];
  const sallyport = await openSallyport(kind, { policies });
  await sallyport.person('dora');
  const browser = await signIn(new Browser(sallyport.app), 'dora');
  expect(optionsOn(browser, 'upgrade')).toBeUndefined();
  const made = new Authenticator('http://localhost:4000').create(optionsOn(browser, 'passkey'), nobodyThere);
  await post(browser, `${browser.url}/set-up/webauthn`, { kind: 'upgrade', response: made });
  expect(await isIn(browser)).toBe(false);
  await sallyport.close();
});
