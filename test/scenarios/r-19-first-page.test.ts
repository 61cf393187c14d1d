import { expect } from 'vitest';
import { comeBack, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import { heading, press, typeName } from '../support/scenario-verbs.ts';

const firstPage = (how: string) => ({ ...passkeysOffered, methods: { webauthn: { firstPage: how } } });

/** Has a passkey, and comes back with a finger on the device and no other page open. */
async function comesBack(scene: Scenario) {
  await comeBack(scene.page, await withPasskey(scene, 'newcomer'));
}

const nameIn = ({ page }: Scenario) => page.getByLabel('Email or username');
const pressPasskey = ({ page }: Scenario) => press(page, 'Use a passkey');

scenario(
  'R19 The passkey is asked first, and the name is another way',
  async (scene) => {
    const { step, page, another } = scene;
    await step('Come to sign in: nothing is asked but the passkey', async () => {
      await comesBack(scene);
      expect(await nameIn(scene).isVisible()).toBe(false);
    });
    await step('Press the button, and unlock it with a finger', async () => {
      await pressPasskey(scene);
      await arrived(page);
    });
    const elsewhere = await another();
    await step('Without a passkey: another way is by name and password', async () => {
      await elsewhere.goto('/sign-in');
      await typeName(elsewhere, 'ann');
      expect(await heading(elsewhere)).toMatch(/password/i);
    });
    const unable = await another({ javaScriptEnabled: false });
    await step('Without scripts the other way is there as well', async () => {
      await unable.goto('/sign-in');
      expect(await unable.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(false);
      await unable.getByText('Sign in another way').click();
      expect(await unable.getByLabel('Email or username').isVisible()).toBe(true);
    });
    const old = await another();
    await step('In a browser that cannot, it says so and is open already', async () => {
      await old.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
      await old.goto('/sign-in');
      expect(await old.getByText('This browser can’t use keys here').isVisible()).toBe(true);
      expect(await old.getByLabel('Email or username').isVisible()).toBe(true);
    });
  },
  {},
  firstPage('passkey-only'),
);

scenario(
  'R19 A button beside the name, and nothing in the list under it',
  async (scene) => {
    await scene.step('Come to sign in: a passkey that could answer is not asked', async () => {
      await comesBack(scene);
      expect(await nameIn(scene).getAttribute('autocomplete')).toBe('username');
      await scene.page.waitForTimeout(300);
      expect(await heading(scene.page)).toBe('Sign in');
    });
    await scene.step('Press the button', async () => {
      await pressPasskey(scene);
      await arrived(scene.page);
    });
  },
  {},
  firstPage('button'),
);

scenario(
  'R19 The name comes first, and then the passkey',
  async (scene) => {
    await scene.step('Come to sign in: nobody is asked for a passkey before their name', async () => {
      await comesBack(scene);
      expect(await nameIn(scene).getAttribute('autocomplete')).toBe('username');
      expect(await scene.page.getByRole('button', { name: 'Use a passkey' }).count()).toBe(0);
    });
    await scene.step('Give the name, and take the passkey instead of the password', async () => {
      await nameIn(scene).fill('newcomer');
      await press(scene.page, 'Continue');
      await press(scene.page, 'Try another way');
      await scene.page.getByRole('button', { name: /^Security key/ }).click();
      await arrived(scene.page);
    });
  },
  {},
  firstPage('username-first'),
);
