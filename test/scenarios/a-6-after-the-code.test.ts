import { expect } from 'vitest';
import { device } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import {
  heading,
  press,
  signOut,
  typeCode,
  typeName,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

scenario(
  'A-6 Whoever has a second way is offered a passkey after it',
  async (scene) => {
    const { sallyport, page, step } = scene;
    const { secret } = await withAuthenticator(scene, 'with-app', { offer: 'Not now' });
    await signOut(page);
    const finger = await device(page);
    await step('Say who you are', () => typeName(page, 'with-app'));
    await step('Type the password: nothing is offered on that alone', async () => {
      await typePassword(page);
      expect(await heading(page)).toBe('Enter the code from your app');
    });
    await step('Type the code', () => typeCode(page, codeFor(sallyport, secret)));
    await step('Be offered a passkey', async () => expect(await heading(page)).toBe('Create a passkey?'));
    await finger.touched(true);
    await step('Create it, and be in', async () => {
      await press(page, 'Create a passkey');
      await arrived(page);
    });
  },
  {},
  {
    policies: [
      {
        name: 'everybody',
        require: 'mfa-if-owned',
        methods: { second: ['webauthn', 'totp'] },
        passkeys: { offer: true },
      },
    ],
  },
);
