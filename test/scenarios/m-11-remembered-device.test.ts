import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { heading, press, typeCode, typeName, typePassword, withAuthenticator } from '../support/scenario-verbs.ts';
import { trackerScenario } from '../support/tracker-scene.ts';
import { codeFor } from '../support/verbs.ts';

const policies = [{ name: 'everybody', require: 'mfa-if-owned', rememberDays: 7 }];
const dontAsk = 'Don’t ask again on this device for 7 days';
const asksForCode = 'Enter the code from your app';
const [sfa, mfa] = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa'];

trackerScenario(
  'M-11 A device is not asked again, until its owner forgets it',
  async (scene) => {
    const { page, sallyport, step } = scene;
    const acr = () => page.locator('#acr').textContent();
    /** From Tracker, with a name and a password. */
    async function comeBack(at: Page = page): Promise<void> {
      await at.context().clearCookies({ name: '__Host-session' });
      await at.goto(scene.tracker);
      if (await at.getByRole('button', { name: 'Sign out' }).isVisible()) await press(at, 'Sign out');
      await press(at, 'Sign in');
      await typeName(at, 'newcomer');
      await typePassword(at);
    }
    const { secret } = await withAuthenticator(scene, 'newcomer');
    const code = () => codeFor(sallyport, secret);
    await step('Sign in to Tracker, and leave the box as it is: unticked', async () => {
      await comeBack();
      expect(await page.getByLabel(dontAsk).isChecked()).toBe(false);
      await typeCode(page, code());
      expect(await acr()).toBe(mfa);
    });
    await step('Be asked again the next time', async () => {
      sallyport.pass(30_000);
      await comeBack();
      expect(await heading(page)).toBe(asksForCode);
    });
    await step('Tick it', async () => {
      await page.getByLabel(dontAsk).check();
      await typeCode(page, code());
      expect(await acr()).toBe(mfa);
    });
    await step('Sign in with a password alone, which Tracker is told', async () => {
      sallyport.pass(30_000);
      await comeBack();
      expect(await acr()).toBe(sfa);
    });
    await step('See the device among those that are not asked, and forget it', async () => {
      await page.goto('/account/security');
      // A person's own pages are asked for as if it were not there.
      if ((await heading(page)) === asksForCode) await typeCode(page, code());
      const panel = page.locator('.panel', { hasText: 'Devices that are not asked again' });
      expect(await panel.locator('.row').count()).toBe(1);
      await panel.getByRole('button', { name: 'Forget' }).click();
      await page.getByText('Devices that are not asked again').waitFor({ state: 'detached' });
    });
    await step('Be asked again', async () => {
      sallyport.pass(30_000);
      await comeBack();
      expect(await heading(page)).toBe(asksForCode);
      await typeCode(page, code());
      expect(await acr()).toBe(mfa);
    });
  },
  { policies },
);
