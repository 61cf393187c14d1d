import 'reflect-metadata';
import { Extension } from '@peculiar/x509';
import { type Attest, Authenticator, type CreationOptions, type Made } from './authenticator.ts';
import { derOf, issue } from './certificates.ts';
import { rootOfMaker, stated } from './makers.ts';

/**
 * What an Android phone answers whose hardware vouches for its key (WebAuthn 3, 8.4). The certificate is made for this one
 * answer, and takes its time: so it is answered twice, about the same key.
 * @param challenge what the certificate was made for; what is asked, when left out
 */
export async function androidAnswer(origin: string, options: CreationOptions, challenge?: Buffer): Promise<string> {
  const root = await rootOfMaker();
  let hash: Buffer = Buffer.alloc(0);
  const asked = new Authenticator(origin, {
    attest: ({ clientDataHash }) => {
      hash = clientDataHash;
      return { fmt: 'none', attStmt: new Map() };
    },
  });
  asked.create(options);
  const [made] = asked.keys as [Made];
  const leaf = await issue({
    ...{ subject: 'CN=Android Keystore Key', by: root, ca: false, holder: made.key.publicKey },
    extensions: [keyDescription(challenge ?? hash)],
  });
  const attest: Attest = ({ authData, clientDataHash, key }) =>
    stated('android-key', key.privateKey, Buffer.concat([authData, clientDataHash]), [
      ['alg', -7],
      ['x5c', [leaf, root].map(derOf)],
    ]);
  return new Authenticator(origin, { attest }).create(options, { copyOf: made });
}

/** Version and level of attestation and of its keystore, the challenge, no id, and nothing allowed to every app. */
function keyDescription(challenge: Buffer): Extension {
  const parts = Buffer.concat([
    Buffer.from('0201030a01010201040a0101', 'hex'),
    Buffer.from([4, challenge.length]),
    challenge,
    Buffer.from('040030003000', 'hex'),
  ]);
  const described = Buffer.concat([Buffer.from([0x30, parts.length]), parts]);
  return new Extension('1.3.6.1.4.1.11129.2.1.17', false, new Uint8Array(described));
}
