import { expect, test } from 'vitest';
import { maskAddress, readAddress } from './mail-address.ts';

test.each([
  ['ann@example.org', 'ann@example.org'],
  [' ann@example.org ', 'ann@example.org'],
  ['Ann.Smith+mail@Example.ORG', 'Ann.Smith+mail@example.org'],
  ['o’neil@example.org', null],
  ["o'neil@example.org", "o'neil@example.org"],
  ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
  ['ann@sub.sub.example.org', 'ann@sub.sub.example.org'],
])('"%s" is read as %s', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});

test.each([
  '',
  '@',
  'ann',
  'ann@',
  '@example.org',
  'ann@example',
  'ann@localhost',
  'ann@127.0.0.1',
  'ann@[127.0.0.1]',
  'ann@example.org.',
  'ann@.example.org',
  'ann@exa mple.org',
  'ann@example.org/x',
  'ann@example.org:25',
  'ann@example.org?x',
  'ann@-example.org',
  'an n@example.org',
  '.ann@example.org',
  'ann.@example.org',
  'an..n@example.org',
  '"ann"@example.org',
  `${'a'.repeat(65)}@example.org`,
  `ann@${'a'.repeat(64)}.org`,
  `ann@${'a.'.repeat(130)}org`,
])('"%s" is no address', (typed) => {
  expect(readAddress(typed)).toBeNull();
});

test.each([
  'ann@example.org,eve@example.org',
  'ann@example.org;eve@example.org',
  'ann@example.org eve@example.org',
  'ann@example.org\neve@example.org',
  'ann@example.org\r\nBcc: eve@example.org',
  'Ann <ann@example.org>',
  '<ann@example.org>',
  'ann@example.org>',
  'ann@eve@example.org',
  'ann@example.org(eve@example.org)',
  'ann@example.org%0aBcc:eve@example.org',
  'ann@example.org\0',
])('T46: %j is not one address', (typed) => {
  expect(readAddress(typed)).toBeNull();
});

test('an address that is shown tells its owner, and nobody else', () => {
  expect(maskAddress('ann@example.org')).toBe('a•••@example.org');
  expect(maskAddress('a@example.org')).toBe('a•••@example.org');
});
