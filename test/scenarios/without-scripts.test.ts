import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario(
  'Without scripts: set-up, codes, backup codes and sign-out all work',
  async (scene) => {
    const { sallyport, page, step } = scene;
    const { secret, backupCodes } = await step('Set up an authenticator app', () =>
      withAuthenticator(scene, 'newcomer'),
    );
    await step('Find no button that would do nothing', async () => {
      await press(page, 'Get new codes: Backup codes');
      for (const name of ['Copy', 'Print']) expect(await page.getByRole('button', { name }).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Download' }).isVisible()).toBe(true);
    });
    await step('Sign out', signOut);
    await step('Sign in with a code', async () => {
      await signIn(page, 'newcomer');
      expect(await page.getByRole('button', { name: 'Show password' }).count()).toBe(0);
      await typeCode(page, codeFor(sallyport, secret));
      expect(await heading(page)).toBe('Hello newcomer');
    });
    await step('Sign in with a backup code', async () => {
      await signOut(page);
      await signIn(page, 'newcomer');
      await press(page, 'Try another way');
      await page.getByRole('button', { name: /^Backup codes/ }).click();
      await typeCode(page, backupCodes[0] ?? '');
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  { javaScriptEnabled: false },
);
