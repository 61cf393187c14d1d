import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startDuo, Tenant } from '../../examples/duo-simulator/server.ts';
import { duoKeys, duoSection, personWithDuo } from '../support/duo.ts';
import { openScenario, patience, type Scenario } from '../support/scenario.ts';
import { codesOn, heading, press, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';

interface DuoScenario extends Scenario {
  readonly tenant: Tenant;
  /** Where the phones are. */
  readonly duo: string;
  /** The phone that lies beside the keyboard. */
  readonly phone: Page;
}

/** A scenario beside a Duo of its own, by the same clock. */
function withDuo(
  title: string,
  tell: (scene: DuoScenario) => Promise<void>,
  { settings = {}, options = {} }: { settings?: object; options?: BrowserContextOptions } = {},
): void {
  test(
    title,
    async () => {
      let now = Date.now;
      const simulator = await startDuo(new Tenant(duoKeys, () => now()), 0);
      const { tenant, port } = simulator;
      const scene = await openScenario(title, options, { methods: duoSection(settings, `127.0.0.1:${port}`) });
      now = () => scene.sallyport.clock.now();
      try {
        const phone = await scene.another({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
        await tell({ ...scene, tenant, duo: `http://127.0.0.1:${port}`, phone });
        expect(scene.complaints).toEqual([]);
      } finally {
        await scene.close();
        await simulator.close();
      }
    },
    2 * patience,
  );
}

const through = (page: Page) => page.getByRole('heading', { name: /^Hello/ }).waitFor();

withDuo('M-8 A phone is registered with Duo, and signs in', async ({ sallyport, tenant, duo, phone, page, step }) => {
  const answer = async (button: 'Approve' | 'Deny' | 'This wasn’t me') => {
    await phone.goto(duo);
    await press(phone, button);
  };
  await sallyport.person('newcomer');
  await step('Begin', async () => {
    await signIn(page, 'newcomer');
    await page.goto('/account/security');
    await press(page, 'Set up: Duo');
    expect(await page.getByRole('link', { name: 'Google Play' }).isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'App Store' }).isVisible()).toBe(true);
  });
  const link = await step('Register a device', async () => {
    await press(page, 'Register a device');
    const size = await page.getByRole('img', { name: /QR code/ }).boundingBox();
    expect(size?.width).toBeGreaterThanOrEqual(200);
    return (await page.getByRole('link', { name: 'Register this device' }).getAttribute('href')) ?? '';
  });
  await step('Follow the link on the phone: the page goes on by itself', async () => {
    await phone.goto(link);
    await press(phone, 'Register this phone');
    await page.getByRole('heading', { name: 'Show that Duo is yours' }).waitFor();
  });
  await step('Approve the first push, seeing what it is for and where it came from', async () => {
    await press(page, 'Send me a push');
    expect(await heading(page)).toBe('Look at your phone');
    await phone.goto(duo);
    expect(await phone.locator('.request').textContent()).toMatch(/localhost:\d+[\s\S]*09:00:00 UTC/);
    await press(phone, 'Approve');
    await page.getByRole('heading', { name: /backup codes/i }).waitFor();
  });
  const backupCodes = await step('Store the backup codes', async () => {
    const codes = await codesOn(page);
    await page.getByLabel('I have stored them').check();
    await press(page, 'Continue');
    expect(await page.locator('.row', { hasText: 'Duo' }).first().textContent()).toContain('Added today');
    return codes;
  });

  await step('Come back and deny it: somebody else may know the password', async () => {
    await signOut(page);
    await signIn(page, 'newcomer');
    expect(tenant.pending(tenant.find('newcomer') ?? expect.fail())).toEqual([]);
    await press(page, 'Send me a push');
    await answer('Deny');
    await page.getByText('somebody else knows your password').waitFor();
  });
  await step('Cancel a request, and be called instead', async () => {
    await press(page, 'Call me');
    expect(await page.getByText('Duo is calling you').isVisible()).toBe(true);
    await answer('Approve');
    await through(page);
  });
  await step('Match the number on the screen', async () => {
    await signOut(page);
    tenant.turn('number', true);
    await signIn(page, 'newcomer');
    await press(page, 'Send me a push');
    const number = (await page.locator('.match').textContent()) ?? '';
    await phone.goto(duo);
    await phone.getByLabel('The number on your screen').fill(number);
    await press(phone, 'Approve');
    await through(page);
    tenant.on.clear();
  });
  await step('Type the passcode that Duo Mobile shows', async () => {
    await signOut(page);
    await signIn(page, 'newcomer');
    await press(page, 'Type a passcode');
    await page.getByLabel('Passcode').fill(tenant.find('newcomer')?.passcode ?? '');
    await press(page, 'Continue');
    await through(page);
  });
  await step('Take another way while Duo does not answer', async () => {
    await signOut(page);
    tenant.turn('outage', true);
    await signIn(page, 'newcomer');
    await press(page, 'Send me a push');
    await page.getByText('Duo doesn’t answer at the moment').waitFor();
    await press(page, 'Try another way');
    await page.getByRole('button', { name: /^Backup codes/ }).click();
    await typeCode(page, backupCodes[0] ?? '');
    await through(page);
  });
});

withDuo(
  'M-8 Without scripts, the page that waits looks again by itself',
  async ({ sallyport, tenant, duo, phone, page, step }) => {
    await personWithDuo({ ...sallyport, tenant }, 'newcomer');
    await signIn(page, 'newcomer');
    await step('Send a push', () => press(page, 'Send me a push'));
    await step('Approve it: the page says so', async () => {
      await phone.goto(duo);
      await press(phone, 'Approve');
      await page.getByRole('heading', { name: 'Your phone has answered.' }).waitFor();
    });
    await step('Go on', async () => {
      await press(page, 'Continue');
      await through(page);
    });
  },
  { options: { javaScriptEnabled: false } },
);

withDuo(
  'M-8 Duo asks on its own page, and sends people back',
  async ({ sallyport, duo, phone, page, step }) => {
    await sallyport.person('newcomer');
    await step('Go to Duo to set it up', async () => {
      await signIn(page, 'newcomer');
      await page.goto('/account/security');
      await press(page, 'Set up: Duo');
      await press(page, 'Go on to Duo');
      await press(page, 'Register a phone');
    });
    await step('Approve there', async () => {
      await press(page, 'Duo Push');
      await phone.goto(duo);
      await press(phone, 'Approve');
      await page.getByLabel('I have stored them').check();
      await press(page, 'Continue');
    });
    await step('Come back, change your mind, and be asked again', async () => {
      await signOut(page);
      await signIn(page, 'newcomer');
      await press(page, 'Go on to Duo');
      await press(page, 'Cancel');
      expect(await heading(page)).toBe('Confirm with Duo');
    });
    await step('Approve', async () => {
      await press(page, 'Go on to Duo');
      await press(page, 'Duo Push');
      await phone.goto(duo);
      await press(phone, 'Approve');
      await through(page);
    });
  },
  { settings: { mode: 'universal' } },
);
