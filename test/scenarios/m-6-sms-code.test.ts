import { expect } from 'vitest';
import { listMessages } from '../../src/core/delivery/store.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';
import { codeSentTo, takesSentCodes } from '../support/verbs.ts';

const phone = '+4915123456789';

scenario(
  'M-6 Codes by text message are set up with a number that is confirmed, and come by themselves',
  async ({ sallyport, step, page }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await step('Begin', () => press(page, 'Set up: Code by text message'));
    await step('Read what it is worth', async () => {
      expect(await page.getByText('An authenticator app protects you better.').isVisible()).toBe(true);
    });
    await step('Find the countries that are reached', async () => {
      const countries = await page.getByLabel('Country').locator('option').allTextContents();
      expect(countries).toEqual(['Choose a country', 'Germany (+49)', 'Switzerland (+41)']);
    });
    await step('Type the number of a desk', async () => {
      await page.getByLabel('Mobile number').fill('030 1234567');
      await press(page, 'Send code');
      expect(await page.getByRole('alert').textContent()).toMatch(/^That is not a mobile number/);
      expect(await page.getByLabel('Mobile number').inputValue()).toBe('030 1234567');
    });
    await step('Type the number of a phone', async () => {
      await page.getByLabel('Mobile number').fill('0151 23456789');
      await press(page, 'Send code');
      expect(await page.getByText('+49 1512 3456789').isVisible()).toBe(true);
    });
    await step('Type the code from the message', async () => typeCode(page, await codeSentTo(sallyport, phone)));
    await step('Store the backup codes', async () => {
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
      expect(await page.locator('.row', { hasText: 'Code by text message' }).textContent()).toContain('Added today');
    });

    await step('Come back another day: the code is on its way', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Enter the code from the message');
      expect(await page.getByText('+49 ••• 89').isVisible()).toBe(true);
    });
    const code = await codeSentTo(sallyport, phone);
    await step('Read a message that binds its code to this place', async () => {
      const [message] = await listMessages(sallyport.house.gate, 1);
      const text = message?.channel === 'sms' ? message.text : '';
      expect(text.split('\n').at(-1)).toBe(`@localhost #${code}`);
      expect(text.length).toBeLessThanOrEqual(160);
    });
    await step('Look again: no second one is sent', async () => {
      await page.reload();
      expect(await codeSentTo(sallyport, phone)).toBe(code);
    });
    await step('Have a new one sent, a minute later', async () => {
      sallyport.clock.pass(60_000);
      await page.reload();
      await press(page, 'Send a new code');
      expect(await heading(page)).toBe('Enter the code from the message');
    });
    await step('Type it', async () => {
      await typeCode(page, await codeSentTo(sallyport, phone));
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  {},
  takesSentCodes,
);
