import { expect, test } from 'vitest';
import { optionsOn, post } from '../attacks/tools.ts';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { passkeysOffered } from '../support/passkeys.ts';
import { openSallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test.each(kinds)('a passkey says who keeps it, by name and mark, and where it was made, on %s', async (kind) => {
  const sallyport = await openSallyport(kind, passkeysOffered);
  await sallyport.person('ann');
  const browser = await signIn(new Browser(sallyport.app, { 'user-agent': firefox }), 'ann');
  const manager = new Authenticator('http://localhost:4000', {
    attachment: 'platform',
    synced: true,
    aaguid: 'd548826e-79b4-db40-a3d8-11116f7e8349',
  });
  const response = manager.create(optionsOn(browser, 'passkey'));
  await post(browser, `${browser.url}/set-up/webauthn`, { kind: 'passkey', response });
  await browser.visit('/account/security');
  const row = browser.page.querySelectorAll('.row').find(({ text }) => text.includes('Bitwarden'));
  expect(row?.querySelector('svg.mark path')?.getAttribute('d')).toBeTruthy();
  expect(row?.text).toContain('Synced');
  expect(row?.text).toMatch(/^Bitwarden.*Added .* in Firefox, Linux · not used yet/);
  await sallyport.close();
});
