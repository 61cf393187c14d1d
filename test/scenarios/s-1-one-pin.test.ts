import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { letters } from '../attacks/tools.ts';
import { oathtool } from '../support/oathtool.ts';
import { password } from '../support/open.ts';
import { heading, press, secretOn, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { openStoreroom } from '../support/storeroom-scene.ts';
import { type TrackerScene, trackerScenario } from '../support/tracker-scene.ts';
import { setUpAuthenticator, signIn } from '../support/verbs.ts';

const policies = [
  { name: 'tracker', when: { applications: ['tracker'] }, require: 'mfa' },
  { name: 'everybody', require: 'mfa-if-owned' },
];
const realms = [
  { id: 'tracker', name: 'Tracker', applications: ['tracker'] },
  { id: 'storeroom', name: 'Storeroom' },
];

/** Signs in to Tracker, up to the PIN. */
async function toThePin(page: Page, tracker: string, name: string): Promise<void> {
  await page.goto(tracker);
  await press(page, 'Sign in');
  await page.getByLabel('Email or username').fill(name);
  await press(page, 'Continue');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Continue');
  await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
}

/** Finds somebody and says where their PIN is to be taken, as far as the key. */
async function registering(page: Page, name: string, where: string): Promise<void> {
  await page.goto('/admin/people');
  await page.getByRole('link', { name: 'PINs' }).click();
  await page.getByLabel('User').fill(name);
  await press(page, 'Find');
  await page.getByRole('link', { name: 'Register a PIN' }).click();
  await page.getByLabel(where, { exact: true }).check();
  await page.getByLabel('Why?').fill('They were here with their authenticator');
  await press(page, 'Go on to the key');
}

async function create(page: Page, pin: string, key?: string): Promise<void> {
  if (key !== undefined) await page.getByLabel('Secret key (Base32)').fill(key);
  await page.getByLabel('Current PIN').fill(pin);
  await press(page, 'Create user');
}

/** Whatever is not to be lost is kept; then they are where they wanted to go. */
async function arrives(page: Page, tracker: string): Promise<void> {
  await page.waitForLoadState();
  if ((await page.locator('#stored').count()) > 0) {
    await page.locator('#stored').check();
    await press(page, 'Continue');
  }
  await page.waitForURL(`${tracker}/**`);
}

/** In the order of their own days: the administrator at one screen, the person at another. */
const setting = async ({ sallyport, page }: TrackerScene) => {
  await withAuthenticator({ sallyport, page }, 'admin', { role: 'system-administrator' });
  await sallyport.person('ruth', { email: 'ruth@example.org' });
  sallyport.pass(30_000);
  const hers = await (await page.context().browser())?.newContext({ locale: 'en-GB' });
  if (hers === undefined) throw new Error('no second browser');
  return hers.newPage();
};

trackerScenario(
  'S-1 S-2 S-3 S-6 An administrator registers somebody in two applications with one key, and one PIN is good for both',
  async (scene) => {
    const { sallyport, page, tracker, step } = scene;
    const hers = await setting(scene);
    const storeroom = await openStoreroom(sallyport, 'storeroom', 'ruth');
    try {
      const key = await step(
        'Register Ruth at Tracker: generate a key, and have her authenticator scan it',
        async () => {
          await registering(page, 'ruth', 'Tracker');
          await press(page, 'Make a key');
          const picture = await page.getByRole('img', { name: /QR code/ }).boundingBox();
          expect(picture?.width).toBeGreaterThanOrEqual(200);
          expect(await page.getByRole('button', { name: 'Copy', exact: true }).isVisible()).toBe(true);
          const made = await secretOn(page);
          expect(await page.getByLabel('Secret key (Base32)').inputValue()).toBe(made);
          return made;
        },
      );
      await step('A PIN that is not right for the key: nothing is kept, and the key stays on the page', async () => {
        await create(page, '000000');
        await page.getByText('Nothing was kept').waitFor();
        expect(await secretOn(page)).toBe(key);
      });
      await step('Her current PIN: “Create user”, and it is said that it worked', async () => {
        await create(page, oathtool(sallyport, key));
        expect(await heading(page)).toBe('ruth is registered');
        expect(await page.getByRole('main').innerText()).toContain('Tracker');
        expect(await page.content()).not.toContain(key);
        expect(await letters(sallyport, 'ruth@example.org')).toContain('A PIN was registered for you');
      });
      sallyport.pass(30_000);
      await step('At Storeroom she is not registered yet: its form does not take the PIN', async () => {
        await storeroom.signIn(hers, 'ruth', oathtool(sallyport, key));
        await hers.getByText('Name, password or PIN is not right.').waitFor();
      });
      await step('Register her there too, with the same key and the PIN it shows', async () => {
        await registering(page, 'ruth', 'Storeroom');
        await create(page, oathtool(sallyport, key), key);
        expect(await heading(page)).toBe('ruth is registered');
        expect(await page.getByRole('main').innerText()).toMatch(/Tracker[\s\S]*Storeroom/);
      });
      sallyport.pass(30_000);
      await step('Ruth signs in to Tracker with her PIN', async () => {
        await toThePin(hers, tracker, 'ruth');
        await typeCode(hers, oathtool(sallyport, key));
        await arrives(hers, tracker);
      });
      await step('That PIN has served: Storeroom asks for the next', async () => {
        await storeroom.signIn(hers, 'ruth', oathtool(sallyport, key));
        await hers.getByText('Name, password or PIN is not right.').waitFor();
        sallyport.pass(30_000);
        await storeroom.signIn(hers, 'ruth', oathtool(sallyport, key));
        await hers.getByRole('heading', { name: 'Shelf 12' }).waitFor();
      });
    } finally {
      storeroom.close();
    }
  },
  { policies, realms, mails: true },
);

trackerScenario(
  'S-4 S-7 A token whose key its maker put in is registered at two applications by one form',
  async (scene) => {
    const { sallyport, page, tracker, step } = scene;
    const hers = await setting(scene);
    const storeroom = await openStoreroom(sallyport, 'storeroom', 'ruth');
    const token = '3132333435363738393031323334353637383930313233343536373839303132';
    const pattern = { algorithm: 'SHA256', digits: 8, period: 60 } as const;
    const shows = () => oathtool(sallyport, `hex:${token}`, pattern);
    try {
      await step('Both applications, once', async () => {
        await page.goto('/admin/pins');
        await page.getByLabel('User').fill('ruth');
        await press(page, 'Find');
        await page.getByRole('link', { name: 'Register a PIN' }).click();
        for (const where of ['Tracker', 'Storeroom']) await page.getByLabel(where, { exact: true }).check();
        await page.getByLabel('Why?').fill('Token 17 of the drawer');
        await press(page, 'Go on to the key');
      });
      await step('The key that came with the token, and how it makes its PINs', async () => {
        await page.getByText('The token makes its PINs in another way').click();
        await page.getByLabel('Digits').selectOption('8');
        await page.getByLabel('Seconds a PIN is shown').selectOption('60');
        await page.getByLabel('Hash').selectOption('SHA256');
        await create(page, shows(), token);
        expect(await heading(page)).toBe('ruth is registered');
      });
      sallyport.pass(60_000);
      await step('Its PIN opens Storeroom', async () => {
        await storeroom.signIn(hers, 'ruth', shows());
        await hers.getByRole('heading', { name: 'Shelf 12' }).waitFor();
      });
      sallyport.pass(60_000);
      await step('And the next one Tracker', async () => {
        await toThePin(hers, tracker, 'ruth');
        await typeCode(hers, shows());
        await arrives(hers, tracker);
      });
    } finally {
      storeroom.close();
    }
  },
  { policies, realms, mails: true },
);

trackerScenario(
  'S-6 Where applications share one realm, nothing has to be done: one PIN is good everywhere',
  async (scene) => {
    const { sallyport, page, tracker, step } = scene;
    await sallyport.person('ruth', { email: 'ruth@example.org' });
    const { secret } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ruth'));
    sallyport.pass(30_000);
    const storeroom = await openStoreroom(sallyport, '', 'ruth');
    try {
      await step('Tracker asks for the PIN of the authenticator that she has', async () => {
        await toThePin(page, tracker, 'ruth');
        await typeCode(page, oathtool(sallyport, secret));
        await arrives(page, tracker);
      });
      sallyport.pass(30_000);
      await step('And so does Storeroom, in its own form', async () => {
        await storeroom.signIn(page, 'ruth', oathtool(sallyport, secret));
        await page.getByRole('heading', { name: 'Shelf 12' }).waitFor();
      });
    } finally {
      storeroom.close();
    }
  },
  { policies, mails: true },
);
