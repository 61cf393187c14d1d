import { expect } from 'vitest';
import { comeBack, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';

scenario(
  'A-1 A passkey is picked in the field for the name',
  async (scene) => {
    const { page, step } = scene;
    const finger = await withPasskey(scene, 'newcomer');
    await step('Come to sign in: the field offers what this device keeps', async () => {
      await page.goto('/sign-in');
      expect(await page.getByLabel('Email or username').getAttribute('autocomplete')).toBe('username webauthn');
      expect(await page.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(true);
    });
    // A virtual device answers as soon as the page asks: so it is asked anew.
    await step('Pick the passkey, and unlock it with a finger', async () => {
      await comeBack(page, finger);
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);
