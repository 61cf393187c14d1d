import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, storeCodes, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor, codeSentTo, takesSentCodes } from '../support/verbs.ts';
import { keysTaken, plugIn } from '../support/virtual-key.ts';

/** Somebody wants their mail elsewhere, minutes after they came in. */
async function wants(page: Page, address: string): Promise<void> {
  await page.goto('/account/address');
  const another = page.getByRole('button', { name: 'Use another address' });
  if (await another.isVisible()) await another.click();
  await page.getByLabel('New email address').fill(address);
  await press(page, 'Send code');
  await page.getByText(`Confirm it’s you to have your mail sent to ${address}.`).waitFor();
}

/** One press is left, and what was typed an hour of clicks ago is sent. */
async function goesOn(page: Page, address: string): Promise<void> {
  await page.getByRole('heading', { name: 'Thank you, that’s you' }).waitFor();
  expect(await page.getByText(`Have your mail sent to ${address}`).isVisible()).toBe(true);
  await press(page, 'Continue');
  await page.getByRole('heading', { name: 'Enter the code from the email' }).waitFor();
  expect(await page.getByText(address).isVisible()).toBe(true);
}

scenario(
  'U-5 A change is confirmed by the best one has, and what was typed is kept meanwhile',
  async (scene) => {
    const { page, sallyport, step } = scene;
    const { secret } = await withAuthenticator(scene, 'newcomer');
    sallyport.clock.pass(minutes(6));

    await step('Type a new address, and be asked who wants that', () => wants(page, 'one@new.example.org'));
    await step('Leave it: nothing was sent', async () => {
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('heading', { name: 'Change your email address' }).waitFor();
    });
    await step('Type it again, and confirm it by a code of the app', async () => {
      await wants(page, 'one@new.example.org');
      await typeCode(page, codeFor(sallyport, secret));
    });
    await step('Press once more: it goes on where it was left', () => goesOn(page, 'one@new.example.org'));

    const key = await plugIn(page, { protocol: 'ctap2', transport: 'usb', verifies: false, synced: false });
    sallyport.clock.pass(minutes(1));
    await step('Set up a security key, after another code of the app', async () => {
      await page.goto('/account/security');
      await press(page, 'Set up: Security key or this device');
      await typeCode(page, codeFor(sallyport, secret));
      await press(page, 'Security key');
      await page.getByRole('heading', { name: 'Ways to sign in' }).waitFor();
    });
    sallyport.clock.pass(minutes(6));
    await step('From now on the key is the best they have: it alone confirms a change', async () => {
      await wants(page, 'two@new.example.org');
      expect(await heading(page)).toBe('Use your security key');
      await key.touched(true);
      await press(page, 'Continue');
    });
    await step('Go on, and type the code that came', async () => {
      await goesOn(page, 'two@new.example.org');
      await typeCode(page, await codeSentTo(sallyport, 'two@new.example.org'));
      await page.getByText('two@new.example.org').waitFor();
    });
  },
  {},
  keysTaken,
);

scenario(
  'U-5 Whoever has nothing but codes by mail confirms a change by one, without scripts',
  async ({ page, sallyport, step }) => {
    await sallyport.person('newcomer');
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, 'Set up: Code by email');
    await page.getByLabel('Email address').fill('codes@mail.example.org');
    await press(page, 'Send code');
    await typeCode(page, await codeSentTo(sallyport, 'codes@mail.example.org'));
    await storeCodes(page);
    sallyport.clock.pass(minutes(6));
    await step('Ask to take it away', async () => {
      await page.getByRole('link', { name: /^Remove: / }).click();
      await press(page, 'Remove');
      await page.getByText(/^Confirm it’s you to remove “c•••@mail/).waitFor();
    });
    await step('Have a code sent, and type it', async () => {
      await press(page, 'Send code');
      await typeCode(page, await codeSentTo(sallyport, 'codes@mail.example.org'));
    });
    await step('Press once more: it is gone', async () => {
      await page.getByRole('heading', { name: 'Thank you, that’s you' }).waitFor();
      await press(page, 'Continue');
      await page.locator('.row', { hasText: 'Code by email' }).getByText('Not set up').waitFor();
    });
    await step('Go back and press again: nothing more happens', async () => {
      await page.goBack();
      await page.goto('/account/security');
      expect(await heading(page)).toBe('Ways to sign in');
    });
  },
  { javaScriptEnabled: false },
  takesSentCodes,
);
