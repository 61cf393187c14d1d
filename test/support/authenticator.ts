import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
} from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What an authenticator is like, and what it says of itself. */
export interface Traits {
  readonly attachment: 'platform' | 'cross-platform';
  /** UV: it tells its person by PIN, finger or face. */
  readonly verifies: boolean;
  /** BE and BS */
  readonly synced: boolean;
  /** Does it count how often it signed? */
  readonly counts: boolean;
  readonly aaguid: string;
  /** COSE: -7, -8, -35, -36, -257; -65535 is RS1. */
  readonly algorithm: number;
  /** Who vouches for it; nobody when left out. */
  readonly attest?: Attest;
}

/** Makes the statement over what is signed; gets all there is to say. */
export type Attest = (about: {
  readonly authData: Buffer;
  readonly clientDataHash: Buffer;
  readonly credentialId: Buffer;
  readonly rpIdHash: Buffer;
  readonly key: Pair;
  readonly algorithm: number;
}) => { readonly fmt: string; readonly attStmt: ReadonlyMap<string, unknown> };

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What somebody who is no browser may change about an answer. */
export interface Forged {
  readonly type?: string;
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  /** Bits that are turned: UP 1, UV 4, BE 8, BS 16. */
  readonly flip?: number;
  readonly count?: number;
  readonly userHandle?: string;
  readonly id?: string;
  readonly attachment?: string;
  readonly idLength?: number;
  /** Shows this key instead of a new one. */
  readonly copyOf?: Made;
  /** Signs with another key than its own. */
  readonly signer?: KeyObject;
  readonly extensions?: Record<string, unknown>;
}

export interface Made {
  readonly id: Buffer;
  readonly rpId: string;
  readonly key: Pair;
  readonly userHandle: string;
  count: number;
}

export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}
interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string;
  readonly allowCredentials?: readonly { readonly id: string }[];
  readonly extensions?: { readonly appid?: string };
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const text = (data: Buffer): string => data.toString('base64url');

const usual: Traits = {
  attachment: 'cross-platform',
  verifies: true,
  synced: false,
  counts: true,
  aaguid: '00000000-0000-0000-0000-000000000000',
  algorithm: -7,
};

/** A security key, or what is built into a device, as software: it says what it is told to, honest or not. */
export class Authenticator {
  readonly keys: Made[] = [];
  readonly traits: Traits;
  readonly #origin: string;

  constructor(origin: string, traits: Partial<Traits> = {}) {
    this.#origin = origin;
    this.traits = { ...usual, ...traits };
  }

