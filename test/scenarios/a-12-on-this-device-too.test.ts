import { expect } from 'vitest';
import { cameByPasskey, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typePassword } from '../support/scenario-verbs.ts';
import { plugIn } from '../support/virtual-key.ts';

scenario(
  'A-12 Whoever signed in by their phone is offered a passkey for the computer they sit at',
  async (scene) => {
    const { step, another } = scene;
    const finger = await withPasskey(scene, 'newcomer');
    const [made] = await finger.exported();
    const computer = await another();
    const phone = await plugIn(computer, { protocol: 'ctap2', transport: 'cable', verifies: true, synced: true });
    await phone.remember(made ?? expect.fail());
    await step('Sign in at a computer, by the passkey of the phone', async () => {
      await computer.goto('/sign-in');
      await press(computer, 'Use a passkey');
      await computer.getByRole('heading', { name: 'Create a passkey?' }).waitFor();
    });
    await phone.unplug();
    const builtIn = await plugIn(computer, { protocol: 'ctap2', transport: 'internal', verifies: true });
    await step('Create one here', async () => {
      await press(computer, 'Create a passkey');
      await arrived(computer);
      expect((await builtIn.holds()).keys).toBe(1);
    });
    await step('Come back by it, and be asked nothing more', async () => {
      await signOut(computer);
      await computer.goto('/sign-in');
      await press(computer, 'Sign in as newcomer');
      await arrived(computer);
      expect((await builtIn.holds()).signCount).toBeGreaterThan(1);
    });
  },
  {},
  passkeysOffered,
);

scenario(
  'A-12 Whoever passed their passkey over may have lost it: they are offered another, once',
  async (scene) => {
    const { page, step } = scene;
    const finger = await cameByPasskey(scene, 'newcomer');
    await finger.unplug();
    const other = await plugIn(page, { protocol: 'ctap2', transport: 'internal', verifies: true });
    await step('Take the password instead', async () => {
      await page.goto('/sign-in');
      await press(page, 'Use my password instead');
      await typePassword(page);
      expect(await heading(page)).toBe('Create a passkey?');
    });
    await step('Create another', async () => {
      await press(page, 'Create a passkey');
      await arrived(page);
      expect((await other.holds()).keys).toBe(1);
    });
    await other.touched(false);
    await step('Not be asked again', async () => {
      await signOut(page);
      await signIn(page, 'newcomer');
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);

scenario(
  'A-12 A second device is offered a passkey of its own',
  async (scene) => {
    const { step, another } = scene;
    await withPasskey(scene, 'newcomer');
    const computer = await another();
    const builtIn = await plugIn(computer, { protocol: 'ctap2', transport: 'internal', verifies: true });
    await step('Sign in there with the password', () => signIn(computer, 'newcomer'));
    await step('Create one there too', async () => {
      await press(computer, 'Create a passkey');
      await arrived(computer);
      expect((await builtIn.holds()).keys).toBe(1);
    });
  },
  {},
  passkeysOffered,
);
