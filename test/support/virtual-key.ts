import type { Page } from 'playwright-core';
import { filmOf } from '../films/camera.ts';

/** What is plugged in or built in, as Chromium's DevTools make one. */
export interface VirtualKey {
  readonly protocol: 'ctap2' | 'u2f';
  /** `cable`: a phone, for the computer beside it. */
  readonly transport: 'usb' | 'internal' | 'cable';
  /** UV: does it tell its person by PIN, finger or face? */
  readonly verifies?: boolean;
  /** BE: is what it holds synced to other devices? */
  readonly synced?: boolean;
}

export interface PluggedIn {
  /** Is somebody there to touch it? */
  touched(yes: boolean): Promise<void>;
  /** From now on it says that nobody was there. */
  seesNobody(): Promise<void>;
  /** How many keys it holds, and how often the first has signed. */
  holds(): Promise<{ readonly keys: number; readonly signCount: number }>;
  /** Puts on it what was made elsewhere, for this address. */
  remember(made: Made): Promise<void>;
  /** What it holds, to be put elsewhere: as what syncs passkeys does. */
  exported(): Promise<readonly Made[]>;
  unplug(): Promise<void>;
}

/** A key pair of another day. */
export interface Made {
  readonly credentialId: Buffer;
  /** PKCS #8 */
  readonly privateKey: Buffer;
  readonly rpId: string;
  /** A passkey has one: it says whose it is. */
  readonly userHandle?: Buffer;
  readonly signCount?: number;
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
    async seesNobody() {
      await devtools.send('WebAuthn.setResponseOverrideBits', { authenticatorId, isBadUP: true });
    },
    async holds() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return { keys: credentials.length, signCount: credentials[0]?.signCount ?? 0 };
    },
    async remember({ credentialId, privateKey, rpId, userHandle, signCount = 0 }) {
      const credential = {
        credentialId: credentialId.toString('base64'),
        privateKey: privateKey.toString('base64'),
        rpId,
        isResidentCredential: userHandle !== undefined,
        ...(userHandle !== undefined && { userHandle: userHandle.toString('base64') }),
        signCount,
        backupEligibility: synced ?? false,
        backupState: synced ?? false,
      };
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
    async exported() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ credentialId, privateKey, rpId = '', userHandle, signCount }) => ({
        credentialId: Buffer.from(credentialId, 'base64'),
        privateKey: Buffer.from(privateKey, 'base64'),
        rpId,
        ...(userHandle !== undefined && { userHandle: Buffer.from(userHandle, 'base64') }),
        signCount,
      }));
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
