import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';
import { button, shows, tableOf, tokenCalled, tokens } from '../support/tokens.ts';

const config = { methods: { 'hardware-token': { helpLine: 'the help desk, 2nd floor' } } };

scenario(
  'M-9 A hardware token is given on the host, signs in once a code, and is brought back in step',
  async ({ sallyport, page, step }) => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-m9-'));
    const [clock, pressed] = [tokenCalled('2308631'), tokenCalled('4711', button)];
    const now = () => sallyport.clock.now();
    await sallyport.person('newcomer');
    await tokens(sallyport, 'import', tableOf(folder, [clock, pressed]));
    await tokens(sallyport, 'assign', '2308631', 'newcomer');

    await step('Be asked for the code of the token', async () => {
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Enter the code from your token');
    });
    await step('Type a wrong one', async () => {
      await typeCode(page, '000000');
      expect(await page.getByRole('alert').textContent()).toMatch(/^That doesn’t fit/);
    });
    await step('Type the one it shows', async () => {
      await typeCode(page, shows(clock, now()));
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
      expect(await heading(page)).toBe('Hello newcomer');
    });
    await step('Try the same code again', async () => {
      const used = shows(clock, now());
      await signOut(page);
      await signIn(page, 'newcomer');
      await typeCode(page, used);
      expect(await page.getByRole('alert').textContent()).toMatch(/^That code has already been used/);
    });
    await step('Find the token out of step', async () => {
      sallyport.clock.pass(30_000);
      await typeCode(page, shows(clock, now(), 7));
      await press(page, 'Code not accepted?');
      expect(await heading(page)).toBe('Get your token back in step');
    });
    await step('Type two codes in a row', async () => {
      await page.getByLabel('The code it shows now').fill(shows(clock, now(), 7));
      await page.getByLabel('The code after that').fill(shows(clock, now(), 8));
      await press(page, 'Continue');
      expect(await heading(page)).toBe('Hello newcomer');
    });
    await step('Set a second token up', async () => {
      await page.goto('/account/security');
      await page.locator('form[action*="hardware-token/set-up"] button').click();
      await page.getByLabel('Serial number on the back').fill('4711');
      await page.getByLabel('The code it shows now').fill(shows(pressed, now(), 3));
      await press(page, 'Set up token');
      expect(await heading(page)).toBe('Ways to sign in');
      expect(await page.locator('.row', { hasText: '4711' }).count()).toBe(1);
    });
  },
  {},
  config,
);
