import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { begin } from '../../src/proving/begin.ts';
import { password } from '../support/sallyport.ts';
import { scenario } from '../support/scenario.ts';
import {
  heading,
  press,
  signIn,
  signOut,
  typeCode,
  typeName,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario('Sign in: a name, a password, and out again', async ({ sallyport, step }) => {
  await sallyport.person('newcomer');
  await step('Type your name', (page) => typeName(page, 'newcomer'));
  await step('See whom the page takes you for', async (page) => {
    expect(await page.getByText('newcomer').isVisible()).toBe(true);
    const field = page.getByLabel('Password', { exact: true });
    expect(await field.getAttribute('autocomplete')).toBe('current-password');
    expect(await page.locator('form:has(#password) [autocomplete=username]').inputValue()).toBe('newcomer');
  });
  await step('Mistype your password', (page) => typePassword(page, 'not the password of newcomer'));
  await step('Read what to do', async (page) => {
    const field = page.getByLabel('Password', { exact: true });
    expect(await page.getByRole('alert').textContent()).toMatch(/didn’t work/);
    expect(await field.getAttribute('aria-describedby')).toBe('password-wrong');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });
  await step('Look at what you type', async (page) => {
    const field = page.locator('#password');
    await field.fill(password);
    const button = page.getByRole('button', { name: 'Show password' });
    await button.click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
  });
  await step('Go on', (page) => press(page, 'Continue'));
  await step('Arrive at your account', async (page) => {
    expect(await heading(page)).toBe('Hello newcomer');
    expect(await page.title()).toBe('Hello newcomer - Sallyport');
  });
  await step('Sign out', signOut);
  await step('Find the account closed', async (page) => {
    await page.goto('/account');
    expect(await heading(page)).toBe('Sign in');
  });
});

scenario('Sign in: a button pressed twice sends once', async ({ sallyport, page, step }) => {
  await sallyport.person('hasty');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
  });
  await step('Double-click “Continue”', async () => {
    await page.goto('/sign-in');
    await page.getByLabel('Email or username').fill('hasty');
    await page.getByRole('button', { name: 'Continue' }).dblclick();
    await page.getByLabel('Password', { exact: true }).waitFor();
  });
  expect(sent).toEqual(['identify']);
});

scenario('Sign in: the page is small enough for a bad line', async ({ page, step }) => {
  const html = await step('Open the page', async () => (await page.goto('/sign-in'))?.text() ?? '');
  const files = ['styles.css', 'enhance.browser.js'].map((name) => readFileSync(`dist/assets/${name}`, 'utf8'));
  const bytes = [html, ...files].map((text) => gzipSync(text).length).reduce((sum, length) => sum + length, 0);
  expect(bytes).toBeLessThan(30_000);
});

scenario('Sign in: two minutes before a session ends, one is told and can stay', async (scene) => {
  const { sallyport, page, step } = scene;
  await page.clock.install();
  const { secret } = await withAuthenticator(scene, 'reader');
  await signOut(page);
  await signIn(page, 'reader');
  await typeCode(page, codeFor(sallyport, secret));
  const wait = async (minutes: number) => {
    sallyport.clock.pass(minutes * 60_000);
    await page.clock.fastForward(minutes * 60_000);
  };
  const warning = page.getByRole('alert');
  await step('Read for most of an hour', () => wait(57));
  expect(await warning.count()).toBe(0);
  await step('Be told in time', async () => {
    await wait(1);
    expect(await warning.textContent()).toContain('signed out in two minutes');
  });
  await step('Stay', async () => {
    await page.getByRole('link', { name: 'Stay signed in' }).click();
    expect(await heading(page)).toBe('Hello reader');
    expect(await warning.count()).toBe(0);
  });
  await step('Be here another half hour later', async () => {
    await wait(30);
    await page.goto('/account/sessions');
    expect(await heading(page)).toBe('Devices');
  });
});

scenario(
  'Sign in: the page says where the way leads',
  async ({ sallyport, page, context, step }) => {
    const { gate } = sallyport.house;
    const secret = await step('Come to the gate', async () => {
      await page.goto('/sign-in');
      return (await context.cookies()).find(({ name }) => name === '__Host-attempt')?.value;
    });
    const application = { id: 'tracker', name: 'Tracker', origin: 'https://tracker.example.org' };
    const ask = { level: null, notBefore: null, withoutRecovery: false };
    const purpose = { application, ask, wanted: null, act: null, returnTo: '/account', hint: 'newcomer' };
    const begun = await begin(gate, { purpose, session: null, browserSecret: secret, newcomerAt: null });
    await step('Come from Tracker', async () => {
      await page.goto(`/sign-in/${begun?.id}`);
      expect(await page.locator('.for').textContent()).toBe('to continue to Tracker');
      expect(await page.getByRole('img', { name: /Two doors/ }).isVisible()).toBe(true);
      expect(await page.getByLabel('Email or username').inputValue()).toBe('newcomer');
    });
  },
  { viewport: { width: 720, height: 480 } },
);
