import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listEntries } from '../../src/core/audit/store.ts';
import type { DuoScenario } from './duo-scenario.ts';
import type { Sallyport } from './sallyport.ts';
import { press, signIn, signOut } from './scenario-verbs.ts';

/** A policy that asks for two factors and lets browsers be kept for one that is both. */
export const without = (more: object = {}, require = 'mfa') => ({
  policies: [
    {
      name: 'everybody',
      require,
      methods: { second: ['duo', 'webauthn', 'totp'] },
      passwordless: { methods: ['duo', 'webauthn'], ...more },
    },
  ],
});

export const arrived = (page: Page): Promise<void> => page.getByRole('heading', { name: /^Hello/ }).waitFor();

/** What the audit log has of somebody, the latest first. */
export async function eventsOf({ house: { gate } }: Sallyport, name: string): Promise<readonly string[]> {
  const account = await findAccountByName(gate.database.read, name);
  const entries = await listEntries(gate.database.read, account?.id ?? expect.fail(), 50);
  return entries.map(({ event }) => event);
}

/** Asks Duo, and says yes on the phone. */
export async function byPush({ page, phone, duo }: DuoScenario): Promise<void> {
  await press(page, 'Send me a push');
  await phone.goto(duo);
  await press(phone, 'Approve');
}

/** Has kept this browser for their phone, and is out again. */
export async function keptForDuo(scene: DuoScenario, name: string): Promise<void> {
  const { page } = scene;
  await signIn(page, name);
  await byPush(scene);
  await page.getByRole('heading', { name: 'Skip the password next time?' }).waitFor();
  await press(page, 'Yes, skip it here');
  await arrived(page);
  await signOut(page);
  await page.goto('/sign-in');
}

export const cookieNow = async (page: Page): Promise<string | null> => {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === '__Host-passwordless')?.value ?? null;
};

/** Somebody is in other groups from now on. */
export const regroup = ({ house: { gate } }: Sallyport, name: string, groups: readonly string[]): Promise<unknown> =>
  gate.database.transaction((tx) =>
    tx
      .withTables<{ account: { username: string; groups: string } }>()
      .updateTable('account')
      .set({ groups: JSON.stringify(groups) })
      .where('username', '=', name)
      .execute(),
  );
