import { expect, test } from 'vitest';
import { systemChance } from '../../kernel/chance.ts';
import { grouped, howMany, newCodes, selectorOf, tidy } from './rules.ts';

test('fifteen codes, each told apart by its first two characters', () => {
  for (let sheet = 0; sheet < 50; sheet++) {
    const codes = newCodes(systemChance);
    expect(codes).toHaveLength(howMany);
    expect(new Set(codes.map(selectorOf)).size).toBe(howMany);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  }
});

test('what is printed is read, and what is misread too (Crockford)', () => {
  const code = 'FK6SY9541SJ3E0HB';
  expect(grouped(code)).toBe('FK6S-Y954-1SJ3-E0HB');
  for (const typed of [
    grouped(code),
    code.toLowerCase(),
    ' fk6s y954 1sj3 e0hb ',
    'FK6S-Y954-lSJ3-EOHB',
    'FK6SY954ISJ3E0HB',
  ])
    expect([typed, tidy(typed)]).toEqual([typed, code]);
});

test.each(['', 'FK6S', 'FK6SY9541SJ3E0HBX', 'FK6SY9541SJ3E0H!', 'UUUUUUUUUUUUUUUU', '%%%%%%%%%%%%%%%%'])(
  '"%s" cannot be a code',
  (typed) => {
    expect(tidy(typed)).toBeNull();
  },
);
