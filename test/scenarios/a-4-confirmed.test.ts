import { expect } from 'vitest';
import { codesAsked, comeBack, confirmByMail, device } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { press, signIn, signOut } from '../support/scenario-verbs.ts';

scenario(
  'A-4 A passkey is made, and counts once a code by email has confirmed whose account it is',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const finger = await device(page);
    await step('Sign in with the password', () => signIn(page, 'newcomer'));
    await finger.touched(true);
    await step('Create a passkey', async () => {
      await press(page, 'Create a passkey');
      await page.getByLabel('Email address').waitFor();
      expect((await finger.holds()).keys).toBe(1);
    });
    await step('Say where codes go, and type the one that came', async () => {
      await confirmByMail(sallyport, page);
      await arrived(page);
    });
    await finger.touched(false);
    await signOut(page);
    await step('Come back by the passkey alone', async () => {
      await comeBack(page, finger);
      await arrived(page);
    });
  },
  {},
  codesAsked,
);

scenario(
  'A-4 A passkey whose code was never given is dropped',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const finger = await device(page);
    await signIn(page, 'newcomer');
    await finger.touched(true);
    await step('Create a passkey, and leave when the code is asked', async () => {
      await press(page, 'Create a passkey');
      await page.getByLabel('Email address').waitFor();
    });
    await finger.touched(false);
    await step('Begin anew, without one', async () => {
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      await press(page, 'Not now');
      await confirmByMail(sallyport, page);
      await arrived(page);
    });
    await step('Find no passkey among the ways to sign in', async () => {
      await page.goto('/account/security');
      expect(await page.getByText('Code by email').first().isVisible()).toBe(true);
      expect(await page.locator('.row', { hasText: 'Synced' }).count()).toBe(0);
    });
  },
  {},
  codesAsked,
);
