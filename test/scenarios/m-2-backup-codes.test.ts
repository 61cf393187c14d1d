import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import {
  codesOn,
  heading,
  press,
  secretOn,
  signIn,
  signOut,
  typeCode,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario(
  'M-2 Backup codes are downloaded, copied, printed, and stored before one goes on',
  async (scene) => {
    const { sallyport, page, step } = scene;
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, 'Set up: Authenticator app');
    await typeCode(page, codeFor(sallyport, await secretOn(page)));
    const codes = await step('Receive fifteen codes', () => codesOn(page));
    expect(new Set(codes).size).toBe(15);
    await step('Download them', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('sallyport-backup-codes.txt');
      const text = readFileSync(await download.path(), 'utf8');
      for (const code of codes) expect(text).toContain(code);
    });
    await step('Copy them', async () => {
      await press(page, 'Copy');
      await expect.poll(() => page.getByRole('status').textContent()).toBe('Copied');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
    });
    await step('Print them: the codes, what they are for, and no buttons', async () => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.codes').isVisible()).toBe(true);
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
      await page.emulateMedia({ media: 'screen' });
    });
    await step('Try to go on without storing them', async () => {
      await press(page, 'Continue');
      expect(await page.getByRole('alert').textContent()).toMatch(/^Store the codes first/);
      expect(await codesOn(page)).toEqual(codes);
    });
    await step('Say that they are stored', async () => {
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
      expect(await heading(page)).toBe('Ways to sign in');
    });
    await step('Never see them again', async () => {
      await page.goBack();
      expect(await codesOn(page)).toEqual([]);
    });
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

scenario('M-2 Each backup code works once', async (scene) => {
  const { page, step } = scene;
  const { backupCodes } = await withAuthenticator(scene, 'newcomer');
  const [first = '', second = ''] = backupCodes;
  const enter = async (code: string) => {
    await signOut(page);
    await signIn(page, 'newcomer');
    await press(page, 'Try another way');
    await page.getByRole('button', { name: /^Backup codes/ }).click();
    await typeCode(page, code);
  };
  await step('Sign in with a backup code', async () => {
    await enter(first.toLowerCase().replaceAll('-', ' '));
    expect(await heading(page)).toBe('Hello newcomer');
    expect(await page.getByText('14 left').isVisible()).toBe(true);
  });
  await step('Try it again', async () => {
    await enter(first);
    expect(await page.getByRole('alert').textContent()).toMatch(/already been used/);
  });
  await step('Take the next one', async () => {
    await typeCode(page, second);
    expect(await page.getByText('13 left').isVisible()).toBe(true);
  });
});
