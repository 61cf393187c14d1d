import 'reflect-metadata';
import type { KeyObject } from 'node:crypto';
import { BasicConstraintsExtension, type Extension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { privateKeyOf } from './authenticator.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate, the key that is in it, and who can sign others with it. */
export interface Issued {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly signing: CryptoKey;
}

interface Wish {
  readonly subject: string;
  /** Itself, when left out. */
  readonly by?: Issued;
  readonly ca?: boolean;
  readonly extensions?: readonly Extension[];
  readonly until?: Date;
  /** Is put into the certificate instead of a new key. */
  readonly holder?: KeyObject;
}

let serial = 0;

export async function issue({
  subject,
  by,
  ca = by === undefined,
  extensions = [],
  until,
  holder,
}: Wish): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  serial += 1;
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: by?.certificate.subject ?? subject,
    publicKey: holder === undefined ? keys.publicKey : new Uint8Array(holder.export({ type: 'spki', format: 'der' })),
    signingKey: by?.signing ?? keys.privateKey,
    signingAlgorithm: algorithm,
    serialNumber: serial.toString(16).padStart(4, '0'),
    notBefore: new Date('2020-01-01'),
    notAfter: until ?? new Date('2050-01-01'),
    extensions: [new BasicConstraintsExtension(ca), ...extensions],
  });
  const key = privateKeyOf(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificate, key, signing: keys.privateKey };
}

export const derOf = ({ certificate }: Pick<Issued, 'certificate'>) => new Uint8Array(certificate.rawData);

/** As metadata and the head of a JWS name it. */
export const base64Of = (issued: Issued): string => Buffer.from(derOf(issued)).toString('base64');

/** The same with a bit of its own signature turned: nobody has signed that. */
export function retouched(issued: Issued): Issued {
  const bytes = derOf(issued);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return { ...issued, certificate: new X509Certificate(bytes) };
}
