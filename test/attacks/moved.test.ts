import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { emptyDatabase, kinds } from '../support/databases.ts';
import { openOn } from '../support/open.ts';
import { signIn } from '../support/verbs.ts';
import { isIn, optionsOn, post } from './tools.ts';

const host = 'id.sallyport.test';
const origin = `https://${host}`;

/** The passkey of somebody who made it while keys belonged to `sallyport.test`, shown where they belong to `id.sallyport.test`. */
async function shownAfterTheMove(kind: (typeof kinds)[number], formerRpIds: readonly string[]) {
  const database = await emptyDatabase(kind);
  const data = mkdtempSync(join(tmpdir(), 'sallyport-moved-'));
  const policies = [
    { name: 'everybody', require: 'sfa', methods: { second: ['webauthn'], backup: [] }, passkeys: { offer: true } },
  ];
  const given = { data, publicUrl: origin, policies };
  const before = await openOn(database, { ...given, methods: { webauthn: { rpId: 'sallyport.test' } } });
  await before.person('ann');
  const device = new Authenticator(origin, { attachment: 'platform' });
  const offered = await signIn(new Browser(before.app, { host }), 'ann');
  const options = optionsOn(offered, 'passkey');
  await post(offered, `${offered.url}/set-up/webauthn`, { kind: 'passkey', response: device.create(options) });
  await before.app.close();

  const after = await openOn(database, { ...given, methods: { webauthn: { formerRpIds } } }, before);
  const browser = await new Browser(after.app, { host }).visit('/sign-in');
  const asked = { ...optionsOn(browser, 'any'), rp: { id: 'sallyport.test' } };
  const response = device.get(asked, { userHandle: options.user.id });
  await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
  await browser.visit(browser.url);
  // Whoever got in by one of before is offered one of today's first.
  const opened = (await isIn(browser)) || browser.title === 'Create a passkey?';
  await after.close();
  return opened;
}

test.each(kinds)('a key of a domain that is not ours any more opens nothing, on %s', async (kind) => {
  expect(await shownAfterTheMove(kind, [])).toBe(false);
});

test.each(kinds)('a key of a domain that is named as a former one still does, on %s', async (kind) => {
  expect(await shownAfterTheMove(kind, ['sallyport.test'])).toBe(true);
});
