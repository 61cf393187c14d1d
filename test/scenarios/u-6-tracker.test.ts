import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { codesOn, press, secretOn, typeCode, typeName, typePassword } from '../support/scenario-verbs.ts';
import { trackerScenario } from '../support/tracker-scene.ts';
import { codeFor } from '../support/verbs.ts';

const mfa = 'https://refeds.org/profile/mfa';

const places = [
  ['127.0.0.1', 'another port'],
  ['app.other.test', 'another site'],
] as const;

/** The same journey from another port of this machine and from another site, where no cookie is shared by accident. */
for (const [host, where] of places) {
  trackerScenario(
    `U-6 From ${where}: a newcomer deletes a project: asked for more, they set it up on the way, and sign in with it from then on`,
    async (scene) => {
      const { page, sallyport, step } = scene;
      await sallyport.person('newcomer');
      await step('Sign in to Tracker with a password', async () => {
        await page.goto(scene.tracker);
        await press(page, 'Sign in');
        expect(await page.getByText('to continue to').textContent()).toContain('Tracker');
        await typeName(page, 'newcomer');
        await typePassword(page);
        expect(await acr(page)).toBe('https://refeds.org/profile/sfa');
      });
      await step('Read a page that needs no more', async () => {
        await page.getByRole('link', { name: 'Notes' }).click();
        expect(await page.getByText('Ask newcomer about the ladder').isVisible()).toBe(true);
        await page.getByRole('link', { name: 'Project' }).click();
      });
      const { secret, codes } = await step(
        'Delete the project, setting up an authenticator app on the way',
        async () => {
          await press(page, 'Delete project');
          await page.getByRole('button', { name: /^Authenticator app/ }).click();
          const shown = await secretOn(page);
          await typeCode(page, codeFor(sallyport, shown));
          const backup = await codesOn(page);
          await page.getByLabel('I have stored them').check();
          await press(page, 'Continue');
          return { secret: shown, codes: backup };
        },
      );
      expect(codes).toHaveLength(15);
      expect(await page.getByRole('status').textContent()).toBe('The project is deleted.');
      expect(await acr(page)).toBe(mfa);
      expect(await page.locator('#amr').textContent()).toBe('mfa otp pwd');

      await step('Sign out of both at once', () => signOut(page));
      await step('Sign in again with a code', async () => {
        sallyport.pass(30_000);
        await press(page, 'Sign in');
        await typeName(page, 'newcomer');
        await typePassword(page);
        await typeCode(page, codeFor(sallyport, secret));
        expect(await acr(page)).toBe(mfa);
      });
      await step('Sign out', () => signOut(page));
      await step('Sign in again with a backup code', async () => {
        await press(page, 'Sign in');
        await typeName(page, 'newcomer');
        await typePassword(page);
        await press(page, 'Try another way');
        await page.getByRole('button', { name: 'Backup codes' }).click();
        await typeCode(page, codes[4] ?? '');
        expect(await acr(page)).toBe(mfa);
      });
      await step('Be signed out of Tracker by signing out of Sallyport', async () => {
        await page.goto(`${sallyport.issuer}/account`);
        await press(page, 'Sign out');
        await sallyport.tick();
        // The server may have begun to tell Tracker by itself a moment before: then it is told a moment later.
        const isOut = async () => {
          await page.goto(scene.tracker);
          return page.getByRole('heading', { name: 'Keep track of your work' }).isVisible();
        };
        await expect.poll(isOut, { timeout: 5000 }).toBe(true);
      });
    },
    { host },
  );

  trackerScenario(
    `From ${where}: tracker of somebody else asks what it may know, and gets the person back whatever they answer`,
    async (scene) => {
      const { page, sallyport, step } = scene;
      await sallyport.person('newcomer');
      await step('Come from Tracker and say no', async () => {
        await page.goto(scene.tracker);
        await press(page, 'Sign in');
        await typeName(page, 'newcomer');
        await typePassword(page);
        expect(await page.getByText('your email address').isVisible()).toBe(true);
        await press(page, 'Don’t allow');
        expect(await page.getByRole('status').textContent()).toContain('access_denied');
      });
      await step('Come again and say yes', async () => {
        await press(page, 'Sign in');
        await press(page, 'Allow');
        expect(await page.locator('#name').textContent()).toBe('newcomer');
      });
    },
    { host, firstParty: false },
  );
}

const acr = (page: Page): Promise<string | null> => page.locator('#acr').textContent();

async function signOut(page: Page): Promise<void> {
  await press(page, 'Sign out');
  await page.getByRole('heading', { name: 'Keep track of your work' }).waitFor();
}
