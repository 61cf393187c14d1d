import { expect, test } from 'vitest';
import { type Instant, minutes, seconds } from '../kernel/clock.ts';
import { usualLimits, waitAfter } from './send-limits.ts';

const now = 1_700_000_000_000 as Instant;
/** Sent so many seconds ago, the newest first. */
const ago = (...many: readonly number[]) => many.map((one) => (now - seconds(one)) as Instant);

test.each([
  ['nothing was sent', [], 0],
  ['one, just now', [0], 60],
  ['one, 59 s ago', [59], 1],
  ['one, a minute ago', [60], 0],
  ['three in the last ten minutes', [60, 200, 300], 300],
  ['three, the first ten minutes ago', [60, 200, 600], 0],
  ['five in the last hour', [601, 1000, 2000, 3000, 3500], 100],
  ['five, the first an hour ago', [601, 1000, 2000, 3000, 3600], 0],
  ['ten in the last day', [3601, 7000, 8000, 9000, 10_000, 20_000, 30_000, 40_000, 50_000, 86_399], 1],
  ['ten, the first a day ago', [3601, 7000, 8000, 9000, 10_000, 20_000, 30_000, 40_000, 50_000, 86_400], 0],
])('%s', (_, sent, wait) => {
  expect(waitAfter(ago(...sent), now, usualLimits)).toBe(seconds(wait));
});

test('a house has limits of its own', () => {
  const two = [{ sends: 2, withinMinutes: 5 }];
  expect(waitAfter(ago(10), now, two)).toBe(0);
  expect(waitAfter(ago(10, 100), now, two)).toBe(seconds(200));
});

test('whoever asks whenever they may gets ten in a day, never more', () => {
  const sent: Instant[] = [];
  for (let at = now; at < now + minutes(24 * 60); at = (at + seconds(10)) as Instant)
    if (waitAfter(sent, at, usualLimits) === 0) sent.unshift(at);
  expect(sent).toHaveLength(10);
});
