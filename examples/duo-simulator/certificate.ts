import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A key and the certificate that an authority of ours gave it, as PEM; and the authority's own. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

/** An authority made now, and a certificate of it for this machine: whoever pins the authority may call here. */
export function newCertificate(): Certificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const by = { name: 'Duo simulator authority', key: authority.privateKey };
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certify(by, 'localhost', server.publicKey, [names]),
    authority: certify(by, by.name, authority.publicKey, [mayCertify]),
  };
}

// ASN.1 in DER (X.690), as much of it as a certificate takes (RFC 5280, 4.1).
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]) => der(0x31, ...parts);
const integer = (bytes: Buffer) => der(0x02, bytes);
const octets = (...parts: readonly Buffer[]) => der(0x04, ...parts);
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const yes = der(0x01, Buffer.from([255]));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const explicit = (tag: number, ...parts: readonly Buffer[]) => der(0xa0 + tag, ...parts);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = (name: string) => sequence(set(sequence(oid('550403'), utf8(name))));
/** 4.2.1.9: it is an authority. */
const mayCertify = sequence(oid('551d13'), yes, octets(sequence(yes)));
/** 4.2.1.6: what this machine is called. */
const names = sequence(
  oid('551d11'),
  octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
);
const day = 86_400_000;

interface Authority {
  readonly name: string;
  readonly key: KeyObject;
}

function certify(by: Authority, subject: string, publicKey: KeyObject, extensions: readonly Buffer[]): string {
  const serial = randomBytes(8);
  serial[0] = 1;
  const unsigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    commonName(by.name),
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + 365 * day))),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const signed = sequence(unsigned, ecdsaWithSha256, bits(sign('sha256', unsigned, by.key)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
