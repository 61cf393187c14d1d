import { expect } from 'vitest';
import { device, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, typeName, typePassword } from '../support/scenario-verbs.ts';

scenario(
  'A-3 A passkey is offered after the password, and made with a finger',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const finger = await device(page);
    await step('Say who you are', () => typeName(page, 'newcomer'));
    await step('Type the password', () => typePassword(page));
    await step('Be offered a passkey, and read what it is', async () => {
      expect(await heading(page)).toBe('Create a passkey?');
      await page.getByText('Learn more').click();
      expect(await page.getByText('Your password stays as it is').isVisible()).toBe(true);
    });
    await finger.touched(true);
    await step('Create it with a finger', async () => {
      await press(page, 'Create a passkey');
      await arrived(page);
    });
    await step('See it among the ways to sign in', async () => {
      await page.goto('/account/security');
      expect(await page.locator('.row', { hasText: 'Synced' }).isVisible()).toBe(true);
    });
  },
  {},
  passkeysOffered,
);

scenario(
  'A-3 Without JavaScript the offer can be left',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await step('Sign in', async () => {
      await typeName(page, 'newcomer');
      await typePassword(page);
    });
    await step('Leave the offer', async () => {
      await press(page, 'Never on this browser');
      await arrived(page);
    });
  },
  { javaScriptEnabled: false },
  passkeysOffered,
);
