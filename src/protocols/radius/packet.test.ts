import { describe, expect, test } from 'vitest';
import { codes, readPacket, types, valuesOf, writePacket } from './packet.ts';
import { isSealed, openPassword, textIn, writeAnswer } from './seals.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** RFC 2865, 7.1: nemo signs in to a terminal server, password arctangent, secret xyzzy5461. */
const nemo = bytes(`01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb
  98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d
  93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8
  01 10 05 06 00 00 00 03`);
const answered = bytes(`02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf
  9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00
  0e 06 c0 a8 01 03`);
const xyzzy = 'xyzzy5461';

/** RFC 5997, 6.1: is anybody there? */
const status = bytes(`0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02
  18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43
  82 20 97 c8 4f a3`);

describe('packets as they are printed', () => {
  test('RFC 2865, 7.1: a request is read, its password opened, and written again as it was', () => {
    const packet = readPacket(nemo) ?? expect.fail();
    expect([packet.code, packet.identifier]).toEqual([codes.accessRequest, 0]);
    expect(valuesOf(packet, types.userName).map(textIn)).toEqual(['nemo']);
    const [hidden = Buffer.alloc(0)] = valuesOf(packet, types.userPassword);
    expect(openPassword(packet, hidden, xyzzy)).toBe('arctangent');
    expect(openPassword(packet, hidden, 'another secret')).not.toBe('arctangent');
    expect(writePacket(packet)).toEqual(nemo);
    expect(isSealed(packet, xyzzy)).toBe(false);
  });

  test('RFC 5997, 6.1: a seal holds for its secret, and for no other bit', () => {
    const packet = readPacket(status) ?? expect.fail();
    expect(isSealed(packet, xyzzy)).toBe(true);
    expect(isSealed(packet, 'another secret')).toBe(false);
    for (let bit = 0; bit < status.length * 8; bit++) {
      const changed = Buffer.from(status);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = readPacket(changed);
      expect(read !== null && isSealed(read, xyzzy), `bit ${bit}`).toBe(false);
    }
  });

  test('an answer fits the request: by its own authenticator, and by the seal before all else', async () => {
    const request = readPacket(nemo) ?? expect.fail();
    const given = readPacket(answered) ?? expect.fail();
    const answer = writeAnswer(request, given, xyzzy);
    const read = readPacket(answer) ?? expect.fail();
    expect(read.attributes[0]?.type).toBe(types.messageAuthenticator);
    expect(isSealed({ ...read, authenticator: request.authenticator }, xyzzy)).toBe(true);
    const { createHash } = await import('node:crypto');
    const proof = (packet: Buffer) =>
      createHash('md5')
        .update(packet.subarray(0, 4))
        .update(request.authenticator)
        .update(packet.subarray(20))
        .update(xyzzy)
        .digest();
    expect(answer.subarray(4, 20)).toEqual(proof(answer));
    expect(answered.subarray(4, 20)).toEqual(proof(answered));
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['too short', nemo.subarray(0, 19)],
    ['longer than it says it may be', Buffer.concat([nemo, Buffer.alloc(4096)])],
    ['cut off', nemo.subarray(0, 50)],
    ['an attribute without a length', Buffer.concat([bytes('01 00 00 15'), Buffer.alloc(16), bytes('01')])],
    ['an attribute of no length', Buffer.concat([bytes('01 00 00 16'), Buffer.alloc(16), bytes('01 00')])],
    ['an attribute beyond the end', Buffer.concat([bytes('01 00 00 17'), Buffer.alloc(16), bytes('01 04 61')])],
    ['a length within the head', Buffer.concat([bytes('01 00 00 13'), Buffer.alloc(16)])],
  ])('what is no packet is not read: %s', (_, datagram) => {
    expect(readPacket(datagram)).toBe(null);
  });

  test('what follows its end is padding', () => {
    expect(readPacket(Buffer.concat([nemo, Buffer.alloc(9)]))).toEqual(readPacket(nemo));
  });
});
