import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, without } from '../support/passwordless.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

withDuo(
  'P-11 An administrator prepares a browser for somebody, who signs in there without a password',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'support', { role: 'system-administrator' });
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Sign in as an administrator', async () => {
      await signIn(page, 'support');
      await byPush(scene);
      await press(page, 'No, keep asking');
      await arrived(page);
    });
    await step('Type whom this browser is for', async () => {
      await page.goto('/account/browser');
      await page.getByRole('link', { name: 'Prepare it for somebody' }).click();
      await page.getByLabel('Email or username').fill('with-duo');
      await press(page, 'Skip the password here');
      expect(await page.getByText('Kept for with-duo').isVisible()).toBe(true);
    });
    await step('Leave it to them', async () => {
      await signOut(page);
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Welcome back');
    });
    await step('Go on as oneself, without a password', async () => {
      await press(page, 'Continue as with-duo');
      await byPush(scene);
      await arrived(page);
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
