import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, storeCodes } from '../support/scenario-verbs.ts';
import { keysTaken, plugIn, type VirtualKey } from '../support/virtual-key.ts';

const kinds: readonly [name: string, device: VirtualKey, note: string][] = [
  ['that keeps it to itself', { protocol: 'ctap2', transport: 'internal', verifies: true }, 'This device only'],
  ['that syncs it', { protocol: 'ctap2', transport: 'internal', verifies: true, synced: true }, 'Synced'],
];

for (const [name, kind, note] of kinds)
  scenario(
    `M-4 A device ${name} is set up and signs in`,
    async ({ sallyport, step, page }) => {
      await sallyport.person('newcomer');
      const device = await plugIn(page, kind);
      await step('Sign in', () => signIn(page, 'newcomer'));
      await step('Begin', async () => {
        await page.goto('/account/security');
        await press(page, 'Set up: Security key or this device');
      });
      await step('Unlock this device', () => press(page, 'This device'));
      await step('Store the backup codes', () => storeCodes(page));
      await step('See where it is', async () => {
        const row = page.locator('.row', { hasText: 'Security key or this device' });
        expect(await row.textContent()).toContain(note);
      });
      // Else it would answer for the name at once: that is A-1.
      await device.touched(false);
      await signOut(page);
      await step('Sign in with it', async () => {
        await signIn(page, 'newcomer');
        expect(await heading(page)).toBe('Use this device');
        await device.touched(true);
        await press(page, 'Continue');
        await page.waitForURL('**/account');
      });
    },
    {},
    keysTaken,
  );

scenario(
  'M-4 Broken off, it can be tried again, and the other kind is offered',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    const device = await plugIn(page, { protocol: 'ctap2', transport: 'internal', verifies: true });
    await press(page, 'Set up: Security key or this device');
    await press(page, 'This device');
    await storeCodes(page);
    await device.unplug();
    const key = await plugIn(page, { protocol: 'ctap2', transport: 'usb' });
    await press(page, 'Register new: Security key or this device');
    await press(page, 'Security key');
    await page.waitForURL('**/account/security');
    await signOut(page);
    await step('Be asked for either', async () => {
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Use your security key or this device');
      expect(await page.getByRole('button', { name: 'Security key' }).isVisible()).toBe(false);
    });
    await step('Break it off', async () => {
      // What a person does in the browser's own window.
      await page.evaluate(() => {
        const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = async () => {
          navigator.credentials.get = get;
          throw new DOMException('broken off', 'NotAllowedError');
        };
      });
      await press(page, 'Continue');
      await page.getByText('Nothing was sent.').waitFor();
    });
    await step('Take the key instead', async () => {
      await press(page, 'Security key');
      await page.waitForURL('**/account');
    });
    expect((await key.holds()).signCount).toBeGreaterThan(1);
  },
  {},
  keysTaken,
);

const add = 'Set up: Security key or this device';

scenario(
  'M-4 Where nothing is built in, nothing asks for this device',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await step('Find that a key is all there is to add here', async () => {
      await page.goto('/account/security');
      await press(page, add);
      await page.getByRole('button', { name: 'This device' }).waitFor({ state: 'detached' });
      expect(await page.locator('.kinds li').allTextContents()).toEqual([expect.stringContaining('Security key')]);
    });
    const key = await plugIn(page, { protocol: 'ctap2', transport: 'usb' });
    await step('Add the key', async () => {
      await press(page, 'Security key');
      await storeCodes(page);
    });
    expect((await key.holds()).keys).toBe(1);
  },
  {},
  keysTaken,
);

scenario(
  'M-4 Where nothing is built in, and nothing else is taken, the page says so',
  async ({ sallyport, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, add);
    await page.getByText('Nothing built into this device can do that here.').waitFor();
    expect(await page.getByRole('button', { name: 'This device' }).count()).toBe(0);
  },
  {},
  { ...keysTaken, methods: { webauthn: { devices: ['this-device'] } } },
);

scenario(
  'M-4 Without scripts, and where something is built in, both kinds are offered',
  async ({ sallyport, page, another }) => {
    await sallyport.person('newcomer');
    await plugIn(page, { protocol: 'ctap2', transport: 'internal', verifies: true });
    for (const browser of [page, await another({ javaScriptEnabled: false })]) {
      await signIn(browser, 'newcomer');
      await browser.goto('/account/security');
      await press(browser, add);
      await browser.waitForLoadState('networkidle');
      for (const name of ['This device', 'Security key'])
        expect(await browser.getByRole('button', { name, exact: true }).isVisible()).toBe(true);
    }
  },
  {},
  keysTaken,
);
