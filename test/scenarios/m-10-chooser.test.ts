import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario('M-10 There is always another way, and backup codes come last', async (scene) => {
  const { sallyport, page, step } = scene;
  const { secret } = await withAuthenticator(scene, 'newcomer');
  await signOut(page);
  await step('Be asked for the code of the app, not for a backup code', async () => {
    await signIn(page, 'newcomer');
    expect(await heading(page)).toBe('Enter the code from your app');
  });
  await step('Ask for another way', async () => {
    await press(page, 'Try another way');
    expect(await page.locator('.way b').allTextContents()).toEqual(['Authenticator app', 'Backup codes']);
  });
  await step('Choose the backup codes', async () => {
    await page.getByRole('button', { name: /^Backup codes/ }).click();
    expect(await heading(page)).toBe('Enter a backup code');
  });
  await step('Change your mind', async () => {
    await press(page, 'Try another way');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await typeCode(page, codeFor(sallyport, secret));
    expect(await heading(page)).toBe('Hello newcomer');
  });
});
