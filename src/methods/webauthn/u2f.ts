import { z } from 'zod';
import type { Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { coseOf } from './rules.ts';
import { addKey, findUserHandle, type Given, type NewKey } from './store.ts';

const base64url = z.string().regex(/^[\w-]+$/);

/** A registration of the days before WebAuthn (FIDO U2F Raw Message Formats, 4.3). */
export const u2fRegistration = z.object({
  keyHandle: base64url.max(340),
  /** 65 bytes: a point of P-256 without compression. */
  publicKey: base64url.transform((text): Buffer => Buffer.from(text, 'base64url')),
  /** The address it was made for, letter by letter as it was then. */
  appId: z.url({ protocol: /^https$/ }).max(500),
  counter: z.int().min(0).max(0xffff_ffff).default(0),
});
export type U2fRegistration = z.output<typeof u2fRegistration>;

/** @returns false when its public key is none, or it is kept already */
export async function importU2f(
  tx: Transaction,
  means: Pick<Means, 'ring' | 'chance'>,
  { id, account, bound }: Pick<Given, 'id' | 'account' | 'bound'>,
  { keyHandle, publicKey, appId, counter }: U2fRegistration,
): Promise<boolean> {
  const cose = coseOf(publicKey);
  if (cose === null) return false;
  const userHandle = (await findUserHandle(tx, account)) ?? means.chance.bytes(64).toString('base64url');
  const key: NewKey = {
    kind: 'u2f',
    credentialId: keyHandle,
    publicKey: cose,
    rpId: appId,
    signCount: counter,
    verifies: false,
    synced: false,
    hardware: false,
    backedUp: false,
    aaguid: '00000000-0000-0000-0000-000000000000',
    attachment: 'cross-platform',
    transports: [],
    resident: false,
    beside: false,
    madeIn: '',
    attestation: '',
  };
  return addKey(tx, means, { id, account, userHandle, key, bound });
}
