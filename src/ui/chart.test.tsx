import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Bars, Columns, Curve, topOf } from './chart.tsx';

const words = { table: 'The numbers', name: 'Day', value: 'Number', none: 'not known' };
const given = (values: readonly (number | null)[]) => ({
  id: 'tried',
  title: 'Tried',
  about: 'All of it.',
  points: values.map((value, n) => ({ name: `day ${n}`, value })),
  say: (n: number) => `${n} times`,
  brief: String,
  below: ['then', 'now'],
  words,
});
const columns = (...values: readonly (number | null)[]) => renderToString(<Columns {...given(values)} />);
const curve = (...values: readonly (number | null)[]) => renderToString(<Curve {...given(values)} />);
const heights = (html: string) =>
  [...html.matchAll(/<rect class=.plain[^>]* height="([\d.]+)%"/g)].map(([, h]) => Number(h));
const rows = (html: string) =>
  [...html.matchAll(/<th scope="row">(.*?)<\/th><td>(.*?)<\/td>/g)].map(([, a, b]) => `${a}: ${b}`);

test.each([
  [[], 2],
  [[0, null], 2],
  [[1], 2],
  [[2], 2],
  [[3], 4],
  [[7], 8],
  [[10], 10],
  [[11], 12],
  [[13], 16],
  [[17], 20],
  [[100], 100],
  [[101], 120],
  [[1047], 1200],
  [[999], 1000],
  [[1000], 1000],
  [[1_000_000, 3], 1_000_000],
  [[Number.NaN, -5, Number.POSITIVE_INFINITY, 5], 6],
])('the scale for %j ends at %d', (values, top) => {
  expect(topOf(values)).toBe(top);
});

test('a column is as high as its part of the scale, and the day that goes on is drawn otherwise', () => {
  const html = columns(10, 5, 0, 2);
  expect(heights(html)).toEqual([100, 50, 20]);
  expect(html.match(/going-on/g)).toHaveLength(1);
});

test('beside one huge day the others are still to be seen, and nothing is nothing', () => {
  expect(heights(columns(1_000_000, 1, 0, 2))).toEqual([100, 1.5, 1.5]);
});

test.each([
  ['no days', []],
  ['nothing on any day', [0, 0, 0]],
  ['nothing known', [null, Number.NaN, -1, Number.POSITIVE_INFINITY]],
])('%s: a sentence and no picture', (_, values) => {
  for (const html of [columns(...values), curve(...values)])
    expect(html).toBe('<p class="nothing soft">All of it.</p>');
});

test('the table says every number as it is said, the newest first, and what is not known', () => {
  const said = ['day 3: not known', 'day 2: not known', 'day 1: 7 times', 'day 0: not known'];
  expect(rows(columns(null, 7, Number.NaN, -2))).toEqual(said);
  expect(rows(curve(null, 7, Number.NaN, -2))).toEqual(said);
});

test('a line begins where something is known, and one day alone is a point', () => {
  expect(curve(null, 0, 50, 100)).toContain('d="M33.33 100L66.67 50L100 0"');
  expect(curve(5)).toContain('cx="100%"');
  expect(curve(null, null, 5)).not.toContain('NaN');
});

test('a screen reader hears the title and the sentence, and nothing is drawn by a style or a script', () => {
  for (const html of [columns(1, 2), curve(1, 2)]) {
    expect(html).toContain('role="img" aria-labelledby="tried-title" aria-describedby="tried-about"');
    expect(html).toContain('<title id="tried-title">Tried</title><desc id="tried-about">All of it.</desc>');
    expect(html).not.toMatch(/style=|<script|NaN|Infinity|undefined/);
  }
});

test('a name is text, whatever stands in it', () => {
  const html = renderToString(<Columns {...given([1])} points={[{ name: '<b>"&', value: 1 }]} />);
  expect(html).not.toContain('<b>');
});

test('bars are as long as their part of all, and none is longer than the whole', () => {
  const bar = (value: number) => ({
    name: `of ${value}`,
    value,
    said: String(value),
    part: '',
    tone: 'plain' as const,
  });
  const lengths = (values: readonly number[]) =>
    [
      ...renderToString(<Bars title="" name="" value="" bars={values.map(bar)} />).matchAll(
        /class="plain" width="([\d.]+)%"/g,
      ),
    ].map(([, length]) => Number(length));
  expect(lengths([3, 1])).toEqual([75, 25]);
  expect(lengths([0, 0])).toEqual([0, 0]);
  expect(lengths([1_000_000, 1, 0])).toEqual([100, 1.5, 0]);
  expect(lengths([Number.NaN, 4])).toEqual([0, 100]);
  expect(lengths([])).toEqual([]);
});
