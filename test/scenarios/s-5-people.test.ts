import { expect } from 'vitest';
import { letters } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor, signIn as comeIn, typeCode as enter, setUpAuthenticator } from '../support/verbs.ts';

/** Somebody's own browser, out of the picture. */
const elsewhere = ({ sallyport, origin }: Scenario) => new Browser(sallyport.app, { host: new URL(origin).host });

scenario('S-5 Whoever runs the house finds somebody, and helps them', async (scene) => {
  const { sallyport, page, step } = scene;
  const { secret } = await withAuthenticator(scene, 'boss', { role: 'system-administrator' });
  for (const name of ['ann', 'anton', 'bob', 'carla']) await sallyport.person(name);
  const ann = await comeIn(elsewhere(scene), 'ann');
  await setUpAuthenticator(sallyport, ann);
  const away = await comeIn(elsewhere(scene), 'ann');
  for (let n = 0; n < 6; n++) await enter(away, '000000');
  const row = (name: string) => page.getByRole('row').filter({ hasText: `${name}@example.org` });
  const main = page.getByRole('main');
  /** Proves it is them, for this one act, and presses once more. */
  const confirm = async (what: string | RegExp) => {
    expect(await page.getByText(what).isVisible()).toBe(true);
    sallyport.clock.pass(30_000);
    await typeCode(page, codeFor(sallyport, secret));
    expect(await heading(page)).toBe('Thank you, that’s you');
    await press(page, 'Continue');
  };

  await step('Look at everybody who is here', async () => {
    await page.goto('/account');
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('link', { name: 'People' }).click();
    expect(await heading(page)).toBe('People');
    expect(await row('ann').getByText('Locked').count()).toBe(1);
    expect(await row('bob').getByText('Password only').count()).toBe(1);
  });
  await step('Find somebody by the beginning of a name', async () => {
    await page.getByLabel('Name or address').fill('An');
    await press(page, 'Find');
    expect([await row('ann').count(), await row('anton').count(), await row('bob').count()]).toEqual([1, 1, 0]);
  });
  await step('Only those who are locked', async () => {
    await page.getByRole('link', { name: 'Locked', exact: true }).click();
    expect([await row('ann').count(), await row('anton').count()]).toEqual([1, 0]);
  });
  await step('Look at one of them', async () => {
    await page.getByRole('link', { name: 'ann', exact: true }).click();
    expect(await heading(page)).toBe('ann');
    expect(await main.textContent()).toContain('Authenticator app');
    expect(await main.textContent()).toContain('Gave a wrong answer');
  });
  await step('Unlock them, and say why', async () => {
    await page.getByRole('link', { name: 'Unlock' }).click();
    await page.getByLabel('Why?').fill('She called, and read her number back');
    await press(page, 'Unlock');
    expect(await heading(page)).toBe('ann');
    expect(await page.getByText('Locked', { exact: true }).count()).toBe(0);
    expect(await main.textContent()).toContain('She called, and read her number back');
    expect(await letters(sallyport, 'ann@example.org')).toContain('Your account was unlocked');
  });
  await step('Take a lost phone from them, later, after a fresh proof', async () => {
    sallyport.clock.pass(6 * 60_000);
    await page.getByRole('link', { name: 'Reset: Authenticator app' }).click();
    await page.getByLabel('Why?').fill('Her phone was stolen');
    await press(page, 'Reset');
    await confirm(/^Confirm it’s you to .*Authenticator app/);
    expect(await heading(page)).toBe('ann');
    expect(await main.textContent()).not.toContain('Authenticator app');
    await ann.visit('/account');
    expect(ann.url).not.toBe('/account');
  });
  await step('Keep somebody out', async () => {
    await page.goto('/admin/people?q=carla');
    await page.getByRole('link', { name: 'carla', exact: true }).click();
    await page.getByRole('link', { name: 'Disable' }).click();
    await page.getByLabel('Why?').fill('She left on Friday');
    await press(page, 'Disable');
    await confirm('Confirm it’s you to disable carla.');
    expect(await page.getByText('Disabled', { exact: true }).count()).toBe(1);
    expect((await comeIn(elsewhere(scene), 'carla')).url).not.toBe('/account');
  });
  await step('Give somebody a role', async () => {
    await page.goto('/admin/people?q=bob');
    await page.getByRole('link', { name: 'bob', exact: true }).click();
    await page.getByRole('link', { name: 'Change role' }).click();
    await page.getByLabel('Role').selectOption('Help desk');
    await page.getByLabel('Why?').fill('Joins the help desk');
    await press(page, 'Change role');
    await confirm('Confirm it’s you to change the role of bob.');
    expect(await page.getByText('Help desk', { exact: true }).count()).toBe(1);
    expect(await letters(sallyport, 'bob@example.org')).toContain('What you may do for others was changed');
  });
  await step('The last one who can do that stays', async () => {
    await page.goto('/admin/people?q=boss');
    await page.getByRole('link', { name: 'boss', exact: true }).click();
    expect(await page.getByRole('link', { name: 'Disable' }).count()).toBe(0);
    await signOut(page);
  });
});

