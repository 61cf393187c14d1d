import type { Page } from 'playwright-core';
import { password } from './sallyport.ts';
import type { Scenario } from './scenario.ts';
import { codeFor } from './verbs.ts';

/** What people do in a real browser, found as they find it: by the words on labels and buttons. */

export const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).click();

export async function typeName(page: Page, name: string): Promise<void> {
  if (!page.url().includes('/sign-in/')) await page.goto('/sign-in');
  const otherwise = page.getByText('Sign in another way');
  if (await otherwise.isVisible()) await otherwise.click();
  await page.getByLabel('Email or username').fill(name);
  await press(page, 'Continue');
}

export async function typePassword(page: Page, typed: string = password): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(typed);
  await press(page, 'Continue');
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await press(page, 'Continue');
}

export async function signIn(page: Page, name: string): Promise<void> {
  await typeName(page, name);
  await typePassword(page);
}

export const signOut = async (page: Page): Promise<void> => {
  await page.goto('/account');
  await press(page, 'Sign out');
};

export const secretOn = async (page: Page): Promise<string> =>
  ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');

export const codesOn = (page: Page): Promise<string[]> => page.locator('.codes li').allTextContents();

export const heading = (page: Page): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent();

/** Signs in and sets up an authenticator app, on camera or off. */
export async function withAuthenticator(
  { sallyport, page }: Pick<Scenario, 'sallyport' | 'page'>,
  name: string,
  { offer }: { readonly offer?: string } = {},
): Promise<{ secret: string; backupCodes: readonly string[] }> {
  await sallyport.person(name);
  await signIn(page, name);
  if (offer !== undefined) await press(page, offer);
  await page.goto('/account/security');
  await press(page, 'Set up: Authenticator app');
  const secret = await secretOn(page);
  await typeCode(page, codeFor(sallyport, secret));
  const backupCodes = await codesOn(page);
  await page.getByLabel('I have stored them').check();
  await press(page, 'Continue');
  // The code that confirmed the set-up has been used: the next sign-in takes the next one.
  sallyport.clock.pass(30_000);
  return { secret, backupCodes };
}

/** What follows the first second factor. */
export async function storeCodes(page: Page): Promise<void> {
  await page.getByLabel('I have stored them').check();
  await press(page, 'Continue');
}
