import { expect } from 'vitest';
import { letters } from '../attacks/tools.ts';
import type { Browser } from '../support/browser.ts';
import { password } from '../support/open.ts';
import { heading, press } from '../support/scenario-verbs.ts';
import { trackerScenario } from '../support/tracker-scene.ts';
import { codeSentTo, linkSentTo, setUpAuthenticator, signIn } from '../support/verbs.ts';

trackerScenario(
  'R-33 Whoever left their phone at home calls the help desk, and works today',
  async ({ page, sallyport, tracker, step }) => {
    const caller = await sallyport.person('caller', { email: 'caller@example.org' });
    await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'caller'));
    await sallyport.person('helper', { role: 'help-desk' });
    const helper: Browser = sallyport.browser();
    await setUpAuthenticator(sallyport, await signIn(helper, 'helper'));
    sallyport.pass(60_000);

    await step('Sign in to Tracker, and stand before the second factor', async () => {
      await page.goto(tracker);
      await press(page, 'Sign in');
      await page.getByLabel('Email or username').fill('caller');
      await press(page, 'Continue');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await press(page, 'Continue');
      expect(await heading(page)).toBe('Enter the code from your app');
      expect(await page.getByText('I have a code from the help desk').count()).toBe(0);
    });
    const code = await step('Call: read a number back, and get a code', async () => {
      await helper.visit(`/admin/people/${caller}/code`);
      await helper.press('Send the number');
      const number = await codeSentTo(sallyport, 'caller@example.org');
      await helper.press('Show the code', { number, reason: 'Left the phone at home' });
      return helper.page.querySelector('.spoken')?.textContent ?? '';
    });
    expect(code).toMatch(/^\d{4} \d{4}$/);
    await step('Type it, as it was read out', async () => {
      await page.reload();
      await page.getByRole('link', { name: 'I have a code from the help desk' }).click();
      await page.getByLabel('Code').fill('1234 5678');
      await press(page, 'Continue');
      await page.getByText('That is not the code.').waitFor();
      await page.getByLabel('Code').fill(code);
      await press(page, 'Continue');
      await page.waitForURL(`${tracker}/**`);
    });
    await step('Be in, by one factor; and be told how to stop it', async () => {
      expect(await page.locator('body').innerText()).toContain('https://refeds.org/profile/sfa');
      expect(await letters(sallyport, 'caller@example.org')).toContain(
        'A temporary code was given out for you: stop it if you did not call',
      );
    });
    await step('Somebody else called? Stop it', async () => {
      await page.goto(await linkSentTo(sallyport, 'caller@example.org'));
      await press(page, 'Stop it');
      expect(await heading(page)).toBe('It is stopped');
      await page.goto('/account');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  },
  {
    mails: true,
    policies: [
      { name: 'tracker', when: { applications: ['tracker'] }, require: 'mfa' },
      { name: 'everybody', require: 'mfa-if-owned' },
    ],
  },
);
