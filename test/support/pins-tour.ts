import { protectedBy } from './others-tour.ts';
import { password } from './sallyport.ts';
import type { Scenario } from './scenario.ts';
import { type Look, name, submit } from './scenario-tour.ts';
import { codeFor } from './verbs.ts';

/** What the walk needs: two applications that take PINs of their own. */
export const withRealms = {
  realms: [
    { id: 'tracker', name: 'Tracker' },
    { id: 'storeroom', name: 'Storeroom', ownMark: true },
  ],
};

/** Registers somebody in two realms, and forgets this and that on the way. */
export async function pins(scene: Scenario, look: Look): Promise<void> {
  const { page, sallyport } = scene;
  await sallyport.person('boss', { role: 'system-administrator' });
  await protectedBy(scene, 'boss');
  const ruth = await sallyport.person('ruth', { email: 'ruth@example.org' });
  await page.goto('/admin/settings');
  await look('settings', page);
  await page.goto('/admin/pins');
  await look('PINs', page);
  await page.goto('/admin/pins?user=r');
  await look('PINs, somebody is found', page);
  await page.goto('/admin/pins?user=nobody');
  await look('PINs, nobody is found', page);
  await page.goto(`/admin/people/${ruth}/pin`);
  await look('register a PIN', page);
  await page.fill('#reason', ' ');
  await submit(page, 'pin');
  await look('register a PIN, nowhere', page);
  await page.check('[name="at.tracker"]');
  await page.fill('#reason', 'She is here with her phone');
  await submit(page, 'pin');
  await look('the key', page);
  const press = (what: string) => page.locator(`button[name=do][value=${what}]`).click();
  await press('key');
  await look('the key, made', page);
  await page.fill('#code', '000000');
  await press('create');
  await look('the key, a wrong PIN', page);
  const key = await page.locator('#key').inputValue();
  await page.fill('#code', codeFor(sallyport, key));
  await press('create');
  await look('registered', page);
  await page.goto(`/admin/people/${ruth}/pin`);
  await look('register a PIN, again', page);
  await page.goto('/account');
  await submit(page, 'account/sign-out');
  sallyport.clock.pass(30_000);
  await name(page, 'ruth');
  await page.fill('#password', password);
  await submit(page);
  await page.fill('#code', codeFor(sallyport, key));
  await submit(page);
  await page.check('#stored');
  await submit(page, 'set-up');
  await page.goto('/account/security');
  await look('ways to sign in, one of them registered', page);
}
