import { expect } from 'vitest';
import { passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { press, signIn, signOut } from '../support/scenario-verbs.ts';

scenario(
  'A-10 Whoever has a passkey here already is told so, and goes on',
  async (scene) => {
    const { page, step } = scene;
    const finger = await withPasskey(scene, 'newcomer');
    await step('Come back with a browser that remembers nothing', async () => {
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
    });
    await finger.touched(true);
    await step('Try to make another', async () => {
      await press(page, 'Create a passkey');
      await page.getByText('You have a passkey here already').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Not now' }).isVisible()).toBe(false);
    });
    await step('Go on', async () => {
      await press(page, 'Continue');
      await arrived(page);
      expect((await finger.holds()).keys).toBe(1);
    });
    await step('Not be asked again', async () => {
      await finger.touched(false);
      await signOut(page);
      await signIn(page, 'newcomer');
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);
