import { expect, test } from 'vitest';
import { type Box, browser, captionSize, column, device, film, fit, viewport, within } from './layout.ts';

const right = ({ x, width }: Box) => x + width;
const bottom = ({ y, height }: Box) => y + height;

test('the browser, what is told and what lies beside it stand in the picture, and not over each other', () => {
  for (const box of [browser, column, device]) {
    expect(box.x).toBeGreaterThan(0);
    expect(right(box)).toBeLessThan(film.width);
    expect(bottom(box)).toBeLessThan(film.height);
  }
  expect(right(browser)).toBeLessThan(column.x);
});

test('a page is shown pixel for pixel: its measures are whole', () => {
  expect([viewport.width % 1, viewport.height % 1]).toEqual([0, 0]);
});

test('a caption of any length stays above the device', () => {
  const lineHeight = 1.24;
  for (const caption of ['Sign in', 'word '.repeat(9), 'word '.repeat(15), 'word '.repeat(20)]) {
    const size = captionSize(caption.trim());
    // Bold letters are a little more than half as wide as they are high.
    const lines = Math.ceil((caption.length * size * 0.56) / column.width);
    expect(column.y + 54 + lines * size * lineHeight).toBeLessThanOrEqual(device.y);
  }
});

test('a phone is never drawn larger than it is, and a press on it lands where it is drawn', () => {
  const tall = { width: 400, height: 968 };
  const box = fit(tall, device);
  expect(box).toMatchObject({ height: device.height, width: 200 });
  expect(fit({ width: 100, height: 100 }, device)).toMatchObject({ width: 100, height: 100 });
  expect(within(box, tall, { x: 200, y: 484 })).toEqual({
    x: device.x + device.width / 2,
    y: device.y + device.height / 2,
  });
});
