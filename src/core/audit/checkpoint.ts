import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import type { KeyRing } from '../../kernel/seal.ts';

/** How far the log went, and what all of it came to: whoever kept one knows later whether anything before it is gone. */
export interface Checkpoint {
  readonly number: number;
  readonly chain: string;
  readonly at: number;
  /** Ed25519 (RFC 8032), base64url: checked with the public key alone. */
  readonly signature: string;
}

/** An Ed25519 key in PKCS 8 is these bytes, and 32 more (RFC 8410, 7). */
const before = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyOf({ lookup }: KeyRing): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', lookup, '', 'sallyport:audit-checkpoint', 32));
  return createPrivateKey({ key: Buffer.concat([before, seed]), format: 'der', type: 'pkcs8' });
}

/** What others check checkpoints with. */
export const publicKeyOf = (ring: KeyRing): string =>
  createPublicKey(keyOf(ring)).export({ type: 'spki', format: 'pem' }).toString();

const said = ({ number, chain, at }: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(`sallyport audit checkpoint\n${number}\n${chain}\n${at}\n`);

export const signed = (ring: KeyRing, checkpoint: Omit<Checkpoint, 'signature'>): Checkpoint => ({
  ...checkpoint,
  signature: sign(null, said(checkpoint), keyOf(ring)).toString('base64url'),
});

export const isSigned = (ring: KeyRing, checkpoint: Checkpoint): boolean =>
  verify(null, said(checkpoint), createPublicKey(keyOf(ring)), Buffer.from(checkpoint.signature, 'base64url'));
