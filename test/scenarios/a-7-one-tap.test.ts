import { expect } from 'vitest';
import { cameByPasskey, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signOut } from '../support/scenario-verbs.ts';

scenario(
  'A-7 One tap, where this browser was entered by a passkey last',
  async (scene) => {
    const { page, step } = scene;
    const finger = await cameByPasskey(scene, 'newcomer');
    await step('Come back, and be named', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Welcome back');
    });
    await step('One tap, and a finger', async () => {
      await press(page, 'Sign in as newcomer');
      await arrived(page);
    });
    await signOut(page);
    await finger.touched(false);
    await step('Say that it is somebody else', async () => {
      await page.goto('/sign-in');
      await press(page, 'Not you?');
      expect(await page.getByLabel('Email or username').inputValue()).toBe('');
    });
    await step('Not be named any more', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Sign in');
    });
  },
  {},
  passkeysOffered,
);
