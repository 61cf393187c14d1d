import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Radius } from '../../src/protocols/radius/index.ts';
import { readPacket, writePacket } from '../../src/protocols/radius/packet.ts';
import { at, heard, radiusFor, requestOf, sealed } from '../support/radius.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((some) => Buffer.from(some));
const attribute = fc.record({
  // Those that mean something more often than the rest.
  type: fc.oneof(fc.constantFrom(1, 2, 18, 24, 31, 33, 79, 80), fc.integer({ min: 0, max: 255 })),
  value: bytes(253),
});
const packet = fc.record({
  code: fc.oneof(fc.constantFrom(1, 12), fc.integer({ min: 0, max: 255 })),
  identifier: fc.integer({ min: 0, max: 255 }),
  authenticator: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((some) => Buffer.from(some)),
  attributes: fc.array(attribute, { maxLength: 12 }),
});

describe('datagrams that nobody in their senses would send', () => {
  let sallyport: Sallyport;
  let radius: Radius;
  beforeAll(async () => {
    sallyport = await openSallyport('sqlite');
    await sallyport.person('ann');
    radius = radiusFor(sallyport);
  });
  afterAll(() => sallyport.close());

  test('any bytes at all are no packet, or one that is written as it was read', () => {
    fc.assert(
      fc.property(bytes(300), (datagram) => {
        const read = readPacket(datagram);
        if (read !== null) expect(writePacket(read)).toEqual(datagram.subarray(0, datagram.readUInt16BE(2)));
      }),
      { numRuns: 2000 },
    );
  });

  test('without a seal that holds nothing is answered', async () => {
    const good = requestOf({ name: 'ann', typed: password });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes(200),
          packet.map(writePacket),
          fc
            .tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }))
            .map(([place, change]) => Buffer.from(good.map((byte, n) => (n === place ? byte ^ change : byte)))),
          fc.nat(good.length - 1).map((end) => good.subarray(0, end)),
        ),
        async (datagram) => {
          expect(await radius.answer(datagram, at)).toBe(null);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('sealed by whoever holds the secret, the strangest is answered with no more than a no, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(packet, async (some) => {
        const request = sealed(some);
        const answer = await radius.answer(request, at);
        if (answer !== null) expect(heard(answer, request).is).toBe(some.code === 12 ? 'accept' : 'reject');
      }),
      { numRuns: 300 },
    );
  });
});
