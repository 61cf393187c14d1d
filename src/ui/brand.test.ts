import { describe, expect, test } from 'vitest';
import { brandSettings, stylesOf } from './brand.ts';
import { contrast } from './contrast.ts';

describe('what an installation shows of itself', () => {
  // Figures of WCAG 2.2's own definition: black on white, and the grey that just suffices.
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('%s on %s has a contrast of %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });

  test('a colour that tired eyes cannot read is refused, and told why', () => {
    const given = (light: string, dark: string) => brandSettings.safeParse({ accent: { light, dark } });
    expect(given('#0b57d0', '#a8c7fa').success).toBe(true);
    for (const [light, dark] of [
      ['#a8c7fa', '#a8c7fa'],
      ['#0b57d0', '#0b57d0'],
      ['#0b57d0', '#287dff'],
      ['#dc0f46', '#a8c7fa'],
      ['blue', '#a8c7fa'],
      ['#0b57d0;}', '#a8c7fa'],
    ] as const)
      expect([light, dark, given(light, dark).success]).toEqual([light, dark, false]);
    expect(given('#ffff00', '#a8c7fa').error?.issues[0]?.message).toMatch(/cannot be read on #ffffff/);
  });

  test('what is written on it can be read too', () => {
    const { accent } = brandSettings.parse({ accent: { light: '#0b57d0', dark: '#a8c7fa' } });
    expect(stylesOf({ name: 'House', accent })).toBe(
      ':root{--accent:light-dark(#0b57d0,#a8c7fa);--on-accent:light-dark(#ffffff,#101214)}\n',
    );
    expect(stylesOf({ name: 'House' })).toBeNull();
  });

  test('links lead to pages and mailboxes, and run nothing', () => {
    for (const help of ['https://help.example.org', 'mailto:help@example.org'])
      expect(brandSettings.safeParse({ help }).success).toBe(true);
    for (const help of ['javascript:alert(1)', 'data:text/html,x', '/help', 'help@example.org'])
      expect([help, brandSettings.safeParse({ help }).success]).toEqual([help, false]);
  });
});
