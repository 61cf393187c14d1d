import 'reflect-metadata';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { dateOf, days, shift } from '../../kernel/clock.ts';
import type { Means } from '../../store/means.ts';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/**
 * What metadata wraps a key in: signed by itself, and long enough that nobody waits for its end, for a key is trusted because
 * the metadata says so (Metadata Interoperability 2.5.1).
 */
export async function certificateFor(
  key: KeyObject,
  { clock, chance, publicUrl }: Pick<Means, 'clock' | 'chance' | 'publicUrl'>,
): Promise<string> {
  // Positive, and of one length (RFC 5280, 4.1.2.2).
  const serial = chance.bytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.toString('hex'),
    name: [{ CN: [publicUrl.hostname] }],
    notBefore: dateOf(shift(clock.now(), -days(1))),
    notAfter: dateOf(shift(clock.now(), days(3650))),
    signingAlgorithm: algorithm,
    keys: {
      privateKey: key.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
      publicKey: createPublicKey(key).toCryptoKey(algorithm, true, ['verify']) as CryptoKey,
    },
  });
  return certificate.toString('pem');
}