scenario('S-5 The help desk unlocks, an auditor looks, and neither does more', async (scene) => {
  const { sallyport, page, step } = scene;
  await sallyport.person('ann');
  await sallyport.person('boss', { role: 'system-administrator' });
  const { secret } = await withAuthenticator(scene, 'help', { role: 'help-desk' });
  const away = await comeIn(elsewhere(scene), 'ann');
  expect(away.url).toBe('/account');
  await signOut(page);

  await step('Come in at the help desk', async () => {
    await page.goto('/sign-in');
    await signIn(page, 'help');
    await typeCode(page, codeFor(sallyport, secret));
    await page.goto('/admin/people');
    expect(await page.getByRole('link', { name: 'This browser' }).count()).toBe(0);
  });
  await step('There is nothing to do for somebody who gets in', async () => {
    await page.getByRole('link', { name: 'ann', exact: true }).click();
    for (const name of ['Unlock', 'Disable', 'Sign out everywhere'])
      expect([name, await page.getByRole('link', { name }).count()]).toEqual([name, 0]);
  });
  await step('Whoever answers for the house is not theirs to help', async () => {
    const other = await comeIn(elsewhere(scene), 'nobody');
    for (let n = 0; n < 7; n++) await comeIn(elsewhere(scene), 'boss', 'not the password');
    expect(other.url).not.toBe('/account');
    await page.goto('/admin/people?q=boss');
    expect(await page.getByText('Locked', { exact: true }).count()).toBe(2);
    await page.getByRole('link', { name: 'boss', exact: true }).click();
    expect(await page.getByRole('link', { name: 'Unlock' }).count()).toBe(0);
  });
  await step('Somebody who is locked out is', async () => {
    for (let n = 0; n < 7; n++) await comeIn(elsewhere(scene), 'ann', 'not the password');
    await page.goto('/admin/people?state=locked&q=ann');
    await page.getByRole('link', { name: 'ann', exact: true }).click();
    await page.getByRole('link', { name: 'Unlock' }).click();
    await page.getByLabel('Why?').fill('Forgot the caps lock');
    await press(page, 'Unlock');
    expect((await comeIn(elsewhere(scene), 'ann')).url).toBe('/account');
  });

  await page.context().clearCookies();
  await withAuthenticator(scene, 'audrey', { role: 'auditor' });
  await step('An auditor sees it all, and has nothing to press', async () => {
    await page.goto('/admin/people?q=ann');
    await page.getByRole('link', { name: 'ann', exact: true }).click();
    expect(await page.getByRole('main').textContent()).toContain('Forgot the caps lock');
    expect(await page.getByRole('main').locator('a.button, button').count()).toBe(0);
  });
});
