import { expect } from 'vitest';
import { codesAsked, confirmByMail, mailbox } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, typeCode } from '../support/scenario-verbs.ts';
import { codeSentTo } from '../support/verbs.ts';

scenario(
  'A-5 Whoever makes no passkey is asked for the code all the same, each time',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await step('Sign in with the password', () => signIn(page, 'newcomer'));
    await step('Leave the passkey for later', () => press(page, 'Not now'));
    await step('Say where codes go, and type the one that came', async () => {
      await confirmByMail(sallyport, page);
      await arrived(page);
    });
    await step('Be as well signed in as by a password', async () => {
      expect(await page.evaluate(async () => (await (await fetch('/session')).json()).level)).toBe(1);
    });
    await step('Come back another day', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Get a code by email');
    });
    await step('Get a code, and type it', async () => {
      await press(page, 'Send code');
      await typeCode(page, await codeSentTo(sallyport, mailbox));
      await arrived(page);
    });
  },
  {},
  codesAsked,
);
