import { expect, test } from 'vitest';
import { framesOf, framesPerSecond, readingTime, strokes, travelTime } from './timing.ts';

const seconds = (frames: Iterable<{ readonly seconds: number }>) =>
  [...frames].reduce((sum, frame) => sum + frame.seconds, 0);

test('a film takes as long as its shots, to the nearest frame, however many they are', () => {
  const shots = Array.from({ length: 100 }, (_, look) => ({ look, over: 33, hold: 77 }));
  expect(seconds(framesOf(shots))).toBeCloseTo(11, 1);
});

test('what moves has a picture in every frame, what stands has one a second', () => {
  const frames = [
    ...framesOf([
      { look: 'a', over: 0, hold: 2_400 },
      { look: 'b', over: 200, hold: 0 },
    ]),
  ];
  expect(frames.map(({ from, to, seconds }) => [from, to, seconds])).toEqual([
    ['a', 'a', 1],
    ['a', 'a', 1],
    ['a', 'a', 0.4],
    ...Array(framesPerSecond / 5).fill(['a', 'b', 1 / framesPerSecond]),
  ]);
  const parts = frames.slice(3).map(({ part }) => part);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.every((part) => part > 0 && part < 1)).toBe(true);
});

test('nothing is no film, and takes no time', () => {
  expect([...framesOf([])]).toEqual([]);
});

test('a text is typed forwards, ends whole, and takes no longer than two seconds', () => {
  for (const text of ['7', '123456', 'correct horse battery staple', 'x'.repeat(500)]) {
    const typed = strokes(text);
    expect(typed.at(-1)?.typed).toBe(text);
    expect(typed.every((stroke, at) => stroke.typed.startsWith(typed[at - 1]?.typed ?? ''))).toBe(true);
    expect(typed.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThan(2_000);
  }
  expect(strokes('')).toEqual([]);
});

test('longer captions stay longer, none is over before it is read, and a pointer never hurries', () => {
  expect(readingTime('Sign in')).toBeGreaterThanOrEqual(1_300);
  expect(readingTime('Approve the first push, seeing what it is for')).toBeGreaterThan(readingTime('Sign in'));
  expect(readingTime('word '.repeat(100))).toBeLessThan(5_000);
  expect(travelTime({ x: 0, y: 0 }, { x: 1280, y: 720 })).toBeGreaterThan(travelTime({ x: 0, y: 0 }, { x: 9, y: 9 }));
});
