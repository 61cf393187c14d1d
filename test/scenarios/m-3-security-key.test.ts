import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, storeCodes } from '../support/scenario-verbs.ts';
import { keysTaken, plugIn, type VirtualKey } from '../support/virtual-key.ts';

const kinds: readonly [name: string, key: VirtualKey][] = [
  ['with a PIN', { protocol: 'ctap2', transport: 'usb', verifies: true }],
  ['without one', { protocol: 'ctap2', transport: 'usb' }],
  ['of the days before WebAuthn (U2F)', { protocol: 'u2f', transport: 'usb' }],
];

for (const [name, kind] of kinds)
  scenario(
    `M-3 A security key ${name} is set up and signs in`,
    async ({ sallyport, step, page }) => {
      await sallyport.person('newcomer');
      const key = await plugIn(page, kind);
      await step('Sign in', () => signIn(page, 'newcomer'));
      await step('Begin', async () => {
        await page.goto('/account/security');
        await press(page, 'Set up: Security key or this device');
        expect(await heading(page)).toBe('Add a security key or this device');
      });
      await step('Touch the key', () => press(page, 'Security key'));
      await step('Store the backup codes', () => storeCodes(page));
      await step('See what it is', async () => {
        const row = page.locator('.row', { hasText: 'Security key or this device' });
        expect(await row.textContent()).toContain('This key only');
        expect(await row.textContent()).toContain('Added today at 10:00');
      });
      await step('Try to set the same one up again', async () => {
        await press(page, 'Register new: Security key or this device');
        await press(page, 'Security key');
        await page.getByText('This one is already set up, and works.').waitFor();
        expect(await key.holds()).toMatchObject({ keys: 1 });
        await page.getByRole('link', { name: 'Cancel' }).click();
      });

      await signOut(page);
      await step('Sign in with the password, and be asked for the key', async () => {
        await signIn(page, 'newcomer');
        expect(await heading(page)).toBe('Use your security key');
      });
      await step('Pull it out: nothing is lost', async () => {
        await key.touched(false);
        await page.clock.install();
        await press(page, 'Continue');
        await page.clock.fastForward(10_000);
        await page.getByText('Nothing happened?').waitFor();
      });
      await step('Touch it after all', async () => {
        await key.touched(true);
        await press(page, 'Continue');
        await page.waitForURL('**/account');
        expect(await heading(page)).toBe('Hello newcomer');
      });
    },
    {},
    keysTaken,
  );

scenario(
  'M-3 Without JavaScript the page says what it takes, and where else to go',
  async ({ sallyport, page, another }) => {
    await sallyport.person('newcomer');
    await plugIn(page, { protocol: 'ctap2', transport: 'usb' });
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, 'Set up: Security key or this device');
    await press(page, 'Security key');
    await storeCodes(page);
    const plain = await another({ javaScriptEnabled: false });
    await signIn(plain, 'newcomer');
    // Chromium shows it when scripts are off for good, not when a test switches them off: it is read where it stands.
    expect(await plain.locator('main noscript').innerHTML()).toContain('This takes a browser with JavaScript');
    await press(plain, 'Try another way');
    expect(await plain.getByRole('button', { name: /^Backup codes/ }).isVisible()).toBe(true);
  },
  {},
  keysTaken,
);
