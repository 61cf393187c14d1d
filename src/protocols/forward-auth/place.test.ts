import fc from 'fast-check';
import { expect, test } from 'vitest';
import { siteSettings } from '../../core/sites/settings.ts';
import type { Instant } from '../../kernel/clock.ts';
import { askAt, placeOf } from './place.ts';

const origin = 'https://wiki.example';
const siteWith = (...rules: readonly object[]) => siteSettings.parse({ id: 'wiki', name: 'Wiki', origin, rules });
const asked = (rules: readonly object[], path: string, method = 'GET') => {
  const place = placeOf([siteWith(...rules)], { url: origin + path, method });
  return place && askAt(place, 600_000 as Instant);
};

test('whatever is sent as an address, a browser would read the same path in it, or it is refused', () => {
  const sites = [siteWith()];
  const marks = ['/', '..', '.', '%2e', '%2f', ';', '\\', '%5c', '%25', 'admin', 'Admin', '%61', '?', '#', '\t'];
  const part = fc.oneof(fc.constantFrom(...marks), fc.string({ maxLength: 3 }));
  const check = fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
    const url = `${origin}/${parts.join('')}`;
    const place = placeOf(sites, { url, method: 'GET' });
    if (place !== null) expect(decodeURIComponent(new URL(url).pathname)).toBe(place.path);
  });
  fc.assert(check, { seed: 20_260_115, numRuns: 5000 });
});

test('of all rules that match, the strictest counts, whatever their order', () => {
  const rules = [
    { paths: ['/a'], require: 'phr' },
    { paths: ['/a/b'], require: 'mfa', withinMinutes: 5 },
    { withinMinutes: 9 },
  ];
  for (const order of [rules, [...rules].reverse()]) {
    expect(asked(order, '/')).toMatchObject({ level: null, notBefore: 60_000 });
    expect(asked(order, '/a/')).toMatchObject({ level: 3, notBefore: 60_000 });
    expect(asked(order, '/a/b/c')).toMatchObject({ level: 3, notBefore: 300_000 });
  }
});

test('a rule for some methods is for HEAD as for GET, and for methods that no rule can name', () => {
  const rules = [{ methods: ['GET'], require: 'mfa' }];
  expect(['GET', 'HEAD', 'PROPFIND', 'POST', 'get', ''].map((method) => asked(rules, '/', method)?.level)).toEqual([
    2,
    2,
    2,
    null,
    undefined,
    undefined,
  ]);
});

test('a path that some site would take for one with a rule asks what the rule asks', () => {
  const rules = [{ paths: ['/Admin/x'], require: 'mfa' }];
  const alike = [
    '/admin/x',
    '/ADMIN/X/y',
    '/admin/x%20',
    '/admin./x',
    '/admin%20/x./y',
    '/admin/x%3Fy',
    '/admin/x%23',
    '/%EF%BD%81dmin/x',
  ];
  expect(alike.map((path) => [path, asked(rules, path)?.level])).toEqual(alike.map((path) => [path, 2]));
  const others = ['/admin', '/admin/xy', '/admin%3F/x', '/', '/x/admin/x'];
  expect(others.map((path) => [path, asked(rules, path)?.level])).toEqual(others.map((path) => [path, null]));
  // A fullwidth slash, fullwidth dots, and a sign that is taken for three.
  const twofold = ['/x%EF%BC%8Fy', '/x/%EF%BC%8E%EF%BC%8E/admin', '/%E2%84%80'];
  expect(twofold.map((path) => [path, asked(rules, path)])).toEqual(twofold.map((path) => [path, null]));
});
