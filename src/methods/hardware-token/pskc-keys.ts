import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { child, type Element, textOf } from '../../kernel/xml.ts';

/** What seals and what signs, by the names XML has for it (RFC 6030, 6; RFC 6931). Key lengths in bytes. */
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#';
const ciphers: ReadonlyMap<string, { readonly name: string; readonly key: number }> = new Map([
  [`${xmlenc}aes128-cbc`, { name: 'aes-128-cbc', key: 16 }],
  [`${xmlenc}aes192-cbc`, { name: 'aes-192-cbc', key: 24 }],
  [`${xmlenc}aes256-cbc`, { name: 'aes-256-cbc', key: 32 }],
]);
const hmacs: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha512', 'sha512'],
]);
const derivations: ReadonlySet<string> = new Set([
  'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2',
  'http://www.w3.org/2009/xmlenc11#pbkdf2',
]);
const mostIterations = 10_000_000;

/** Why a container stays shut: the message is for whoever imports it. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
}

/** What was given beside the file. */
export interface Unlock {
  readonly key: Buffer | null;
  readonly password: string | null;
}

/** The bytes of a secret: plain, or unsealed once its MAC was right; null when there are none. */
export type Keeper = (secret: Element | null) => Buffer | null;

/** @throws NotOpened */
export async function openKeeper(container: Element, unlock: Unlock): Promise<Keeper> {
  const key = await keyFor(child(container, 'EncryptionKey'), unlock);
  const mac = key === null ? null : macOf(child(container, 'MACMethod'), key);
  return (secret) => {
    const plain = child(secret, 'PlainValue');
    if (plain !== null) return bytesIn(plain);
    const value = child(secret, 'EncryptedValue');
    if (value === null) return null;
    if (key === null || mac === null) throw new NotOpened('a secret is encrypted, but not said with what');
    const sealed = bytesIn(child(value, 'CipherData', 'CipherValue'));
    // Nothing is unsealed before it is known to be what was sealed: CBC alone would tell a forger about the padding.
    if (!mac(sealed, bytesIn(child(secret, 'ValueMAC')))) throw new NotOpened(notRight);
    return unsealed(value, key, sealed);
  };
}

const notRight = 'it does not open: the key or the password is another one, or the file was changed';

async function keyFor(named: Element | null, { key, password }: Unlock): Promise<Buffer | null> {
  if (named === null) return null;
  const derived = child(named, 'DerivedKey');
  if (derived !== null) {
    if (password === null) throw new NotOpened('it is sealed with a password: name its file by --password-file');
    return derive(child(derived, 'KeyDerivationMethod'), password);
  }
  if (child(named, 'KeyName') === null) throw new NotOpened('it is sealed with a certificate, which is not read');
  if (key === null) throw new NotOpened('it is sealed with a key: name its file by --key-file');
  return key;
}

/** RFC 6030, 6.2: PBKDF2 (RFC 8018, 5.2). */
async function derive(method: Element | null, password: string): Promise<Buffer> {
  if (!derivations.has(method?.getAttribute('Algorithm') ?? '')) throw new NotOpened('its key is not made by PBKDF2');
  const params = child(method, 'PBKDF2-params');
  const iterations = Number(textOf(child(params, 'IterationCount')));
  const length = Number(textOf(child(params, 'KeyLength')) || '16');
  const prf = child(params, 'PRF')?.getAttribute('Algorithm') ?? '';
  const hash = prf === '' ? 'sha1' : hmacs.get(prf);
  const salt = bytesIn(child(params, 'Salt', 'Specified'));
  const good = Number.isInteger(iterations) && iterations > 0 && iterations <= mostIterations;
  if (!good || ![16, 24, 32].includes(length) || hash === undefined || salt.length === 0)
    throw new NotOpened('its PBKDF2 parameters are not usable');
  return promisify(pbkdf2)(password, salt, iterations, length, hash);
}

/** RFC 6030, 6.1.1: a MAC over what was sealed, with a key of its own that is sealed beside it. */
function macOf(method: Element | null, key: Buffer): (sealed: Buffer, value: Buffer) => boolean {
  const hash = hmacs.get(method?.getAttribute('Algorithm') ?? '');
  if (hash === undefined) throw new NotOpened('it says of no MAC that is known how the secrets are protected');
  const own = child(method, 'MACKey');
  const macKey = own === null ? key : unsealed(own, key, bytesIn(child(own, 'CipherData', 'CipherValue')));
  return (sealed, value) => {
    const right = createHmac(hash, macKey).update(sealed).digest();
    return value.length === right.length && timingSafeEqual(value, right);
  };
}

/** XML Encryption 1.1, 5.2: the IV stands first; of the padding only its last byte says anything. */
function unsealed(value: Element, key: Buffer, sealed: Buffer): Buffer {
  const cipher = ciphers.get(child(value, 'EncryptionMethod')?.getAttribute('Algorithm') ?? '');
  if (cipher === undefined) throw new NotOpened('it is sealed with no cipher that is known: AES in CBC mode is');
  if (key.length !== cipher.key) throw new NotOpened(`the key has ${key.length} bytes; it takes ${cipher.key}`);
  if (sealed.length < 32 || sealed.length % 16 !== 0) throw new NotOpened(notRight);
  const decipher = createDecipheriv(cipher.name, key, sealed.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > 16) throw new NotOpened(notRight);
  return padded.subarray(0, padded.length - padding);
}

const bytesIn = (element: Element | null): Buffer => Buffer.from(textOf(element).replaceAll(/\s/g, ''), 'base64');
