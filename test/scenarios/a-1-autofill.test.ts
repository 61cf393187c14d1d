import { expect } from 'vitest';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signOut, typeName, typePassword } from '../support/scenario-verbs.ts';
import { plugIn } from '../support/virtual-key.ts';

/** Passkeys are offered to whoever signs in with a password alone. */
const offered = {
  policies: [{ name: 'everybody', require: 'sfa', methods: { second: ['webauthn'] }, passkeys: { offer: true } }],
};
const device = { protocol: 'ctap2', transport: 'internal', verifies: true, synced: true } as const;

scenario(
  'A-3 A passkey is offered after the password, and signs in alone next time',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const finger = await plugIn(page, device);
    await finger.touched(false);
    await step('Say who you are', () => typeName(page, 'newcomer'));
    await step('Type the password', () => typePassword(page));
    await step('Be offered a passkey, and read what it is', async () => {
      expect(await heading(page)).toBe('Create a passkey?');
      await page.getByText('Learn more').click();
    });
    await finger.touched(true);
    await step('Create it with a finger', async () => {
      await press(page, 'Create a passkey');
      await arrived(page);
    });
    await finger.touched(false);
    await step('Sign out', () => signOut(page));
    await step('Come back, and be named', async () => {
      await page.goto('/sign-in');
    });
    await finger.touched(true);
    await step('A-1 Pick it in the field for the name', async () => {
      await page.goto('/sign-in');
      await arrived(page);
    });
  },
  {},
  offered,
);
