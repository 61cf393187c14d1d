import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { ExtendedKeyUsageExtension, type Extension, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { type Attest, pointOf } from './authenticator.ts';
import { derOf, type Issued, issue } from './certificates.ts';
import { modelExtension, stated } from './makers.ts';

/** What a TPM says under its signature (TPM 2.0 Library, part 2, 10.12: TPMS_ATTEST), as far as it is weighed. */
interface Said {
  readonly magic: Buffer;
  readonly type: Buffer;
  /** Over authenticator data and client data. */
  readonly extraData: Buffer;
  /** Of the key that it vouches for: an algorithm, and the hash of its public area by that. */
  readonly name: Buffer;
}

/** What is not as it should be, though the TPM has signed it. */
export interface TpmSlip {
  readonly said?: Partial<Said>;
  /** The key in the public area, instead of the new one. */
  readonly point?: Buffer;
  readonly model?: string;
  readonly subject?: string;
  readonly without?: 'alternative name';
  /** What the certificate is for. */
  readonly usage?: string;
  readonly manufacturer?: string;
}

/** What is built into a computer, as Windows has it vouched for (WebAuthn 3, 8.3). */
export async function tpm(aaguid: string, by: Issued, slip: TpmSlip = {}): Promise<Attest> {
  const leaf = await issue({ subject: slip.subject ?? '', by, ca: false, extensions: certificateOf(aaguid, slip) });
  return ({ authData, clientDataHash, key: { publicKey } }) => {
    const area = publicArea(slip.point ?? pointOf(publicKey));
    const said: Said = {
      magic: Buffer.from('ff544347', 'hex'),
      type: Buffer.from('8017', 'hex'),
      extraData: sha256(Buffer.concat([authData, clientDataHash])),
      name: Buffer.concat([Buffer.from('000b', 'hex'), sha256(area)]),
      ...slip.said,
    };
    const certInfo = Buffer.concat([
      ...[said.magic, said.type, sized(Buffer.alloc(0)), sized(said.extraData)],
      // Its clock, restarts and firmware: nobody weighs them.
      Buffer.alloc(25),
      ...[sized(said.name), sized(Buffer.alloc(0))],
    ]);
    return stated('tpm', leaf.key, certInfo, [
      ['ver', '2.0'],
      ['alg', -7],
      ['x5c', [derOf(leaf)]],
      ['pubArea', new Uint8Array(area)],
      ['certInfo', new Uint8Array(certInfo)],
    ]);
  };
}

/** WebAuthn 3, 8.3.1: nobody by name, a TPM of a maker that is known, and only for this. */
function certificateOf(aaguid: string, slip: TpmSlip): Extension[] {
  const { model = aaguid, without, usage = '2.23.133.8.3', manufacturer = 'id:FFFFF1D0' } = slip;
  const value = `2.23.133.2.1=${manufacturer}, 2.23.133.2.2=A model, 2.23.133.2.3=id:13`;
  return [
    modelExtension(model),
    ...(without === 'alternative name' ? [] : [new SubjectAlternativeNameExtension([{ type: 'dn', value }], true)]),
    new ExtendedKeyUsageExtension([usage]),
  ];
}

/** TPMT_PUBLIC of a P-256 key: ECC, its name by SHA-256, attributes, no policy, no scheme, the curve, then x and y. */
const publicArea = (point: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('0023000b00040072000000100010', 'hex'),
    Buffer.from('00030010', 'hex'),
    sized(point.subarray(1, 33)),
    sized(point.subarray(33)),
  ]);

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
