import { expect } from 'vitest';
import { device, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

const day = 86_400_000;

scenario(
  'A-11 Left three times in a row, the offer rests a day, a week, a month',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await device(page);
    const isOffered = async () => {
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      if ((await heading(page)) !== 'Create a passkey?') {
        await signOut(page);
        return false;
      }
      await press(page, 'Not now');
      await arrived(page);
      await signOut(page);
      return true;
    };
    await step('Leave it three times', async () => {
      for (let n = 0; n < 3; n++) expect(await isOffered()).toBe(true);
    });
    await step('Not be asked for a day', async () => {
      expect(await isOffered()).toBe(false);
      sallyport.clock.pass(day);
      expect(await isOffered()).toBe(true);
    });
    await step('Then not for a week', async () => {
      sallyport.clock.pass(6 * day);
      expect(await isOffered()).toBe(false);
      sallyport.clock.pass(day);
      expect(await isOffered()).toBe(true);
    });
    await step('Then not for a month', async () => {
      sallyport.clock.pass(29 * day);
      expect(await isOffered()).toBe(false);
      sallyport.clock.pass(day);
      expect(await isOffered()).toBe(true);
    });
  },
  {},
  passkeysOffered,
);
