import { expect, test } from 'vitest';
import { normalised, weaknessOf } from './rules.ts';

const rules = { shortest: 15, longest: 256 };
const weakness = (typed: string, about: readonly string[] = []) =>
  weaknessOf(typed, rules, (lowered) => lowered === 'password password', about);

test('typed as one character or as two, it is the same password (NFC)', () => {
  expect(normalised('e\u0301')).toBe(normalised('\u00e9'));
  expect(normalised(' spaces count ')).toBe(' spaces count ');
});

test('every code point counts one, whatever it takes to write', () => {
  expect(weakness('🔑'.repeat(14))).toBe('too-short');
  expect(weakness('🔑'.repeat(15))).toBeNull();
  expect(weakness('x'.repeat(256))).toBeNull();
  expect(weakness('x'.repeat(257))).toBe('too-long');
});

test('what others try first is refused whole, and no kind of character is asked for', () => {
  expect(weakness('Password Password')).toBe('common');
  expect(weakness('password password!')).toBeNull();
  expect(weakness('alllowercaseletters')).toBeNull();
});

test('little more than one’s own name is refused', () => {
  expect(weakness('alexandertheman', ['alexanderthem'])).toBe('about-you');
});
