import 'reflect-metadata';
import type { KeyObject } from 'node:crypto';
import { BasicConstraintsExtension, Extension, type X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { type Attest, pointOf, privateKeyOf, signAs } from './authenticator.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const always = { notBefore: new Date('2020-01-01'), notAfter: new Date('2050-01-01') };

/** Who makes authenticators and vouches for them. */
export interface Maker {
  /** As the metadata names it: base64 of DER. */
  readonly root: string;
  /** Vouches for a key of a model, in the format that WebAuthn calls `packed`. */
  readonly packed: Attest;
  /** As the first security keys did. */
  readonly u2f: Attest;
}

/** A maker with a root and a certificate under it, for one model. @param more shown besides the certificate */
export async function maker(aaguid: string, more: 'nothing' | 'its own root' = 'nothing'): Promise<Maker> {
  const [ca, leaf] = [await newPair(), await newPair()];
  const root = await X509CertificateGenerator.createSelfSigned({
    ...{ ...always, serialNumber: '01', name: 'CN=Root of a maker', keys: ca, signingAlgorithm: algorithm },
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  // id-fido-gen-ce-aaguid (WebAuthn 3, 8.2.1): the model, as an octet string inside an octet string.
  const model = Buffer.concat([Buffer.from([4, 16]), Buffer.from(aaguid.replaceAll('-', ''), 'hex')]);
  const certificate = await X509CertificateGenerator.create({
    ...{ ...always, serialNumber: '02', issuer: root.subject, publicKey: leaf.publicKey, signingKey: ca.privateKey },
    subject: 'C=AA, O=A maker, OU=Authenticator Attestation, CN=A model',
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false),
      new Extension('1.3.6.1.4.1.45724.1.1.4', false, new Uint8Array(model)),
    ],
  });
  const key = privateKeyOf(await crypto.subtle.exportKey('pkcs8', leaf.privateKey));
  const x5c = [certificate, ...(more === 'its own root' ? [root] : [])].map(der);
  return {
    root: Buffer.from(root.rawData).toString('base64'),
    packed: ({ authData, clientDataHash }) =>
      stated('packed', key, Buffer.concat([authData, clientDataHash]), [
        ['alg', -7],
        ['x5c', x5c],
      ]),
    // FIDO U2F Raw Message Formats, 4.3
    u2f: ({ rpIdHash, clientDataHash, credentialId, key: { publicKey } }) =>
      stated(
        'fido-u2f',
        key,
        Buffer.concat([Buffer.from([0]), rpIdHash, clientDataHash, credentialId, pointOf(publicKey)]),
        [['x5c', x5c]],
      ),
  };
}

/** A key that vouches for itself. */
export const itself: Attest = ({ authData, clientDataHash, key, algorithm: alg }) => ({
  fmt: 'packed',
  attStmt: new Map<string, unknown>([
    ['alg', alg],
    ['sig', new Uint8Array(signAs(alg, Buffer.concat([authData, clientDataHash]), key.privateKey))],
  ]),
});

/** The same statement with the last bit of its signature turned. */
export const tampered =
  (attest: Attest): Attest =>
  (about) => {
    const { fmt, attStmt } = attest(about);
    const sig = Uint8Array.from(attStmt.get('sig') as Uint8Array);
    sig[sig.length - 1] = (sig.at(-1) ?? 0) ^ 1;
    return { fmt, attStmt: new Map([...attStmt, ['sig', sig]]) };
  };

function stated(fmt: string, key: KeyObject, signed: Buffer, rest: [string, unknown][]) {
  return { fmt, attStmt: new Map<string, unknown>([...rest, ['sig', new Uint8Array(signAs(-7, signed, key))]]) };
}

const newPair = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const der = (certificate: X509Certificate): Uint8Array => new Uint8Array(certificate.rawData);
