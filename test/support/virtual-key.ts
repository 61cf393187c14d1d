import type { Page } from 'playwright-core';
import { filmOf } from '../films/camera.ts';

/** What is plugged in or built in, as Chromium's DevTools make one. */
export interface VirtualKey {
  readonly protocol: 'ctap2' | 'u2f';
  readonly transport: 'usb' | 'internal';
  /** UV: does it tell its person by PIN, finger or face? */
  readonly verifies?: boolean;
  /** BE: is what it holds synced to other devices? */
  readonly synced?: boolean;
}

export interface PluggedIn {
  /** Is somebody there to touch it? */
  touched(yes: boolean): Promise<void>;
  /** How many keys it holds, and how often the first has signed. */
  holds(): Promise<{ readonly keys: number; readonly signCount: number }>;
  /** Puts on it what was made elsewhere, for this address. */
  remember(made: Made): Promise<void>;
  unplug(): Promise<void>;
}

/** A key pair of another day. */
export interface Made {
  readonly credentialId: Buffer;
  /** PKCS #8 */
  readonly privateKey: Buffer;
  readonly rpId: string;
}

/** Plugs a key into a person's browser. */
export async function plugIn(page: Page, { protocol, transport, verifies, synced }: VirtualKey): Promise<PluggedIn> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol,
      transport,
      hasResidentKey: protocol === 'ctap2',
      hasUserVerification: verifies ?? false,
      isUserVerified: verifies ?? false,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: synced ?? false,
      defaultBackupState: synced ?? false,
    },
  });
  const film = filmOf(page);
  film?.plug(transport === 'usb' ? 'key' : 'finger');
  devtools.on('WebAuthn.credentialAdded', () => film?.used());
  devtools.on('WebAuthn.credentialAsserted', () => film?.used());
  return {
    async touched(enabled) {
      film?.touched(enabled);
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async holds() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return { keys: credentials.length, signCount: credentials[0]?.signCount ?? 0 };
    },
    async remember({ credentialId, privateKey, rpId }) {
      const [id, key] = [credentialId, privateKey].map((bytes) => bytes.toString('base64'));
      const credential = {
        credentialId: id ?? '',
        privateKey: key ?? '',
        rpId,
        isResidentCredential: false,
        signCount: 0,
      };
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
    async unplug() {
      film?.unplug();
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}

/** A policy that takes keys, and the app beside them. */
export const keysTaken = {
  policies: [{ name: 'everybody', require: 'mfa-if-owned', methods: { second: ['webauthn', 'totp'] } }],
};
