import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { comeBack, device, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { press, signIn } from '../support/scenario-verbs.ts';

scenario(
  'A-14 A passkey says what it is and where it was made; removed here, it goes from the browser too',
  async (scene) => {
    const { page, step } = scene;
    const finger = await withPasskey(scene, 'newcomer');
    const passkey = page.locator('.row', { hasText: 'Synced' });
    await step('See where it was made, and that it was not used yet', async () => {
      await signIn(page, 'newcomer');
      await arrived(page);
      await page.goto('/account/security');
      expect(await passkey.innerText()).toMatch(/Added .* in Chrome, Linux · not used yet/);
    });
    await step('Give it a name', async () => {
      await passkey.getByRole('link', { name: 'Rename' }).click();
      await page.getByLabel('Name').fill('Phone');
      await press(page, 'Save');
      expect(await passkey.innerText()).toContain('Phone');
      expect((await finger.holds()).keys).toBe(1);
    });
    await step('Remove it', async () => {
      await passkey.getByRole('link', { name: 'Remove' }).click();
      await press(page, 'Remove');
    });
    await step('The browser offers it no more', async () => {
      await expect.poll(async () => (await finger.holds()).keys).toBe(0);
    });
  },
  {},
  passkeysOffered,
);

scenario(
  'A-14 A passkey that nobody here knows any more is told so, and goes',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const finger = await device(page);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await finger.remember({
      credentialId: randomBytes(16),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
      rpId: 'localhost',
      userHandle: randomBytes(64),
    });
    await step('Come with it', async () => {
      await comeBack(page, finger);
      await page.getByRole('alert').getByText('not known here any more').waitFor();
      await expect.poll(async () => (await finger.holds()).keys).toBe(0);
    });
    await step('Come in by the password', async () => {
      await finger.touched(false);
      await signIn(page, 'newcomer');
      await press(page, 'Not now');
      await arrived(page);
    });
  },
  {},
  passkeysOffered,
);
