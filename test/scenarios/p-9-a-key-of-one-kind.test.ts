import { expect } from 'vitest';
import { arrived, cookieNow, without } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, storeCodes } from '../support/scenario-verbs.ts';
import { plugIn, type VirtualKey } from '../support/virtual-key.ts';

/** Whoever has a key to carry that knows its person may skip the password. */
const policy = without({ methods: ['webauthn'], when: { owns: 'webauthn', with: ['roaming', 'verifying'] } });

const kinds: readonly [title: string, key: VirtualKey, button: string, may: boolean][] = [
  [
    'P-9 The password is skipped by whoever has a key with a PIN',
    { protocol: 'ctap2', transport: 'usb', verifies: true },
    'Security key',
    true,
  ],
  [
    'P-9 The password is skipped by nobody whose key knows no PIN',
    { protocol: 'ctap2', transport: 'usb' },
    'Security key',
    false,
  ],
  [
    'P-9 The password is skipped by nobody who has only this device',
    { protocol: 'ctap2', transport: 'internal', verifies: true },
    'This device',
    false,
  ],
];

for (const [title, kind, button, may] of kinds)
  scenario(
    title,
    async ({ sallyport, page, step }) => {
      await sallyport.person('newcomer');
      const key = await plugIn(page, kind);
      await step('Sign in, and set up what is asked for', async () => {
        await signIn(page, 'newcomer');
        await page.getByRole('button', { name: /^Security key or this device/ }).click();
        await press(page, button);
        await storeCodes(page);
      });
      // Else it would answer for the name at once: that is A-1.
      await key.touched(false);
      if (await page.getByRole('heading', { name: 'Skip the password next time?' }).isVisible())
        await press(page, 'No, keep asking');
      await arrived(page);
      await page.context().clearCookies({ name: '__Host-passwordless' });
      await step('Come back with the password and the key', async () => {
        await signOut(page);
        await signIn(page, 'newcomer');
        await key.touched(true);
        await press(page, 'Continue');
      });
      await step(may ? 'Be asked whether to skip the password' : 'Be in, and be asked nothing more', async () => {
        if (!may) {
          await arrived(page);
          expect(await cookieNow(page)).toBeNull();
          return;
        }
        await press(page, 'Yes, skip it here');
        await arrived(page);
        await signOut(page);
        await page.goto('/sign-in');
        expect(await heading(page)).toBe('Welcome back');
        await press(page, 'Continue as newcomer');
        await arrived(page);
      });
    },
    {},
    policy,
  );
