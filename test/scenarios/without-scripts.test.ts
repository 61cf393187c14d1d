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

scenario(
  'Without scripts: finding somebody, and keeping them out',
  async (scene) => {
    const { sallyport, page, step } = scene;
    await withAuthenticator(scene, 'boss', { role: 'system-administrator' });
    for (let n = 0; n < 51; n++) await sallyport.person(`person-${n}`);
    await step('Turn the page, and turn back', async () => {
      await page.goto('/admin/people');
      await page.getByRole('link', { name: 'Next' }).click();
      expect(await page.getByRole('row').count()).toBe(3);
      await page.getByRole('link', { name: 'Back to the first' }).click();
      expect(await page.getByRole('row').count()).toBe(51);
    });
    await step('Find somebody, and keep them out', async () => {
      await page.getByLabel('Name or address').fill('person-7');
      await press(page, 'Find');
      await page.getByRole('link', { name: 'person-7', exact: true }).click();
      await page.getByRole('link', { name: 'Disable' }).click();
      await page.getByLabel('Why?').fill('Left on Friday');
      await press(page, 'Disable');
      expect(await page.getByText('Disabled', { exact: true }).count()).toBe(1);
    });
    await step('Find them among those who are', async () => {
      await page.goto('/admin/people?state=disabled');
      expect(await page.getByRole('row').count()).toBe(2);
    });
  },
  { javaScriptEnabled: false },
);
