import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, cookieNow, eventsOf, without } from '../support/passwordless.ts';
import { heading, press, signOut, typeName, typePassword } from '../support/scenario-verbs.ts';

withDuo(
  'P-2 A browser is kept for the phone, and asks for nothing else next time',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Say who you are', () => typeName(page, 'with-duo'));
    await step('Type the password', () => typePassword(page));
    await step('Approve on the phone', () => byPush(scene));
    await step('Be asked whether this browser may skip the password', async () => {
      await page.getByRole('heading', { name: 'Skip the password next time?' }).waitFor();
      expect(await cookieNow(page)).toBeNull();
    });
    await step('Say yes', async () => {
      await press(page, 'Yes, skip it here');
      await arrived(page);
      expect(await cookieNow(page)).toMatch(/^[\w-]+(\.[\w-]+){3}$/);
      expect(await eventsOf(sallyport, 'with-duo')).toContain('passwordless.opted-in');
    });
    await step('Sign out', () => signOut(page));
    await step('Come back, and be named', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Welcome back');
      expect(tenant.pending(tenant.find('with-duo') ?? expect.fail())).toEqual([]);
    });
    await step('Go on', async () => {
      await press(page, 'Continue as with-duo');
      expect(tenant.pending(tenant.find('with-duo') ?? expect.fail())).toEqual([]);
    });
    await step('Approve on the phone: that is all', async () => {
      await byPush(scene);
      await arrived(page);
    });
  },
  { settings: { declaredMfa: true }, config: without() },
);
