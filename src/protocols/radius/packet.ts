/**
 * A RADIUS packet as bytes (RFC 2865, 3): code, identifier, length, 16 bytes of authenticator, attributes. What is not
 * exactly that is no packet (`docs/adr/0051` says why it is read here).
 */

/** The codes there are here (RFC 2865, 4; RFC 5997 for the last). */
export const codes = {
  accessRequest: 1,
  accessAccept: 2,
  accessReject: 3,
  accessChallenge: 11,
  statusServer: 12,
} as const;

/** The attributes that are read or written (RFC 2865, 5; the last two RFC 3579, 3). */
export const types = {
  userName: 1,
  userPassword: 2,
  replyMessage: 18,
  state: 24,
  callingStationId: 31,
  proxyState: 33,
  eapMessage: 79,
  messageAuthenticator: 80,
} as const;

export interface Attribute {
  readonly type: number;
  /** At most 253 bytes. */
  readonly value: Buffer;
}

export interface Packet {
  readonly code: number;
  readonly identifier: number;
  /** Of a request 16 bytes that nobody can foresee; of an answer the proof that it answers that request. */
  readonly authenticator: Buffer;
  readonly attributes: readonly Attribute[];
}

/** Bytes before the first attribute, and the most there are of all (RFC 2865, 3). */
export const head = 20;
export const longest = 4096;
/** What one attribute holds (RFC 2865, 5: a length of one byte, and two bytes that it counts besides). */
export const mostInOne = 253;

/** @returns null for what is no packet: it is not answered */
export function readPacket(datagram: Buffer): Packet | null {
  if (datagram.length < head || datagram.length > longest) return null;
  const length = datagram.readUInt16BE(2);
  // What follows after its end is padding, and not read (RFC 2865, 3).
  if (length < head || length > datagram.length) return null;
  const attributes = readAttributes(datagram.subarray(head, length));
  if (attributes === null) return null;
  return {
    code: datagram.readUInt8(0),
    identifier: datagram.readUInt8(1),
    authenticator: datagram.subarray(4, head),
    attributes,
  };
}

function readAttributes(bytes: Buffer): readonly Attribute[] | null {
  const attributes: Attribute[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [type = 0, length = 0] = bytes.subarray(at, at + 2);
    if (length < 2 || at + length > bytes.length) return null;
    attributes.push({ type, value: bytes.subarray(at + 2, at + length) });
    at += length;
  }
  return attributes;
}

/** @throws where it would be longer than a packet may be: that is a mistake of ours */
export function writePacket({ code, identifier, authenticator, attributes }: Packet): Buffer {
  const parts = attributes.map(({ type, value }) => {
    if (value.length > mostInOne) throw new RangeError(`attribute ${type} holds ${value.length} bytes`);
    return Buffer.concat([Buffer.from([type, value.length + 2]), value]);
  });
  const body = Buffer.concat(parts);
  const length = head + body.length;
  if (length > longest) throw new RangeError(`a packet of ${length} bytes`);
  return Buffer.concat([Buffer.from([code, identifier, length >> 8, length & 255]), authenticator, body]);
}

/** All values of one kind, in their order. */
export const valuesOf = ({ attributes }: Pick<Packet, 'attributes'>, type: number): readonly Buffer[] =>
  attributes.filter((one) => one.type === type).map(({ value }) => value);
