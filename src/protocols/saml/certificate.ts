import 'reflect-metadata';
import { type KeyObject, webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { dateOf, days, shift } from '../../kernel/clock.ts';
import type { Means } from '../../store/means.ts';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/**
 * What metadata wraps a key in: signed by itself, and long enough that nobody waits for its end, for a key is trusted because
 * the metadata says so (Metadata Interoperability 2.5.1).
 */
export async function certificateFor(key: KeyObject, { clock, chance, publicUrl }: Means): Promise<string> {
  const usable = ['sign'] as const;
  const { subtle } = webcrypto;
  const privateKey = await subtle.importKey(
    'pkcs8',
    key.export({ format: 'der', type: 'pkcs8' }) as Uint8Array<ArrayBuffer>,
    algorithm,
    true,
    [...usable],
  );
  const { kty, n, e } = key.export({ format: 'jwk' });
  const publicKey = await subtle.importKey('jwk', { kty, n, e } as webcrypto.JsonWebKey, algorithm, true, ['verify']);
  // Positive, and of one length (RFC 5280, 4.1.2.2).
  const serial = chance.bytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial.toString('hex'),
      name: [{ CN: [publicUrl.hostname] }],
      notBefore: dateOf(shift(clock.now(), -days(1))),
      notAfter: dateOf(shift(clock.now(), days(3650))),
      signingAlgorithm: algorithm,
      keys: { privateKey, publicKey } as CryptoKeyPair,
    },
    webcrypto as unknown as Crypto,
  );
  return certificate.toString('pem');
}
