import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, eventsOf, keptForDuo, without } from '../support/passwordless.ts';
import { press, typePassword } from '../support/scenario-verbs.ts';

withDuo(
  'P-6 What is not enough alone lets nobody in, and leaves two ways on',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await keptForDuo(scene, 'with-duo');
    await step('Go on without a password', () => press(page, 'Continue as with-duo'));
    await step('Type a passcode instead of approving: it is refused', async () => {
      await press(page, 'Type a passcode');
      await page.getByLabel('Passcode').fill(tenant.find('with-duo')?.passcode ?? '');
      await press(page, 'Continue');
      expect(await page.getByRole('alert').textContent()).toContain('password');
      expect(await eventsOf(sallyport, 'with-duo')).toContain('InvalidCredentials');
    });
    await step('Have nothing of it: the account stays shut', async () => {
      const pages = await scene.context.newPage();
      await pages.goto('/account');
      expect(pages.url()).toContain('/sign-in/');
      await pages.close();
    });
    await step('Take the password instead', async () => {
      await press(page, 'Use my password instead');
      await typePassword(page);
      await byPush(scene);
      await arrived(page);
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
