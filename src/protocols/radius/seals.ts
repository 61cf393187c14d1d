import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Attribute, type Packet, types, valuesOf, writePacket } from './packet.ts';

/** What a secret that both sides hold does to a packet. MD5 is what the protocol has: nothing here is safe on an open network. */

const md5 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const unsealed = Buffer.alloc(16);

/** HMAC-MD5 over the whole packet, with zeros where it will stand (RFC 3579, 3.2). */
function sealOf(packet: Packet, secret: string): Buffer {
  const attributes = packet.attributes.map((one) =>
    one.type === types.messageAuthenticator ? { ...one, value: unsealed } : one,
  );
  return createHmac('md5', secret)
    .update(writePacket({ ...packet, attributes }))
    .digest();
}

/** Is it of somebody who holds the secret, unchanged? One without a Message-Authenticator is not (CVE-2024-3596). */
export function isSealed(packet: Packet, secret: string): boolean {
  const [seal, ...more] = valuesOf(packet, types.messageAuthenticator);
  return seal?.length === 16 && more.length === 0 && timingSafeEqual(seal, sealOf(packet, secret));
}

/**
 * The bytes of an answer: the Message-Authenticator before all else, so that nobody can put a prefix of theirs before it
 * (CVE-2024-3596), made with the request's authenticator in place (RFC 3579, 3.2); then the answer's own (RFC 2865, 3).
 */
export function writeAnswer(
  request: Pick<Packet, 'identifier' | 'authenticator'>,
  answer: Pick<Packet, 'code' | 'attributes'>,
  secret: string,
): Buffer {
  const { identifier, authenticator } = request;
  const first: Attribute = { type: types.messageAuthenticator, value: unsealed };
  const open: Packet = { ...answer, identifier, authenticator, attributes: [first, ...answer.attributes] };
  const sealed = { ...open, attributes: [{ ...first, value: sealOf(open, secret) }, ...answer.attributes] };
  return writePacket({ ...sealed, authenticator: md5(writePacket(sealed), secret) });
}

/** What was typed, as a request hides it (RFC 2865, 5.2); null for what is none. */
export function openPassword({ authenticator }: Packet, hidden: Buffer, secret: string): string | null {
  if (hidden.length === 0 || hidden.length % 16 !== 0 || hidden.length > 128) return null;
  const clear = Buffer.alloc(hidden.length);
  for (let at = 0; at < hidden.length; at += 16) {
    const pad = md5(secret, at === 0 ? authenticator : hidden.subarray(at - 16, at));
    for (let n = 0; n < 16; n++) clear[at + n] = (hidden[at + n] ?? 0) ^ (pad[n] ?? 0);
  }
  // It is filled up with zeros; one in its midst is none of them.
  const end = clear.findLastIndex((byte) => byte !== 0) + 1;
  return textIn(clear.subarray(0, end));
}

/** As text (RFC 2865, 5: UTF-8); null for what is none, and for what holds NUL. */
export function textIn(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
