import { expect } from 'vitest';
import { device, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, typeName, typePassword } from '../support/scenario-verbs.ts';

scenario(
  'A-2 Whoever has no passkey here signs in with the password, as ever',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await device(page);
    await step('Say who you are', () => typeName(page, 'newcomer'));
    await step('Be asked for the password, like everybody', async () => {
      expect(await heading(page)).toBe('Enter your password');
      await typePassword(page);
    });
    await step('Leave the offer', async () => {
      await press(page, 'Not now');
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);
