import 'reflect-metadata';
import type { KeyObject } from 'node:crypto';
import { Extension } from '@peculiar/x509';
import { type Attest, pointOf, signAs } from './authenticator.ts';
import { base64Of, derOf, type Issued, issue, retouched } from './certificates.ts';

/** Who makes authenticators and vouches for them. */
export interface Maker {
  /** As the metadata names it: base64 of DER. */
  readonly root: string;
  /** Vouches for a key of a model, in the format that WebAuthn calls `packed`. */
  readonly packed: Attest;
  /** As the first security keys did. */
  readonly u2f: Attest;
}

/** What is not as it should be about the certificates that a maker shows. */
export interface Slip {
  /** Shown besides: worth nothing, and no harm. */
  readonly shows?: 'its own root';
  /** The model that the certificate is for. */
  readonly model?: string;
  /** What the certificate says its owner does. */
  readonly unit?: string;
  /** A certificate that may sign others vouches for no key. */
  readonly ca?: boolean;
  readonly until?: Date;
  readonly isRetouched?: boolean;
  /** Who has signed it, instead of the root. */
  readonly by?: Issued;
}

export const rootOfMaker = (): Promise<Issued> => issue({ subject: 'CN=Root of a maker' });

/** id-fido-gen-ce-aaguid (WebAuthn 3, 8.2.1): the model, as an octet string inside an octet string. */
export const modelExtension = (aaguid: string): Extension =>
  new Extension(
    '1.3.6.1.4.1.45724.1.1.4',
    false,
    new Uint8Array(Buffer.concat([Buffer.from([4, 16]), Buffer.from(aaguid.replaceAll('-', ''), 'hex')])),
  );

/** A maker with a root and a certificate under it, for one model. */
export async function maker(aaguid: string, slip: Slip = {}): Promise<Maker> {
  const { model = aaguid, unit = 'Authenticator Attestation', ca = false, until } = slip;
  const root = await rootOfMaker();
  const leaf = await issue({
    ...{ ca, by: slip.by ?? root, extensions: [modelExtension(model)] },
    subject: `C=AA, O=A maker, OU=${unit}, CN=A model`,
    ...(until !== undefined && { until }),
  });
  const x5c = [slip.isRetouched ? retouched(leaf) : leaf, ...(slip.shows === undefined ? [] : [root])].map(derOf);
  return {
    root: base64Of(root),
    packed: ({ authData, clientDataHash }) =>
      stated('packed', leaf.key, Buffer.concat([authData, clientDataHash]), [
        ['alg', -7],
        ['x5c', x5c],
      ]),
    // FIDO U2F Raw Message Formats, 4.3
    u2f: ({ rpIdHash, clientDataHash, credentialId, key: { publicKey } }) =>
      stated(
        'fido-u2f',
        leaf.key,
        Buffer.concat([Buffer.from([0]), rpIdHash, clientDataHash, credentialId, pointOf(publicKey)]),
        [['x5c', x5c]],
      ),
  };
}

/** A key that vouches for itself. */
export const itself: Attest = ({ authData, clientDataHash, key, algorithm }) => ({
  fmt: 'packed',
  attStmt: new Map<string, unknown>([
    ['alg', algorithm],
    ['sig', new Uint8Array(signAs(algorithm, Buffer.concat([authData, clientDataHash]), key.privateKey))],
  ]),
});

/** The same statement with the last bit of one part of it turned after it was signed. */
export const tampered =
  (attest: Attest, part = 'sig'): Attest =>
  (about) => {
    const { fmt, attStmt } = attest(about);
    const bytes = Uint8Array.from(attStmt.get(part) as Uint8Array);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    return { fmt, attStmt: new Map([...attStmt, [part, bytes]]) };
  };

/** A statement whose signature is made by ES256. */
export function stated(fmt: string, key: KeyObject, signed: Buffer, rest: readonly [string, unknown][]) {
  return { fmt, attStmt: new Map<string, unknown>([...rest, ['sig', new Uint8Array(signAs(-7, signed, key))]]) };
}
