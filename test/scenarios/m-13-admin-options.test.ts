import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { policyDocument } from '../../src/core/policies/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { hours } from '../../src/kernel/clock.ts';
import { programToken } from '../attacks/tools.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, storeCodes, typeCode, withAuthenticator } from '../support/scenario-verbs.ts';
import { shows, tableOf, tokenCalled, tokens } from '../support/tokens.ts';

const config = { methods: { 'hardware-token': {} } };
const help = 'We sign in with the grey token. Get yours at the help desk, room 114.';
const lead = (scene: Scenario) => scene.page.locator('main').textContent();

/** As whoever runs the house does it: by the API, with a token, from what is in force. */
async function decide(scene: Scenario, token: string, policies: readonly object[], more = {}): Promise<void> {
  const { read } = scene.sallyport.house.gate.database;
  const answer = await scene.sallyport.app.inject({
    method: 'PUT',
    url: '/api/v1/policy',
    headers: {
      host: new URL(scene.origin).host,
      authorization: `Bearer ${token}`,
      'if-match': `"${await findLatest(read)}"`,
    },
    payload: { policies, ...more },
  });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
}

scenario(
  'M-13 What whoever runs the house decides, and people meet at once',
  async (scene) => {
    const { sallyport, page, step } = scene;
    const token = await programToken(sallyport, { lifetime: hours(24) });
    const everybody = { name: 'everybody', require: 'mfa-if-owned' };
    const grey = tokenCalled('2308631');
    await tokens(sallyport, 'import', tableOf(mkdtempSync(join(tmpdir(), 'sallyport-m13-')), [grey]));
    await sallyport.person('newcomer');
    await sallyport.person('boss');

    await step('Hardware tokens only: whoever has none reads where to get one', async () => {
      const tokensOnly = { require: 'mfa', methods: { second: ['hardware-token'] }, setUp: 'never', help };
      await decide(scene, token, [{ name: 'tokens only', when: { people: ['newcomer'] }, ...tokensOnly }, everybody]);
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('One thing is missing');
      expect(await lead(scene)).toContain(help);
    });
    await step('Given one, they come in with it', async () => {
      await tokens(sallyport, 'assign', '2308631', 'newcomer');
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Enter the code from your token');
      await typeCode(page, shows(grey, sallyport.clock.now()));
      await storeCodes(page);
      expect(await heading(page)).toBe('Hello newcomer');
    });
    await step('They may not change it themselves', async () => {
      await page.goto('/account/security');
      expect(await lead(scene)).toContain('decides what you sign in with');
      expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /^Set up/ }).count()).toBe(0);
      await signOut(page);
    });
    await step('Somebody else is asked as before', async () => {
      await signIn(page, 'boss');
      expect(await heading(page)).toBe('Hello boss');
      await signOut(page);
    });

    const { secret } = await withAuthenticator(scene, 'amy');
    await tokens(sallyport, 'withdraw', '2308631');
    await tokens(sallyport, 'assign', '2308631', 'amy');
    await page.context().clearCookies();
    await step('A primary way is asked first, and others are a button away', async () => {
      await decide(scene, token, [{ ...everybody, primary: { methods: ['hardware-token', 'totp'] } }]);
      await signIn(page, 'amy');
      expect(await heading(page)).toBe('Enter the code from your token');
      await press(page, 'Try another way');
      expect(await page.getByRole('button', { name: /Authenticator app/ }).count()).toBe(1);
    });
    await step('Or the only one beside backup codes', async () => {
      await decide(scene, token, [{ ...everybody, primary: { methods: ['totp', 'hardware-token'], only: true } }]);
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await signIn(page, 'amy');
      expect(await heading(page)).toBe('Enter the code from your app');
      await press(page, 'Try another way');
      expect(await page.getByRole('button', { name: /Hardware token/ }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /Backup codes/ }).count()).toBe(1);
      expect(secret).not.toBe('');
    });
    await step('A network that is blocked', async () => {
      const blocked = { name: 'not from here', when: { networks: ['127.0.0.0/8', '::1/128'] }, require: 'deny', help };
      await decide(scene, token, [blocked, everybody]);
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await signIn(page, 'boss');
      expect(await heading(page)).toBe('This is not open to you');
      expect(await lead(scene)).toContain(help);
    });
    await step('And open again, for sessions of ten minutes', async () => {
      await decide(scene, token, [everybody], { sessions: { oneFactor: { idle: 600_000 } } });
      await page.goto('/sign-in');
      await signIn(page, 'boss');
      expect(await heading(page)).toBe('Hello boss');
      sallyport.clock.pass(601_000);
      await page.goto('/account');
      expect(await heading(page)).not.toBe('Hello boss');
    });
    const { policies } = policyDocument.parse({ policies: [everybody] });
    expect((await sallyport.house.gate.policy(sallyport.house.gate.database.read)).policies).toEqual(policies);
  },
  {},
  config,
);
