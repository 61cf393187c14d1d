import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { countAll } from '../../src/core/tallies/count.ts';
import { Browser } from '../support/browser.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor, signIn as comeIn, setUpAuthenticator, typeCode } from '../support/verbs.ts';

/** Somebody's own browser, out of the picture. */
const elsewhere = ({ sallyport, origin }: Scenario) => new Browser(sallyport.app, { host: new URL(origin).host });

/** As upkeep does within seconds. */
async function counted({ sallyport: { house } }: Scenario): Promise<void> {
  while ((await sealEntries(house.gate)) > 0);
  await countAll(house.gate);
}

const tile = (page: Page, name: string): Promise<string | null> =>
  page.locator('.glance div').filter({ hasText: name }).locator('.number').textContent();
const panel = (page: Page, title: string) =>
  page.locator('.panel').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

scenario(
  'R35 Whoever runs the house sees in the morning how people get in',
  async (scene) => {
    const { sallyport, page, step } = scene;
    await withAuthenticator(scene, 'boss', { role: 'system-administrator' });
    for (const name of ['ann', 'bob', 'carla']) await sallyport.person(name);
    const { secret } = await setUpAuthenticator(sallyport, await comeIn(elsewhere(scene), 'ann'));
    sallyport.clock.pass(60_000);
    await typeCode(await comeIn(elsewhere(scene), 'ann'), codeFor(sallyport, secret));
    const guesser = await comeIn(elsewhere(scene), 'ann');
    for (let n = 0; n < 6; n++) await typeCode(guesser, '000000');
    await comeIn(elsewhere(scene), 'bob', 'not the password of bob');
    const carla = await comeIn(elsewhere(scene), 'carla');
    await carla.visit('/account/activity/not-me');
    await carla.press('Sign out everywhere');
    await counted(scene);

    await step('Open the dashboard', async () => {
      await page.goto('/account');
      await page.getByRole('link', { name: 'Dashboard' }).click();
      expect(await heading(page)).toBe('Dashboard');
      expect([await tile(page, 'Signed in today'), await tile(page, 'Wrong answers today')]).toEqual(['4', '7']);
      expect([await tile(page, 'Locked out now'), await tile(page, 'Disabled')]).toEqual(['1', '0']);
    });
    await step('See by which ways people got in', async () => {
      const ways = panel(page, 'How people got in');
      expect(await ways.getByRole('row').filter({ hasText: 'Password + Authenticator app' }).textContent()).toMatch(
        /1 ?25%/,
      );
      expect(
        await ways
          .getByRole('row')
          .filter({ hasText: /^Password\s*3/ })
          .count(),
      ).toBe(1);
      const standing = panel(page, 'What protects accounts');
      const stands = (how: string) => standing.getByRole('row').filter({ hasText: how }).textContent();
      expect(await stands('Codes or approvals')).toMatch(/2 ?50%/);
      expect(await stands('Nothing but the password')).toMatch(/2 ?50%/);
    });
    await step('Read the numbers behind a picture', async () => {
      const signIns = panel(page, 'Sign-ins');
      const picture = signIns.getByRole('img', { name: 'Sign-ins' });
      expect(await picture.locator('desc').textContent()).toMatch(
        /^4 sign-ins in 30 days, most on .+: 4\. Today so far: 4\.$/,
      );
      await signIns.getByText('The numbers').click();
      const rows = signIns.getByRole('row');
      expect([await rows.count(), await rows.nth(1).textContent()]).toEqual([31, expect.stringMatching(/4$/)]);
    });
    await step('Go from what is to be looked at to whom it happened', async () => {
      const alarms = panel(page, 'To look at').locator('.row');
      expect(await alarms.filter({ hasText: 'Guesses at many accounts' }).textContent()).toContain('once');
      const reported = alarms.filter({ hasText: 'Said that it was somebody else' });
      await reported.getByRole('link', { name: 'carla' }).click();
      expect(await heading(page)).toBe('carla');
    });
    await step('See who has no passkey, and who is locked out', async () => {
      await page.goto('/admin');
      await page.getByRole('link', { name: 'Who has no passkey' }).click();
      expect(await heading(page)).toBe('People');
      expect(await page.locator('tbody tr').count()).toBe(4);
      await page.goto('/admin');
      await page.getByRole('link', { name: 'Who that is: Locked out now' }).click();
      expect(await page.locator('tbody tr').allTextContents()).toEqual([expect.stringContaining('ann')]);
    });
  },
  {},
  { guessing: { accounts: 2 } },
);
