import { expect, test } from 'vitest';
import { moneyIn, numberIn, roughlyIn, shareIn } from './number.ts';

test.each([
  [0, '0%'],
  [1 / 20_000, '<0.1%'],
  [0.004, '0.4%'],
  [0.234, '23%'],
  [0.996, '99.6%'],
  [1 - 1 / 20_000, '>99.9%'],
  [1, '100%'],
])('a share of %d is %s: what is little is not nothing, and nearly all is not all', (share, said) => {
  expect(shareIn('en', share)).toBe(said);
});

test('numbers are grouped as people read them', () => {
  expect([numberIn('en', 1_204_000), numberIn('de', 1_204_000)]).toEqual(['1,204,000', '1.204.000']);
  expect([roughlyIn('en', 1_200_000), roughlyIn('en', 950)]).toEqual(['1.2m', '950']);
});

test('money is written as people write it, with as many digits as its currency has', () => {
  expect([moneyIn('en', 1077.1, 'EUR'), moneyIn('en', 1077.1, 'JPY')]).toEqual(['€1,077.10', 'JP¥1,077']);
  expect(moneyIn('de', 1077.1, 'EUR')).toBe('1.077,10\u00a0€');
});
