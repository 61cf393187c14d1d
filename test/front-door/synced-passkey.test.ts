import { describe, expect, test } from 'vitest';
import { isIn, levelOf, optionsOn, post } from '../attacks/tools.ts';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport } from '../support/sallyport.ts';
import { signIn, typePassword } from '../support/verbs.ts';

/** Somebody who has made a passkey where a password was enough, and comes where two factors are asked. */
async function comesBy(kind: (typeof kinds)[number], synced: boolean, passkeys: object) {
  const everybody = { name: 'everybody', methods: { second: ['webauthn'], backup: [] } };
  const sallyport = await openSallyport(kind, {
    policies: [
      { ...everybody, name: 'office', when: { networks: ['10.0.0.0/8'] }, require: 'sfa', passkeys: { offer: true } },
      { ...everybody, require: 'mfa', passkeys },
    ],
    trustedProxies: ['127.0.0.1'],
  });
  await sallyport.person('ann');
  const office = await signIn(new Browser(sallyport.app, { 'x-forwarded-for': '10.1.2.3' }), 'ann');
  const device = new Authenticator('http://localhost:4000', { attachment: 'platform', synced });
  const options = optionsOn(office, 'passkey');
  await post(office, `${office.url}/set-up/webauthn`, { kind: 'passkey', response: device.create(options) });
  const browser = await new Browser(sallyport.app, { 'x-forwarded-for': '192.0.2.1' }).visit('/sign-in');
  const response = device.get(optionsOn(browser, 'any'), { userHandle: options.user.id });
  await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
  return { sallyport, browser: await browser.visit(browser.url) };
}

describe.each(kinds)('a passkey that is on many devices, on %s', (kind) => {
  test.each([
    ['is two factors where the rule says nothing', true, {}],
    ['is two factors where the rule says so', true, { syncedAlone: 'phr' }],
    ['that is on one device only is two factors whatever the rule says of others', false, { syncedAlone: 'sfa' }],
  ])('%s', async (_, synced, passkeys) => {
    const { sallyport, browser } = await comesBy(kind, synced, passkeys);
    expect([await isIn(browser), await levelOf(browser)]).toEqual([true, 3]);
    await sallyport.close();
  });

  test('is one where the rule says so: the password is asked too', async () => {
    const { sallyport, browser } = await comesBy(kind, true, { syncedAlone: 'sfa' });
    expect([await isIn(browser), browser.title]).toEqual([false, expect.stringMatching(/password/i)]);
    await typePassword(browser);
    expect([await isIn(browser), await levelOf(browser)]).toEqual([true, 3]);
    await sallyport.close();
  });
});
