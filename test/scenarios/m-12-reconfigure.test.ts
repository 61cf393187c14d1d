import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import {
  heading,
  press,
  signIn,
  signOut,
  typeCode,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario('M-12 A way to sign in is removed only by its owner, who says so again', async (scene) => {
  const { sallyport, page, step } = scene;
  const { secret } = await withAuthenticator(scene, 'newcomer');
  await step('Look at your ways to sign in', async () => {
    await page.goto('/account/security');
    expect(await page.locator('.panel .name bdi').allTextContents()).toEqual([
      'Security key or this device',
      'Authenticator app',
      'Backup codes',
      'Password',
    ]);
  });
  sallyport.clock.pass(6 * 60_000);
  await step('Read what goes with it', async () => {
    await page.getByRole('link', { name: 'Remove: Authenticator app' }).click();
    expect(await heading(page)).toBe('Remove Authenticator app?');
    expect(await page.getByText('Your backup codes go with it').isVisible()).toBe(true);
  });
  await step('Go back for now', async () => {
    await page.getByRole('link', { name: 'Keep it' }).click();
    expect(await heading(page)).toBe('Ways to sign in');
  });
  await step('Remove it after all', async () => {
    await page.getByRole('link', { name: 'Remove: Authenticator app' }).click();
    await press(page, 'Remove');
  });
  await step('Confirm that it’s you, and be told what for', async () => {
    expect(await page.getByText('Confirm it’s you to remove “Authenticator app”.').isVisible()).toBe(true);
    if ((await heading(page)) === 'Enter your password') await typePassword(page);
    await typeCode(page, codeFor(sallyport, secret));
  });
  await step('Say so again, by one press', async () => {
    expect(await heading(page)).toBe('Thank you, that’s you');
    expect(await page.getByText('Remove “Authenticator app”').isVisible()).toBe(true);
    await press(page, 'Continue');
  });
  await step('See that it is gone', async () => {
    expect(await heading(page)).toBe('Ways to sign in');
    expect(await page.locator('.row', { hasText: 'Authenticator app' }).textContent()).toContain('Not set up');
    expect(await page.getByText('Backup codes').count()).toBe(0);
  });
});

scenario('M-12 New backup codes end the old ones', async (scene) => {
  const { page, step } = scene;
  const { backupCodes } = await withAuthenticator(scene, 'newcomer');
  await step('Ask for new codes', async () => {
    await page.goto('/account/security');
    await press(page, 'Get new codes: Backup codes');
  });
  await step('Store them', async () => {
    const codes = await page.locator('.codes li').allTextContents();
    expect(codes).toHaveLength(15);
    expect(codes.filter((code) => backupCodes.includes(code))).toEqual([]);
    await page.getByLabel('I have stored them').check();
    await press(page, 'Continue');
    expect(await page.getByText('15 left').isVisible()).toBe(true);
  });
  await step('Try one of the old', async () => {
    await signOut(page);
    await signIn(page, 'newcomer');
    await press(page, 'Try another way');
    await page.getByRole('button', { name: /^Backup codes/ }).click();
    await typeCode(page, backupCodes[0] ?? '');
    expect(await page.getByRole('alert').textContent()).toMatch(/not one of your backup codes/);
  });
});
