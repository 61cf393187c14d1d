import { expect } from 'vitest';
import { cameByPasskey, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { press, typePassword } from '../support/scenario-verbs.ts';

scenario(
  'A-9 Broken off, a passkey is asked again, and the password is one press away',
  async (scene) => {
    const { page, step } = scene;
    await cameByPasskey(scene, 'newcomer');
    // What a person does in the browser's own window.
    await page.addInitScript(() => {
      navigator.credentials.get = () => Promise.reject(new DOMException('broken off', 'NotAllowedError'));
    });
    await step('Break it off', async () => {
      await page.goto('/sign-in');
      await press(page, 'Sign in as newcomer');
      await page.getByText('try again when you are ready').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });
    await step('Break it off again', async () => {
      await press(page, 'Continue');
      expect(await page.getByText('try again when you are ready').isVisible()).toBe(true);
    });
    await step('Take the password', async () => {
      await press(page, 'Use my password instead');
      await typePassword(page);
    });
    await step('Leave the offer of another: it may be lost (A-12)', async () => {
      await press(page, 'Not now');
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);
