import { expect } from 'vitest';
import { oathtool } from '../support/oathtool.ts';
import { scenario } from '../support/scenario.ts';
import { codesOn, heading, press, secretOn, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';

scenario(
  'M-1 An authenticator app of any make is set up and signs in',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await step('Sign in', () => signIn(page, 'newcomer'));
    await step('Read that a password is not much', async () => {
      expect(await page.getByText('Your password is all that protects your account').isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Ways to sign in' }).click();
    });
    await step('Begin', () => press(page, 'Set up: Authenticator app'));
    await step('Find a picture that a camera can read', async () => {
      const picture = page.getByRole('img', { name: /QR code/ });
      const size = await picture.boundingBox();
      expect(size?.width).toBeGreaterThanOrEqual(200);
      expect(await page.getByRole('link', { name: 'Google Authenticator, Android' }).isVisible()).toBe(true);
    });
    const secret = await step('Open what is there for who cannot scan', async () => {
      await page.getByText('Can’t scan it?').click();
      expect(await page.getByRole('link', { name: /Open an app/ }).getAttribute('href')).toMatch(/^otpauth:\/\/totp\//);
      return secretOn(page);
    });
    await step('Type a wrong code twice', async () => {
      await typeCode(page, '000000');
      await typeCode(page, '000 001');
      expect(await page.getByText('sets its clock by itself').isVisible()).toBe(true);
    });
    expect(await secretOn(page)).toBe(secret);
    await step('Type the code of the app', () => typeCode(page, oathtool(sallyport, secret)));
    await step('Store the backup codes', async () => {
      expect(await codesOn(page)).toHaveLength(15);
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
    });
    await step('See it among the ways to sign in', async () => {
      expect(await heading(page)).toBe('Ways to sign in');
      expect(await page.locator('.row', { hasText: 'Authenticator app' }).textContent()).toContain(
        'Added today at 10:00',
      );
    });

    await step('Come back another day', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Enter the code from your app');
    });
    const code = oathtool(sallyport, secret);
    await step('Paste the code: it sends itself', async () => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}`);
      await page.getByLabel('Code', { exact: true }).press('Control+v');
      await page.waitForURL('**/account');
    });
    await step('Try the same code again', async () => {
      await signOut(page);
      await signIn(page, 'newcomer');
      await typeCode(page, code);
      expect(await page.getByRole('alert').textContent()).toBe(
        'That code has already been used. Your app shows the next one in 30 seconds.',
      );
    });
    await step('Wait for the next', async () => {
      sallyport.clock.pass(30_000);
      await typeCode(page, oathtool(sallyport, secret));
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);
