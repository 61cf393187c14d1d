import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, cookieNow, without } from '../support/passwordless.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

withDuo(
  'P-3 A passcode is enough to get in, and not enough to skip the password',
  async ({ sallyport, tenant, page, step }) => {
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Sign in with a password', () => signIn(page, 'with-duo'));
    await step('Type a passcode instead of approving', async () => {
      await press(page, 'Type a passcode');
      await page.getByLabel('Passcode').fill(tenant.find('with-duo')?.passcode ?? '');
      await press(page, 'Continue');
    });
    await step('Be in, and not be asked to skip anything', async () => {
      await arrived(page);
      expect(await cookieNow(page)).toBeNull();
    });
    await signOut(page);
    await step('Come back to the usual page', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Sign in');
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
