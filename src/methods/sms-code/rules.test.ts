import { expect, test } from 'vitest';
import { callingCode, maskNumber, originBound, reaches, readNumber, spaced } from './rules.ts';

const here = { countries: ['DE', 'CH', 'US'], blockedPrefixes: ['+49155'] };

test.each([
  ['0151 23456789', 'DE', '+4915123456789'],
  ['(0151) 234-56.789', 'DE', '+4915123456789'],
  ['0151/23456789', 'DE', '+4915123456789'],
  ['+49 151 23456789', 'DE', '+4915123456789'],
  ['+49 151 23456789', 'CH', '+4915123456789'],
  ['079 123 45 67', 'CH', '+41791234567'],
  ['201 555 0123', 'US', '+12015550123'],
])('%s of %s is %s', (typed, country, number) => {
  expect(readNumber(typed, country, here)).toBe(number);
});

test.each([
  ['nothing', '', 'DE'],
  ['a name', 'ann', 'DE'],
  ['too short', '0151 2', 'DE'],
  ['an emergency', '110', 'DE'],
  ['a desk', '030 1234567', 'DE'],
  ['an expensive line', '0900 1234567', 'DE'],
  ['a toll-free line', '800 555 0123', 'US'],
  ['a country that is not taken', '06 12 34 56 78', 'FR'],
  ['that country, by its code', '+33 6 12 34 56 78', 'DE'],
  ['a neighbour under the same code', '+1 416 555 0123', 'US'],
  ['beginnings that are not taken', '0155 12345678', 'DE'],
  ['an extension', '0151 23456789 ext. 5', 'DE'],
  ['an extension, as a parameter', '0151 23456789;ext=5', 'DE'],
  ['other digits', '٠١٥١ 23456789', 'DE'],
  ['no country', '0151 23456789', ''],
  ['no such country', '0151 23456789', 'XX'],
  ['a country of the prototype', '0151 23456789', '__proto__'],
  ['T46: two', '0151 23456789, 0160 1234567', 'DE'],
  ['T46: two in a row', '0151 23456789 0160 1234567', 'DE'],
  ['T46: two lines', '0151 23456789\n0160 1234567', 'DE'],
])('%s is no number for messages', (_, typed, country) => {
  expect(readNumber(typed, country, here)).toBeNull();
});

test('what was reached once is not, when the house decides otherwise', () => {
  expect(reaches('+4915123456789', here)).toBe(true);
  expect(reaches('+4915123456789', { ...here, countries: ['CH'] })).toBe(false);
  expect(reaches('+4915123456789', { ...here, blockedPrefixes: ['+491512'] })).toBe(false);
  expect(reaches('', here)).toBe(false);
});

test('a number that is shown tells its owner, and nobody else', () => {
  expect(maskNumber('+4915123456789')).toBe('+49 ••• 89');
  expect(spaced('+4915123456789')).toBe('+49 1512 3456789');
  expect(callingCode('CH')).toBe('+41');
  expect(callingCode('XX')).toBe('');
});

test('the last line of a message binds the code to our host', () => {
  expect(originBound('id.example.org', '012345')).toBe('@id.example.org #012345');
});
