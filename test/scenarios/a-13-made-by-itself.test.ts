import { expect } from 'vitest';
import { device, passkeysUpgraded } from '../support/passkeys.ts';
import { arrived, eventsOf } from '../support/passwordless.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

/**
 * A virtual device never answers a conditional create: here the page asks it as usual, and nobody is there, which is what a
 * password manager says that filled in the password a moment ago.
 */
async function withManager({ page }: Scenario) {
  const manager = await device(page);
  await page.addInitScript(() => {
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = ({
      mediation,
      ...options
    }: CredentialCreationOptions & { mediation?: string } = {}) => {
      if (mediation !== 'conditional') return Promise.reject(new DOMException('nobody asked', 'NotAllowedError'));
      return create(options);
    };
    PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
  });
  await manager.touched(true);
  await manager.seesNobody();
  return manager;
}

scenario(
  'A-13 Where the browser can, it makes a passkey by itself after the password',
  async (scene) => {
    const { sallyport, page, step } = scene;
    await sallyport.person('newcomer');
    const manager = await withManager(scene);
    await step('Sign in with the password, and be in', async () => {
      await signIn(page, 'newcomer');
      await arrived(page);
      expect((await manager.holds()).keys).toBe(1);
    });
    await step('Find it among the ways to sign in', async () => {
      await page.goto('/account/security');
      await page.getByText('Synced').waitFor();
      expect(await eventsOf(sallyport, 'newcomer')).toContain('method.added');
    });
    await step('Not be offered another', async () => {
      await signOut(page);
      await manager.touched(false);
      await signIn(page, 'newcomer');
      await arrived(page);
    });
  },
  {},
  passkeysUpgraded,
);

scenario(
  'A-13 Where the browser cannot, nobody hears of it: a passkey is offered as ever',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await device(page);
    await page.addInitScript(() => {
      navigator.credentials.create = () => Promise.reject(new DOMException('not now', 'NotAllowedError'));
      PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
    });
    await step('Sign in, and leave the offer', async () => {
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Create a passkey?');
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.locator('[data-when=cancelled]').isVisible()).toBe(false);
      await press(page, 'Not now');
      await arrived(page);
    });
  },
  {},
  passkeysUpgraded,
);
