import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { charge } from '../../src/core/throttle/store.ts';
import { password } from '../support/sallyport.ts';
import { scenario } from '../support/scenario.ts';
import { heading, secretOn, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

/** What the focus is on, in the words of the page, and whether one sees that it is there. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    if (at === null) return { name: '', seen: false };
    const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map(({ textContent }) => textContent) : [];
    const name = at.getAttribute('aria-label') ?? labels[0] ?? at.textContent ?? '';
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return { name: name.trim(), seen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
  });

/** A field that is there to be filled in has the focus by itself, once the page is drawn: a moment after it was loaded. */
const focusComesTo = (page: Page, name: string): Promise<void> =>
  expect.poll(async () => (await focused(page)).name, { timeout: 5_000 }).toBe(name);

/** Tabs on until the focus is on something, as somebody without a mouse does; every stop must show. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < 25; stops++) {
    const at = await focused(page);
    if (stops > 0) expect(at.seen, `one cannot see the focus on "${at.name}"`).toBe(true);
    if (at.name === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to "${name}" by keyboard`);
}

const enter = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.type(text);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
};

const go = (page: Page, key: 'Enter' | 'Space' = 'Enter') =>
  Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);

scenario('By keyboard alone: signing in and setting up an authenticator app', async ({ sallyport, page, step }) => {
  await sallyport.person('newcomer');
  await step('Type your name: the field has the focus', async () => {
    await page.goto('/sign-in');
    await focusComesTo(page, 'Email or username');
    await enter(page, 'newcomer');
  });
  await step('Type your password', async () => {
    await focusComesTo(page, 'Password');
    await enter(page, password);
    expect(await heading(page)).toBe('Hello newcomer');
  });
  await step('Walk to the set-up', async () => {
    await tabTo(page, 'Ways to sign in');
    await go(page);
    await tabTo(page, 'Set up: Authenticator app');
    await go(page);
  });
  await step('Open what can be typed', async () => {
    await tabTo(page, 'Can’t scan it?');
    await page.keyboard.press('Enter');
    expect(await page.locator('.secret').isVisible()).toBe(true);
  });
  await step('Type the code', async () => {
    await tabTo(page, 'Code');
    await enter(page, codeFor(sallyport, await secretOn(page)));
  });
  await step('Tick the box and go on', async () => {
    await tabTo(page, 'I have stored them in a safe place');
    await page.keyboard.press('Space');
    await tabTo(page, 'Continue');
    await go(page);
    expect(await heading(page)).toBe('Ways to sign in');
  });
});

scenario('By keyboard alone: finding somebody, and unlocking them', async (scene) => {
  const { sallyport, page, step } = scene;
  await withAuthenticator(scene, 'boss', { role: 'system-administrator' });
  const ann = await sallyport.person('ann');
  const { gate } = sallyport.house;
  for (let n = 0; n < 6; n++)
    await gate.database.transaction((tx) => charge(tx, { key: `second:${ann}`, schedule: 'second' }, gate.clock.now()));
  await step('Type the beginning of a name', async () => {
    await page.goto('/admin/people');
    await tabTo(page, 'Name or address');
    await enter(page, 'an');
  });
  await step('Walk to the person', async () => {
    await tabTo(page, 'ann');
    await go(page);
    expect(await heading(page)).toBe('ann');
  });
  await step('Unlock them, and say why: the field has the focus', async () => {
    await tabTo(page, 'Unlock');
    await go(page);
    await focusComesTo(page, 'Why?');
    await enter(page, 'She asked me to');
    expect(await page.getByText('Locked', { exact: true }).count()).toBe(0);
  });
});