  /** As `navigator.credentials.create` answers, through `toJSON`. */
  create(options: CreationOptions, forged: Forged = {}): string {
    const { algorithm, aaguid, attachment, attest, counts } = this.traits;
    const rpId = options.rp.id ?? '';
    const made: Made = forged.copyOf ?? {
      ...{ id: randomBytes(forged.idLength ?? 32), rpId, key: pairFor(algorithm), userHandle: options.user.id },
      count: counts ? 1 : 0,
    };
    const { key } = made;
    this.keys.push(made);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(made.id.length);
    const clientData = this.#clientData('webauthn.create', options.challenge, forged);
    const authData = Buffer.concat([
      this.#head(forged.rpId ?? rpId, 0x40, made.count, forged),
      Buffer.from(aaguid.replaceAll('-', ''), 'hex'),
      length,
      made.id,
      cose(key.publicKey, algorithm),
    ]);
    const about = { authData, clientDataHash: sha256(clientData), credentialId: made.id, rpIdHash: sha256(rpId) };
    const { fmt, attStmt } = attest?.({ ...about, key, algorithm }) ?? { fmt: 'none', attStmt: new Map() };
    const attestationObject = new Map<string, unknown>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', new Uint8Array(authData)],
    ]);
    return JSON.stringify({
      ...this.#named(forged.id ?? text(made.id), forged),
      response: {
        clientDataJSON: text(clientData),
        attestationObject: text(Buffer.from(isoCBOR.encode(attestationObject as never))),
        transports: attachment === 'platform' ? ['internal'] : ['usb'],
      },
      clientExtensionResults: { credProps: { rk: attachment === 'platform' }, ...forged.extensions },
    });
  }

  /** As `navigator.credentials.get` answers: with the first key of its own that is asked for. */
  get(options: RequestOptions, forged: Forged = {}): string {
    const allowed = new Set(options.allowCredentials?.map(({ id }) => id));
    const made = this.keys.find(({ id }) => allowed.size === 0 || allowed.has(text(id))) ?? this.keys[0];
    if (made === undefined) throw new Error('this authenticator has no key');
    if (this.traits.counts) made.count += 1;
    const clientData = this.#clientData('webauthn.get', options.challenge, forged);
    const authData = this.#head(forged.rpId ?? made.rpId, 0, forged.count ?? made.count, forged);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    return JSON.stringify({
      ...this.#named(forged.id ?? text(made.id), forged),
      response: {
        clientDataJSON: text(clientData),
        authenticatorData: text(authData),
        signature: text(signAs(this.traits.algorithm, signed, forged.signer ?? made.key.privateKey)),
        ...(forged.userHandle !== undefined && { userHandle: forged.userHandle }),
      },
      clientExtensionResults: {
        ...(options.extensions?.appid === made.rpId && { appid: true }),
        ...forged.extensions,
      },
    });
  }

  #named(id: string, forged: Forged) {
    const authenticatorAttachment = forged.attachment ?? this.traits.attachment;
    return { id, rawId: id, type: 'public-key', authenticatorAttachment };
  }

  #clientData(type: string, challenge: string, forged: Forged): Buffer {
    const { crossOrigin = false, topOrigin } = forged;
    return Buffer.from(
      JSON.stringify({
        type: forged.type ?? type,
        challenge: forged.challenge ?? challenge,
        origin: forged.origin ?? this.#origin,
        crossOrigin,
        ...(topOrigin !== undefined && { topOrigin }),
      }),
    );
  }

  #head(rpId: string, flags: number, count: number, { flip = 0 }: Forged): Buffer {
    const { verifies, synced } = this.traits;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    const all = (flags | 1 | (verifies ? 4 : 0) | (synced ? 8 | 16 : 0)) ^ flip;
    return Buffer.concat([sha256(rpId), Buffer.from([all]), counter]);
  }
}

/** Of RFC 9053: how each algorithm makes keys, hashes, and names its curve. */
const kinds: Readonly<Record<number, { curve?: string; hash: string | null; cose: number }>> = {
  [-7]: { curve: 'P-256', hash: 'sha256', cose: 1 },
  [-35]: { curve: 'P-384', hash: 'sha384', cose: 2 },
  [-36]: { curve: 'P-521', hash: 'sha512', cose: 3 },
  [-8]: { hash: null, cose: 6 },
  [-257]: { hash: 'sha256', cose: 0 },
  [-65535]: { hash: 'sha1', cose: 0 },
};

export function pairFor(algorithm: number): Pair {
  const curve = kinds[algorithm]?.curve;
  if (curve !== undefined) return generateKeyPairSync('ec', { namedCurve: curve });
  if (algorithm === -8) return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export const signAs = (algorithm: number, data: Buffer, key: KeyObject): Buffer =>
  signWith(kinds[algorithm]?.hash ?? null, data, key);

/** A public key as COSE (RFC 9053, 7; RFC 8230, 4). */
function cose(key: KeyObject, algorithm: number): Buffer {
  const { x = '', y, n = '', e = '' } = key.export({ format: 'jwk' });
  const part = (value: string) => new Uint8Array(Buffer.from(value, 'base64url'));
  const curve = kinds[algorithm]?.cose ?? 0;
  const type = curve === 0 ? 3 : y === undefined ? 1 : 2;
  const map = new Map<number, unknown>([
    [1, type],
    [3, algorithm],
    [-1, type === 3 ? part(n) : curve],
    [-2, type === 3 ? part(e) : part(x)],
  ]);
  if (y !== undefined) map.set(-3, part(y));
  return Buffer.from(isoCBOR.encode(map as never));
}

/** The 65 bytes of a P-256 public key, as U2F has it. */
export function pointOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

/** A key object of a private key in PKCS #8. */
export const privateKeyOf = (der: ArrayBuffer): KeyObject =>
  createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
