import { expect, test } from 'vitest';
import { instantOf } from '../kernel/clock.ts';
import { type Day, dayIn, dayOf, daysUpTo } from './day.ts';

test.each([
  ['2026-01-15T23:30:00Z', 'UTC', '2026-01-15'],
  ['2026-01-15T23:30:00Z', 'Europe/Berlin', '2026-01-16'],
  ['2026-01-15T18:29:00Z', 'Asia/Kolkata', '2026-01-15'],
  ['2026-01-15T18:30:00Z', 'Asia/Kolkata', '2026-01-16'],
  ['2026-03-29T22:30:00Z', 'Europe/Berlin', '2026-03-30'],
  ['0099-03-29T12:00:00Z', 'UTC', '0099-03-29'],
])('%s in %s is on %s', (at, zone, day) => {
  expect(dayOf(instantOf(at), zone)).toBe(day);
});

test('days follow one another over the end of a month, a year, and the nights when clocks change', () => {
  expect(daysUpTo('2026-01-02' as Day, 4)).toEqual(['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']);
  expect(daysUpTo('2024-03-01' as Day, 3)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
  const year = daysUpTo('2026-12-31' as Day, 365);
  expect([year[0], new Set(year).size]).toEqual(['2026-01-01', 365]);
  expect(daysUpTo('2026-01-02' as Day, 0)).toEqual([]);
});

test('a day is said as people write it', () => {
  expect(dayIn('en', '2026-11-03' as Day)).toBe('3 November');
  expect(dayIn('de', '2026-11-03' as Day)).toBe('3. November');
  expect(dayIn('en', '2026-11-03' as Day, 'short')).toBe('3 Nov');
});
