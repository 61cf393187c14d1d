import { expect, test } from 'vitest';
import { tidyCode } from './codes.ts';

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
])('"%s" is read as %s, where six digits are expected', (typed, code) => {
  expect(tidyCode(typed, 6)).toBe(code);
});
