import { expect } from 'vitest';
import { Browser } from '../support/browser.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, press, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor, signIn as comeIn } from '../support/verbs.ts';

const elsewhere = ({ sallyport, origin }: Scenario) => new Browser(sallyport.app, { host: new URL(origin).host });

const draft = `policies:
  - name: guests
    when: { groups: [guests] }
    require: deny
  - name: operators
    when: { groups: [operators] }
    require: mfa
  - name: everybody
    require: mfa-if-owned
`;

scenario('R-29 What is asked of whom is read, tried and changed on one page', async (scene) => {
  const { sallyport, page, step } = scene;
  const { secret } = await withAuthenticator(scene, 'boss', { role: 'system-administrator' });
  await sallyport.person('olga', { groups: ['operators'] });
  await sallyport.person('gus', { groups: ['guests'] });
  for (const name of ['olga', 'gus']) expect((await comeIn(elsewhere(scene), name)).url).toBe('/account');
  const main = page.getByRole('main');
  const rows = () => page.locator('.walked').first().locator('code').allTextContents();

  await step('Read the rules, in words', async () => {
    await page.goto('/admin/people');
    await page.getByRole('link', { name: 'Policies' }).click();
    expect(await heading(page)).toBe('Policies');
    expect(await main.textContent()).toContain('Two from whoever has two');
  });
  await step('Ask what somebody would meet', async () => {
    await page.getByLabel('Who: email or username').fill('olga');
    await page.getByLabel('From the address').fill('192.0.2.7');
    await press(page, 'Show');
    expect(await rows()).toEqual(['who-are-you', 'usual-way', 'let-through']);
  });
  await step('Draft a change, and mistype', async () => {
    await page.getByRole('link', { name: 'Draft a change' }).click();
    await page.getByLabel('The policy, as YAML').fill(draft.replace('require: deny', 'require: no'));
    await press(page, 'Keep and check');
    expect(await main.textContent()).toContain('policies.0.require');
  });
  await step('See what changes', async () => {
    await page.getByLabel('The policy, as YAML').fill(draft);
    await press(page, 'Keep and check');
    expect(await page.locator('.changes ins').count()).toBeGreaterThan(3);
    expect(await page.locator('.mistakes').count()).toBe(0);
  });
  await step('See both beside each other for one person', async () => {
    await page.getByLabel('Who: email or username').fill('olga');
    await page.getByLabel('From the address').fill('192.0.2.7');
    await press(page, 'Show');
    expect(await page.locator('.walked').count()).toBe(2);
    expect(await page.locator('.walked').last().textContent()).toContain('operators');
  });
  await step('Replay the last 30 days', async () => {
    await page.getByRole('link', { name: 'Replay the last 30 days' }).click();
    expect((await page.locator('.counts b').allTextContents()).slice(1)).toEqual(['0', '1']);
    expect(await main.textContent()).not.toContain('gus');
  });
  await step('Look who could not get in', async () => {
    await press(page, 'Show who');
    expect(await page.getByRole('link', { name: 'gus' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Back to the draft' }).click();
  });
  await step('Put it in force, knowing whom it keeps out', async () => {
    await page.getByRole('link', { name: 'Put it in force' }).click();
    sallyport.clock.pass(6 * 60_000);
    await page.getByLabel('type 1').fill('1');
    await page.getByLabel('Why?').fill('Guests come back in spring');
    await press(page, 'Put in force');
    await typeCode(page, codeFor(sallyport, secret));
    await press(page, 'Continue');
    expect(await heading(page)).toBe('Policies');
    expect(await main.textContent()).toContain('by boss');
  });
  await step('It decides at once', async () => {
    const gus = await comeIn(elsewhere(scene), 'gus');
    expect(gus.url).not.toBe('/account');
    expect((await comeIn(elsewhere(scene), 'olga')).text).toContain('Set up');
  });
});
