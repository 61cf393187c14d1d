import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Chance } from './chance.ts';

/** Where a sealed value stands. It opens there and nowhere else: a row copied to another account stays shut. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Keys of 256 bits by id; new values are sealed with the active one, old ones open with theirs. */
export interface KeyRing {
  readonly active: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** For look-ups by keyed hash; never rotated, or nothing would be found again. */
  readonly lookup: Buffer;
}

export class SealError extends Error {
  override readonly name = 'SealError';
}

const bound = ({ table, column, row }: Place): Buffer => Buffer.from(`sallyport:${table}:${column}:${row}`);

/** `keyId.nonce.ciphertext.tag` by AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). */
export function seal(ring: KeyRing, chance: Chance, place: Place, text: string): string {
  const key = ring.keys.get(ring.active);
  if (key === undefined) throw new SealError(`the active key ${ring.active} is not in the ring`);
  const nonce = chance.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(place));
  const parts = [nonce, Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]), cipher.getAuthTag()];
  return [ring.active, ...parts.map((part) => part.toString('base64url'))].join('.');
}

/** @throws SealError when the key is missing, the place is another one, or a bit was changed. */
export function open(ring: KeyRing, place: Place, sealed: string): string {
  const [id = '', nonce = '', body = '', tag = ''] = sealed.split('.');
  const key = ring.keys.get(id);
  if (key === undefined)
    throw new SealError(`${place.table}.${place.column} names the key ${id}, which is not in the ring`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(bound(place)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw new SealError(`${place.table}.${place.column} of row ${place.row} does not open`);
  }
}

/** The key a sealed value names. */
export const keyOf = (sealed: string): string => sealed.slice(0, sealed.indexOf('.'));

/** HMAC-SHA256 under a key made for one purpose (RFC 5869), base64url. The same words always give the same mark. */
export function mark(ring: KeyRing, purpose: string, ...words: readonly string[]): string {
  const hmac = createHmac('sha256', keyFor(ring, purpose));
  for (const word of words) hmac.update(`${Buffer.byteLength(word)}:${word}`);
  return hmac.digest('base64url');
}

/** Derived once: a mark is made on every page. */
const derived = new WeakMap<Buffer, Map<string, KeyObject>>();

function keyFor({ lookup }: KeyRing, purpose: string): KeyObject {
  const keys = derived.get(lookup) ?? new Map<string, KeyObject>();
  derived.set(lookup, keys);
  const known = keys.get(purpose);
  if (known !== undefined) return known;
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', lookup, '', `sallyport:${purpose}`, 32)));
  keys.set(purpose, key);
  return key;
}
