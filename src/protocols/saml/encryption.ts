import { X509Certificate } from 'node:crypto';
import { encrypt } from 'xml-encryption';
import { tag } from './xml.ts';

/** For the application's eyes alone (Core 2.3.4): what carries it, a browser among others, reads nothing of it. */
export async function encrypted(assertion: string, certificate: string): Promise<string> {
  const key = new X509Certificate(certificate).publicKey.export({ format: 'pem', type: 'spki' });
  const data = await new Promise<string>((resolve, reject) =>
    encrypt(
      assertion,
      {
        rsa_pub: key,
        pem: certificate,
        encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
      },
      (failure, result) => (failure ? reject(failure) : resolve(result ?? '')),
    ),
  );
  return tag('saml:EncryptedAssertion', {}, data);
}
