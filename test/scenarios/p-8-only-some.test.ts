import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, byPush, cookieNow, keptForDuo, regroup, without } from '../support/passwordless.ts';
import { heading, press, signIn, typeName } from '../support/scenario-verbs.ts';

const pilots = { settings: { declaredMfa: true }, config: without({ when: { group: 'pilots' } }) };

withDuo(
  'P-8 Only members of a group may skip the password',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Sign in as somebody else than a pilot', async () => {
      await signIn(page, 'with-duo');
      await byPush(scene);
    });
    await step('Be in, and be offered nothing', async () => {
      await arrived(page);
      expect(await cookieNow(page)).toBeNull();
    });
  },
  pilots,
);

withDuo(
  'P-8 Whoever leaves the group is asked for the password again',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo', { groups: ['pilots'] });
    await step('Keep this browser', () => keptForDuo(scene, 'with-duo'));
    expect(await heading(page)).toBe('Welcome back');
    await step('Be a pilot no longer', () => regroup(sallyport, 'with-duo', []));
    await step('Come back to the usual page', async () => {
      await page.goto('/sign-in');
      expect(await heading(page)).toBe('Sign in');
      // Nor is there a way round it.
      await typeName(page, 'with-duo');
      await press(page, 'Try another way');
      expect(await page.getByRole('button', { name: /^Duo/ }).count()).toBe(0);
    });
  },
  pilots,
);
