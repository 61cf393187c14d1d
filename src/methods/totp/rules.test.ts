import { describe, expect, test } from 'vitest';
import type { Instant } from '../../kernel/clock.ts';
import { codeAt, driftOf, nextStepAt, secretOf, stepAt, stepOf, tidy } from './rules.ts';

/** The seed of both RFCs: "12345678901234567890". */
const seed = secretOf(Buffer.from('12345678901234567890'));
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
  expect(stepOf(eight.slice(2), seed, 0, at(seconds))).toBe(stepAt(at(seconds)));
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
    expect(stepOf(codeAt(seed, stepAt(at(1_700_000_015 + off))), seed, 0, middle) !== null).toBe(
      found && Math.abs(stepAt(at(1_700_000_015 + off)) - stepAt(middle)) <= 1,
    );
  });

  test('is met where it was last time, one step to either side', () => {
    for (const step of [1, 2, 3])
      expect(stepOf(codeAt(seed, stepAt(now) + step), seed, 2, now)).toBe(stepAt(now) + step);
    for (const step of [-1, 0, 4]) expect(stepOf(codeAt(seed, stepAt(now) + step), seed, 2, now)).toBeNull();
  });

  test('is followed for two steps and no further', () => {
    expect([-9, -3, -1, 0, 1, 3, 9].map((off) => driftOf(stepAt(now) + off, now))).toEqual([-2, -2, -1, 0, 1, 2, 2]);
  });
});

test('the next code comes with the next half minute', () => {
  expect(nextStepAt(at(59))).toBe(at(60));
  expect(nextStepAt(at(60))).toBe(at(90));
});

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['000-001', '000001'],
  ['12345', null],
  ['1234567', null],
  ['１２３４５６', null],
  ['12345a', null],
  ['', null],
  ['1e5', null],
  ['+12345', null],
])('"%s" is read as %s', (typed, code) => {
  expect(tidy(typed)).toBe(code);
});
