import { expect, test } from 'vitest';
import { pick, systemChance } from './chance.ts';

test('every character of an alphabet comes up about as often as any other', () => {
  const alphabet = '0123456789abcdef!';
  const counts = new Map<string, number>();
  for (const character of pick(systemChance, alphabet, 170_000))
    counts.set(character, (counts.get(character) ?? 0) + 1);
  // Ten thousand each; six standard deviations are 600.
  for (const character of alphabet) expect(Math.abs((counts.get(character) ?? 0) - 10_000)).toBeLessThan(600);
});

test('a byte that would favour the first characters is thrown away', () => {
  const chance = { bytes: (length: number) => Buffer.alloc(length, 255).fill(7, 1) };
  expect(pick(chance, '0123456789', 3)).toBe('777');
});

test('nothing is given out twice, however much is asked for', () => {
  const lengths = Array.from({ length: 2000 }, (_, at) => (at % 97 === 0 ? 5000 : 16 + (at % 17)));
  const given = lengths.map((length) => systemChance.bytes(length));
  expect(given.map(({ length }) => length)).toEqual(lengths);
  const beginnings = given.map((bytes) => bytes.toString('hex').slice(0, 32));
  expect(new Set(beginnings).size).toBe(lengths.length);
  // What was wiped would be nothing but zeros.
  expect(given.some((bytes) => bytes.includes(Buffer.alloc(8)))).toBe(false);
});
