import { describe, expect, test } from 'vitest';
import type { Instant } from '../../kernel/clock.ts';
import { base32Of } from '../../otp/codes.ts';
import { codeOf, driftAt, type Make, placeOf, placeOfTwo } from './rules.ts';

const at = (seconds: number) => (seconds * 1000) as Instant;
const seed = '12345678901234567890';
const totp = (more: Partial<Make> = {}): Make => ({
  serial: 'T-1',
  kind: 'TOTP',
  algorithm: 'SHA1',
  digits: 6,
  secret: base32Of(Buffer.from(seed)),
  period: 30,
  counter: 0,
  drift: 0,
  ...more,
});
const hotp = (more: Partial<Make> = {}): Make => totp({ kind: 'HOTP', period: 0, ...more });
const now = at(1_700_000_010);
const step = Math.floor(1_700_000_010 / 30);
const two = (token: Make, ahead: number): [string, string] => [
  codeOf(token, now, ahead),
  codeOf(token, now, ahead + 1),
];

test('RFC 4226, appendix D: the ten codes of a token with a button', () => {
  const codes = Array.from({ length: 10 }, (_, n) => codeOf(hotp(), now, n));
  expect(codes).toEqual('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '));
});

describe('RFC 6238, appendix B, with eight digits', () => {
  const long = (length: number) => base32Of(Buffer.from(seed.repeat(4).slice(0, length)));
  test.each([
    [59, '94287082', '46119246', '90693936'],
    [1_111_111_109, '07081804', '68084774', '25091201'],
    [1_111_111_111, '14050471', '67062674', '99943326'],
    [1_234_567_890, '89005924', '91819424', '93441116'],
    [2_000_000_000, '69279037', '90698825', '38618901'],
    [20_000_000_000, '65353130', '77737706', '47863826'],
  ])('at %d s', (seconds, sha1, sha256, sha512) => {
    const shown = (algorithm: Make['algorithm'], length: number) =>
      codeOf(totp({ algorithm, digits: 8, secret: long(length) }), at(seconds));
    expect([shown('SHA1', 20), shown('SHA256', 32), shown('SHA512', 64)]).toEqual([sha1, sha256, sha512]);
  });
});

test('a token of 60 seconds shows a code for a minute', () => {
  const token = totp({ period: 60 });
  expect(codeOf(token, at(0))).toBe(codeOf(token, at(59)));
  expect(codeOf(token, at(60))).not.toBe(codeOf(token, at(59)));
});

describe('one code', () => {
  test('of the clock is looked for one step to either side, from where the token is', () => {
    for (const drift of [0, 7, -3])
      for (let off = -4; off <= 4; off++) {
        const token = totp({ drift });
        const found = placeOf(codeOf(token, now, off), token, { now, last: null });
        expect(found).toBe(Math.abs(off) <= 1 ? step + drift + off : null);
      }
  });

  test('of the button is looked for ten presses ahead, and never behind', () => {
    const code = (n: number) => codeOf(hotp(), now, n);
    for (const n of [5, 6, 15]) expect(placeOf(code(n), hotp(), { now, last: 5 })).toBe(n);
    for (const n of [0, 4, 16, 99]) expect(placeOf(code(n), hotp(), { now, last: 5 })).toBeNull();
    expect(placeOf(code(3), hotp({ counter: 4 }), { now, last: null })).toBeNull();
  });

  test('of another length is none', () => {
    expect(placeOf('94287082', totp(), { now: at(59), last: null })).toBeNull();
  });
});

describe('two codes in a row', () => {
  test('find a clock ten steps off, and remember how far it is', () => {
    for (const off of [-10, -5, 3, 9]) {
      const place = placeOfTwo(two(totp(), off), totp(), { now, last: null });
      expect(place).toBe(step + off + 1);
      expect(driftAt(totp(), place ?? 0, now)).toBe(off + 1);
    }
    for (const off of [-11, 11]) expect(placeOfTwo(two(totp(), off), totp(), { now, last: null })).toBeNull();
  });

  test('find a button pressed a hundred times', () => {
    expect(placeOfTwo(two(hotp(), 99), hotp(), { now, last: 0 })).toBe(100);
    expect(placeOfTwo(two(hotp(), 101), hotp(), { now, last: 0 })).toBeNull();
  });

  test('must follow each other, in their order, and neither may be used', () => {
    const [first, second] = two(hotp(), 20);
    const when = { now, last: 2 };
    expect(placeOfTwo([first, second], hotp(), when)).toBe(21);
    expect(placeOfTwo([second, first], hotp(), when)).toBeNull();
    expect(placeOfTwo([first, first], hotp(), when)).toBeNull();
    expect(placeOfTwo([first, codeOf(hotp(), now, 22)], hotp(), when)).toBeNull();
    expect(placeOfTwo([first, second], hotp(), { now, last: 20 })).toBeNull();
    expect(placeOfTwo([first, second], hotp(), { now, last: 21 })).toBeNull();
  });
});
