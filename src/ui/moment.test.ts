import { expect, test } from 'vitest';
import type { Instant } from '../kernel/clock.ts';
import { momentIn, zoneIn } from './moment.ts';

const at = (text: string) => Date.parse(text) as Instant;
const wall = { now: at('2026-01-15T09:00:00Z'), timeZone: 'Europe/Berlin' };

test.each([
  ['2026-01-15T08:05:00Z', 'today at 09:05', 'heute um 09:05 Uhr'],
  ['2026-01-14T17:04:00Z', 'yesterday at 18:04', 'gestern um 18:04 Uhr'],
  ['2026-01-15T23:30:00Z', 'tomorrow at 00:30', 'morgen um 00:30 Uhr'],
  ['2026-01-03T09:00:00Z', '3 January at 10:00', '3. Januar um 10:00 Uhr'],
  ['2025-11-03T09:00:00Z', '3 November 2025 at 10:00', '3. November 2025 um 10:00 Uhr'],
])('%s in words: %s, %s', (moment, english, german) => {
  expect(momentIn('en', at(moment), wall)).toBe(english);
  expect(momentIn('de', at(moment), wall)).toBe(german);
});

test('the zone has the name that people write', () => {
  expect(zoneIn('en', wall.now)).toMatch(/^[A-Z]/);
});
