import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';
import { codeSentTo, takesSentCodes } from '../support/verbs.ts';

const mailbox = 'newcomer@mail.example.org';

scenario(
  'M-5 Codes by email are set up with an address that is confirmed, and sign in',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await step('Begin', () => press(page, 'Set up: Code by email'));
    await step('Read what it is worth', async () => {
      expect(await page.getByText('An authenticator app protects you better.').isVisible()).toBe(true);
    });
    await step('Name another address than one’s own', async () => {
      await page.getByLabel('Email address').fill('newcomer@mail.example.com');
      await press(page, 'Send code');
      expect(await page.getByText('newcomer@mail.example.com').isVisible()).toBe(true);
    });
    await step('See it, and go back', () => press(page, 'Use another address'));
    sallyport.clock.pass(60_000);
    await step('Name the right one', async () => {
      expect(await page.getByLabel('Email address').inputValue()).toBe('newcomer@mail.example.com');
      await page.getByLabel('Email address').fill(mailbox);
      await press(page, 'Send code');
    });
    await step('Type a wrong code', async () => {
      await typeCode(page, '000000');
      expect(await page.getByRole('alert').textContent()).toMatch(/^That code isn’t right/);
    });
    await step('Type the code from the mail', async () => typeCode(page, await codeSentTo(sallyport, mailbox)));
    await step('Store the backup codes', async () => {
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
    });
    await step('See it among the ways to sign in', async () => {
      expect(await page.locator('.row', { hasText: 'Code by email' }).textContent()).toContain('Added today');
    });

    await step('Come back another day', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Get a code by email');
      expect(await page.getByText('n•••@mail.example.org').isVisible()).toBe(true);
    });
    await step('Ask for a code', async () => {
      await press(page, 'Send code');
      expect(await heading(page)).toBe('Enter the code from the email');
      expect(await page.getByText('It works until 10:06').isVisible()).toBe(true);
    });
    const first = await codeSentTo(sallyport, mailbox);
    await step('Find that the next one has its time', async () => {
      expect(await page.getByRole('button', { name: 'Send a new code' }).isDisabled()).toBe(true);
      expect(await page.getByText(/You can have a new one in (0:\d\d|1:00)/).isVisible()).toBe(true);
    });
    sallyport.clock.pass(60_000);
    await step('Have a new one sent', async () => {
      await page.reload();
      await press(page, 'Send a new code');
    });
    await step('Try the one before', async () => {
      await typeCode(page, first);
      expect(await page.getByRole('alert').textContent()).toBe(
        'That code isn’t right. Only the code in the newest message works.',
      );
    });
    await step('Type the new one, and Enter', async () => {
      const code = await codeSentTo(sallyport, mailbox);
      await page.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
      await page.getByLabel('Code', { exact: true }).press('Enter');
      await page.waitForURL('**/account');
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  {},
  takesSentCodes,
);

scenario(
  'M-5 Without scripts, with a code that came too late',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, 'Set up: Code by email');
    await page.getByLabel('Email address').fill(mailbox);
    await press(page, 'Send code');
    await step('Ask for another too soon', async () => {
      expect(await page.getByText(/You can have a new one from \d\d:\d\d/).isVisible()).toBe(true);
      await press(page, 'Send a new code');
      expect(await page.getByRole('alert').textContent()).toBe(
        'We have just sent one. The next can be sent in 60 seconds.',
      );
    });
    await typeCode(page, await codeSentTo(sallyport, mailbox));
    await page.getByLabel('I have stored them').check();
    await press(page, 'Continue');
    await signOut(page);
    sallyport.clock.pass(60_000);
    await signIn(page, 'newcomer');
    await press(page, 'Send code');
    const late = await codeSentTo(sallyport, mailbox);
    sallyport.clock.pass(5 * 60_000);
    await step('Type it too late', async () => {
      await typeCode(page, late);
      expect(await page.getByRole('alert').textContent()).toBe('That code doesn’t work any more. Have a new one sent.');
    });
    await step('Have a new one sent', async () => {
      await press(page, 'Send code');
      await typeCode(page, await codeSentTo(sallyport, mailbox));
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  { javaScriptEnabled: false },
  takesSentCodes,
);
