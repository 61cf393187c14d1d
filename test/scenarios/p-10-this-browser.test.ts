import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, cookieNow, without } from '../support/passwordless.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

withDuo(
  'P-10 One’s own page about this browser: skip the password, keep asking, clear',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Sign in, and leave the offer', async () => {
      await signIn(page, 'with-duo');
      await byPush(scene);
      await press(page, 'No, keep asking');
      await arrived(page);
      expect(await cookieNow(page)).toBe('no');
    });
    await step('See what is said of this browser', async () => {
      await page.goto('/account/browser');
      expect(await page.getByText('Goes on asking').isVisible()).toBe(true);
    });
    await step('Clear it', async () => {
      await press(page, 'Clear');
      expect(await page.getByText('Nothing is said yet').isVisible()).toBe(true);
      expect(await cookieNow(page)).toBeNull();
    });
    await step('Skip the password from now on', async () => {
      await press(page, 'Skip the password here');
      expect(await page.getByText('asks only for: Duo').isVisible()).toBe(true);
    });
    await step('Come back without it', async () => {
      await signOut(page);
      await page.goto('/sign-in');
      await press(page, 'Continue as with-duo');
      await byPush(scene);
      await arrived(page);
    });
    await step('Keep asking after all', async () => {
      await page.goto('/account/browser');
      await press(page, 'Keep asking');
      await signOut(page);
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Sign in');
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
