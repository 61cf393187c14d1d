import { expect } from 'vitest';
import { comeBack, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived, regroup } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { heading } from '../support/scenario-verbs.ts';

const [everybody] = passkeysOffered.policies;

scenario(
  'A-8 A passkey that knows its person is two factors: no code is asked',
  async (scene) => {
    const { page, step, sallyport } = scene;
    const finger = await withPasskey(scene, 'newcomer');
    await step('Move to where two factors are asked', () => regroup(sallyport, 'newcomer', ['staff']));
    await step('Sign in with the passkey', () => comeBack(page, finger));
    await step('Keep backup codes: where two are asked, they are needed', async () => {
      await page.getByRole('heading', { name: /backup codes/i }).waitFor();
      expect(await heading(page)).toContain('backup codes');
      await page.getByLabel('I have stored them').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await arrived(page);
    });
  },
  {},
  { policies: [{ ...everybody, name: 'staff', when: { groups: ['staff'] }, require: 'mfa' }, everybody] },
);
