import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, cookieNow, eventsOf, keptForDuo, without } from '../support/passwordless.ts';
import { heading, press, signOut, typePassword } from '../support/scenario-verbs.ts';

withDuo(
  'P-4 The password can be used instead, and the browser stays as it was',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await keptForDuo(scene, 'with-duo');
    const before = await cookieNow(page);
    await step('Be named, and pick the password', async () => {
      expect(await heading(page)).toBe('Welcome back');
      await press(page, 'Use my password instead');
    });
    await step('Type it', () => typePassword(page));
    await step('Approve on the phone, as two are asked here', async () => {
      await byPush(scene);
      await arrived(page);
      expect(await cookieNow(page)).toBe(before);
      expect(await eventsOf(sallyport, 'with-duo')).toContain('ReselectFlow');
    });
    await signOut(page);
    await step('Be named again next time', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Welcome back');
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
