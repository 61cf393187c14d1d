import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { deskOf } from '../../src/cli/host-commands.ts';
import { commands } from '../../src/methods/webauthn/commands.ts';
import { pointOf } from '../support/authenticator.ts';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut, storeCodes } from '../support/scenario-verbs.ts';
import { securePlace } from '../support/secure-place.ts';
import { keysTaken, plugIn } from '../support/virtual-key.ts';

/** The address that keys were made for in the days of U2F, on another machine of the same site. */
const appId = 'https://jira.sallyport.test/plugins/u2f/app-id.json';

scenario(
  'M-3 A key that was registered by U2F long ago is taken over, and signs in',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credentialId = randomBytes(32);
    const key = await plugIn(page, { protocol: 'u2f', transport: 'usb' });
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    await key.remember({ credentialId, privateKey: der, rpId: appId });

    await step('Take its registration over, on the host', async () => {
      const file = join(mkdtempSync(join(tmpdir(), 'sallyport-u2f-')), 'keys.json');
      const [keyHandle, point] = [credentialId, pointOf(publicKey)].map((bytes) => bytes.toString('base64url'));
      writeFileSync(file, JSON.stringify([{ user: 'newcomer', keyHandle, publicKey: point, appId, counter: 0 }]));
      await commands[0]?.run(deskOf(sallyport.house.gate, 'webauthn'), [file], {});
    });
    await step('Sign in with the password, and be asked for the key', async () => {
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Use your security key');
    });
    await step('Touch it', async () => {
      await press(page, 'Continue');
      await page.getByRole('heading', { name: 'Keep these 15 backup codes' }).waitFor();
      expect(await key.holds()).toMatchObject({ keys: 1, signCount: 1 });
    });
    await step('Store the backup codes that a first second way brings', () => storeCodes(page));
    await step('Try to set the same one up again', async () => {
      await page.goto('/account/security');
      await press(page, 'Register new: Security key or this device');
      await press(page, 'Security key');
      await page.getByText('This one is already set up, and works.').waitFor();
      await page.getByRole('link', { name: 'Cancel' }).click();
    });
    await step('And come in with it another day', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      await press(page, 'Continue');
      await page.waitForURL('**/account');
    });
  },
  { place: securePlace('id.sallyport.test') },
  keysTaken,
);
