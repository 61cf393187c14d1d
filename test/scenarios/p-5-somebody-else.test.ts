import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, cookieNow, eventsOf, keptForDuo, without } from '../support/passwordless.ts';
import { heading, press, signOut, typeName, typePassword } from '../support/scenario-verbs.ts';

withDuo(
  'P-5 Somebody else sits down: the browser is theirs once they are in, and nobody’s to skip',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await personWithDuo({ ...sallyport, tenant }, 'support');
    await keptForDuo(scene, 'with-duo');
    await step('Say that this is not you', async () => {
      expect(await page.getByText('with-duo', { exact: true }).isVisible()).toBe(true);
      await press(page, 'Not you?');
      expect(await cookieNow(page)).not.toBeNull();
    });
    await step('Say who you are, and type the password', async () => {
      await typeName(page, 'support');
      await typePassword(page);
    });
    await step('Approve on the phone, and leave the password on', async () => {
      await byPush(scene);
      await press(page, 'No, keep asking');
      await arrived(page);
      expect(await page.getByText('support', { exact: true }).first().isVisible()).toBe(true);
    });
    await step('The other’s browser it was: it is not any more', async () => {
      expect(await cookieNow(page)).toBe('no');
      expect(await eventsOf(sallyport, 'with-duo')).toContain('IdentitySwitch');
      await signOut(page);
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Sign in');
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
