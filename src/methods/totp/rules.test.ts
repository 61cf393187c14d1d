import { describe, expect, test } from 'vitest';
import type { Instant } from '../../kernel/clock.ts';
import { type Pattern, usual } from '../../otp/codes.ts';
import { codeAt, driftOf, nextStepAt, secretOf, stepAt, stepOf } from './rules.ts';

/** The seed of both RFCs: "12345678901234567890". */
const seed = secretOf(Buffer.from('12345678901234567890'));
const key = { ...usual, secret: seed };
const at = (seconds: number) => (seconds * 1000) as Instant;

test.each(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'])(
  'RFC 4226, appendix D: %s',
  (code) => {
    const counter = [
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ].indexOf(code);
    expect(codeAt(seed, counter)).toBe(code);
  },
);

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %d s, the last six digits of %s, long after 2038 too', (seconds, eight) => {
  expect(codeAt(seed, stepAt(at(seconds)))).toBe(eight.slice(2));
  expect(stepOf(eight.slice(2), key, 0, at(seconds))).toBe(stepAt(at(seconds)));
});

describe('a phone whose clock is off', () => {
  const now = at(1_700_000_010);
  test.each([
    [-91, false],
    [-89, false],
    [-31, true],
    [-29, true],
    [0, true],
    [29, true],
    [31, true],
    [89, false],
    [91, false],
  ])('by %d s: looked at is %s', (off, found) => {
    const middle = at(1_700_000_010 + 5);
    expect(stepOf(codeAt(seed, stepAt(at(1_700_000_015 + off))), key, 0, middle) !== null).toBe(
      found && Math.abs(stepAt(at(1_700_000_015 + off)) - stepAt(middle)) <= 1,
    );
  });

  test('is met where it was last time, one step to either side', () => {
    for (const step of [1, 2, 3])
      expect(stepOf(codeAt(seed, stepAt(now) + step), key, 2, now)).toBe(stepAt(now) + step);
    for (const step of [-1, 0, 4]) expect(stepOf(codeAt(seed, stepAt(now) + step), key, 2, now)).toBeNull();
  });

  test('is followed for two steps and no further', () => {
    expect([-9, -3, -1, 0, 1, 3, 9].map((off) => driftOf(stepAt(now) + off, now, usual))).toEqual([
      -2, -2, -1, 0, 1, 2, 2,
    ]);
  });
});

test('the next code comes with the next half minute', () => {
  expect(nextStepAt(at(59))).toBe(at(60));
  expect(nextStepAt(at(60))).toBe(at(90));
});

/** A token of RFC 6238, appendix B: its key is as long as its hash. */
const tokenOf = (algorithm: Pattern['algorithm'], bytes: number) => ({
  pattern: { algorithm, digits: 8, period: 30 } as const,
  secret: secretOf(Buffer.from('1234567890'.repeat(7).slice(0, bytes))),
});

test.each([
  [59, 'SHA1', 20, '94287082'],
  [59, 'SHA256', 32, '46119246'],
  [59, 'SHA512', 64, '90693936'],
  [1_111_111_109, 'SHA256', 32, '68084774'],
  [1_111_111_109, 'SHA512', 64, '25091201'],
  [20_000_000_000, 'SHA256', 32, '77737706'],
  [20_000_000_000, 'SHA512', 64, '47863826'],
] as const)(
  'RFC 6238, appendix B: at %d s a token with %s and a key of %d bytes shows %s',
  (seconds, algorithm, bytes, code) => {
    const { pattern, secret } = tokenOf(algorithm, bytes);
    expect(codeAt(secret, stepAt(at(seconds)), pattern)).toBe(code);
    expect(stepOf(code, { ...pattern, secret }, 0, at(seconds))).toBe(stepAt(at(seconds)));
  },
);

test('a token that shows a code for a minute is followed by the minute', () => {
  const slow: Pattern = { ...usual, period: 60 };
  expect(stepAt(at(119), slow)).toBe(1);
  expect(nextStepAt(at(119), slow)).toBe(at(120));
});
