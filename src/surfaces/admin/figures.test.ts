import { expect, test } from 'vitest';
import type { Kind } from '../../core/tallies/store.ts';
import { type Day, daysUpTo } from '../../ui/day.ts';
import { ranksOf, seriesOf, sharesOf } from './figures.ts';

const span = daysUpTo('2026-03-02' as Day, 4);
const [first, second, , last] = span as unknown as [Day, Day, Day, Day];
const tally = (day: Day, name: string, number: number, kind: Kind = 'sign-in') => ({ kind, day, name, number });
const numbers = (series: ReturnType<typeof seriesOf>) => series.map(({ number }) => number);

test('a day on which nothing was counted is a zero, and what lies outside is left out', () => {
  const counted = [tally(first, 'a', 3), tally(first, 'b', 4), tally(last, 'a', 1), tally('2020-01-01' as Day, 'a', 9)];
  expect(numbers(seriesOf(counted, span))).toEqual([7, 0, 0, 1]);
  expect(numbers(seriesOf(counted, span, 'a'))).toEqual([3, 0, 0, 1]);
  expect(numbers(seriesOf([], span))).toEqual([0, 0, 0, 0]);
});

test('the most frequent comes first, all days together', () => {
  const counted = [tally(first, 'a', 3), tally(second, 'b', 5), tally(last, 'a', 4)];
  expect(ranksOf(counted)).toEqual([
    { name: 'a', number: 7 },
    { name: 'b', number: 5 },
  ]);
  expect(ranksOf([])).toEqual([]);
});

test('a share is of those who may sign in; a day without a number is as the day before, and none is known before the first', () => {
  const stood = (day: Day, resistant: number, weak: number) => [
    tally(day, 'resistant', resistant, 'people'),
    tally(day, 'phishable', 0, 'people'),
    tally(day, 'weak', weak, 'people'),
    tally(day, 'disabled', 1000, 'people'),
  ];
  expect(numbers(sharesOf([...stood(second, 1, 3), ...stood(last, 3, 1)], span))).toEqual([null, 25, 25, 75]);
  expect(numbers(sharesOf(stood(first, 0, 0), span))).toEqual([null, null, null, null]);
  expect(numbers(sharesOf([], span))).toEqual([null, null, null, null]);
});
