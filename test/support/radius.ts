import { createHash, createHmac, randomBytes } from 'node:crypto';
import { openRadius, type Radius } from '../../src/protocols/radius/index.ts';
import { codes, type Packet, readPacket, types, valuesOf, writePacket } from '../../src/protocols/radius/packet.ts';
import { radiusSettings } from '../../src/protocols/radius/settings.ts';
import type { Sallyport } from './open.ts';

/** The other side of the line: a gate to a network that holds a secret, or says so. */
export const secret = 'a secret of the VPN and us alone';
export const at = '10.0.0.7';

export const vpn = { id: 'vpn', name: 'VPN', networks: [at], secret };

/** @param clients sections as in the configuration file */
export function radiusFor(
  { house }: Pick<Sallyport, 'house'>,
  clients: readonly object[] = [vpn],
  warned: object[] = [],
): Radius {
  const telling = { info() {}, warn: (about: object) => warned.push(about), error() {} };
  return openRadius(house, radiusSettings.parse({ clients }).clients, telling);
}

const md5 = (...parts: readonly (Buffer | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();

function hide(typed: string, authenticator: Buffer, shared: string): Buffer {
  const text = Buffer.from(typed);
  const padded = Buffer.alloc(Math.max(16, Math.ceil(text.length / 16) * 16));
  text.copy(padded);
  for (let block = 0; block < padded.length; block += 16) {
    const pad = md5(shared, block === 0 ? authenticator : padded.subarray(block - 16, block));
    for (let n = 0; n < 16; n++) padded[block + n] = (padded[block + n] ?? 0) ^ (pad[n] ?? 0);
  }
  return padded;
}

export interface Typed {
  readonly name: string;
  readonly typed: string;
  readonly state?: Buffer | undefined;
  readonly more?: readonly { readonly type: number; readonly value: Buffer }[];
}

/** @param seals false: without a Message-Authenticator, as old equipment sends it */
export function requestOf({ name, typed, state, more = [] }: Typed, shared = secret, seals = true): Buffer {
  const authenticator = randomBytes(16);
  const [identifier = 0] = randomBytes(1);
  const given = [
    { type: types.userName, value: Buffer.from(name) },
    { type: types.userPassword, value: hide(typed, authenticator, shared) },
    ...(state === undefined ? [] : [{ type: types.state, value: state }]),
    ...more,
  ];
  const packet = { code: codes.accessRequest, identifier, authenticator, attributes: given };
  return seals ? sealed(packet, shared) : writePacket(packet);
}

export function sealed(packet: Packet, shared = secret): Buffer {
  const first = { type: types.messageAuthenticator, value: Buffer.alloc(16) };
  const open = { ...packet, attributes: [first, ...packet.attributes] };
  const value = createHmac('md5', shared).update(writePacket(open)).digest();
  return writePacket({ ...open, attributes: [{ ...first, value }, ...packet.attributes] });
}

export interface Heard {
  readonly is: 'accept' | 'reject' | 'challenge';
  readonly reply: string;
  readonly name: string;
  readonly state: Buffer | undefined;
}

/** What was heard, once it is known that it answers this and comes from whoever holds the secret. */
export function heard(answer: Buffer, request: Buffer, shared = secret): Heard {
  const proof = md5(answer.subarray(0, 4), request.subarray(4, 20), answer.subarray(20), shared);
  if (!proof.equals(answer.subarray(4, 20))) throw new Error('the answer is not of the request');
  if (answer[1] !== request[1]) throw new Error('the answer is of another request');
  const packet = readPacket(answer);
  if (packet?.attributes[0]?.type !== types.messageAuthenticator) throw new Error('the seal is not before all else');
  const [seal] = valuesOf(packet, types.messageAuthenticator);
  const blank = Buffer.from(answer);
  request.copy(blank, 4, 4, 20);
  blank.fill(0, 22, 38);
  if (
    !createHmac('md5', shared)
      .update(blank)
      .digest()
      .equals(seal ?? Buffer.alloc(0))
  )
    throw new Error('the seal does not hold');
  const [is] =
    Object.entries({ accept: 2, reject: 3, challenge: 11 } as const).find(([, n]) => n === packet.code) ?? [];
  if (is === undefined) throw new Error(`an answer of code ${packet.code}`);
  const text = (type: number) => valuesOf(packet, type).map(String).join('');
  const [state] = valuesOf(packet, types.state);
  return { is: is as Heard['is'], reply: text(types.replyMessage), name: text(types.userName), state };
}

/** Somebody types something, and what comes back; null: nothing. */
export async function type(radius: Radius, typed: Typed, from = at, shared = secret): Promise<Heard | null> {
  const request = requestOf(typed, shared);
  const answer = await radius.answer(request, from);
  return answer === null ? null : heard(answer, request, shared);
}
