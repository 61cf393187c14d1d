import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type LedgerScene, ledgerScenario } from '../support/ledger-scene.ts';
import {
  heading,
  press,
  signOut,
  typeCode,
  typeName,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

const rules = [{ paths: ['/payments'], methods: ['POST'], require: 'mfa', withinMinutes: 5 }];

/** Signed in at the ledger with a password alone, before a form that is filled in. */
async function beforePaying({ sallyport, page, site, ...scene }: LedgerScene): Promise<{ secret: string }> {
  const kept = await withAuthenticator({ ...scene, sallyport, page }, 'ann');
  await signOut(page);
  await page.goto(`${site}/payments`);
  await typeName(page, 'ann');
  await typePassword(page);
  await page.waitForURL(`${site}/payments`);
  await fillIn(page);
  return kept;
}

async function fillIn(page: Page, to = 'Bäcker & Söhne'): Promise<void> {
  await page.getByLabel('To').fill(to);
  await page.getByLabel('Amount').fill('12.50');
  await page.getByLabel('Password of the account').fill('hunter2');
}

const posted = ({ ledger }: LedgerScene) => ledger.arrived.filter(({ line }) => line === 'POST /payments');
const body = 'to=B%C3%A4cker+%26+S%C3%B6hne&amount=12.50&password=hunter2';

ledgerScenario('U-8 A form that asks for more waits, is shown, and is sent once', rules, async (scene) => {
  const { sallyport, page, step, site } = scene;
  const { secret } = await beforePaying(scene);

  await step('She pays', () => press(page, 'Pay'));
  expect(await heading(page)).toBe('Enter the code from your app');
  expect(posted(scene)).toEqual([]);
  await step('She proves that it is her', () => typeCode(page, codeFor(sallyport, secret)));
  await page.waitForURL(`${site}/.sallyport/parked`);
  expect(await page.locator('dl').innerText()).toContain('Bäcker & Söhne');
  expect(await page.locator('dl').innerText()).not.toContain('hunter2');
  expect(posted(scene)).toEqual([]);
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const tab = await scene.context.newPage();
  await tab.goto(page.url());
  await step('She reads what will be sent, and sends it', () => press(page, 'Send'));
  await page.waitForURL(`${site}/payments`);
  expect(await page.locator('li').allTextContents()).toEqual(['12.50 to Bäcker & Söhne']);
  expect(posted(scene)).toMatchObject([{ body, headers: { 'remote-user': 'ann', origin: site } }]);

  await press(tab, 'Send');
  expect(await heading(tab)).toBe('This was not sent');
  await page.goBack();
  expect(await heading(page)).toBe('Let’s start again');
  expect(posted(scene)).toHaveLength(1);

  await page.goto(`${site}/payments`);
  await fillIn(page, 'Milk');
  await press(page, 'Pay');
  await page.waitForURL(`${site}/payments`);
  expect(posted(scene)).toHaveLength(2);
});

ledgerScenario('U-8 What is sent is what was shown, or nothing', rules, async (scene) => {
  const { sallyport, page, site } = scene;
  const { secret } = await beforePaying(scene);
  await press(page, 'Pay');
  await typeCode(page, codeFor(sallyport, secret));
  await page.waitForURL(`${site}/.sallyport/parked`);
  await page.locator('input[name=amount]').evaluate((field: HTMLInputElement) => {
    field.value = '1250';
  });
  await press(page, 'Send');
  expect(await heading(page)).toBe('This was not sent');
  expect(posted(scene)).toEqual([]);

  await page.goto(`${site}/.sallyport/parked`);
  await page.getByRole('link', { name: 'Don’t send' }).click();
  await page.waitForURL(`${site}/`);
  await page.goto(`${site}/.sallyport/parked`);
  expect(await heading(page)).toBe('Let’s start again');
});
