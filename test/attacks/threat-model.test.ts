import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/threat-model.md', 'utf8');
const rows = [...page.matchAll(/^\| (T\d\d) \|.*\]\(\.\.\/(test\/[\w/-]+\.test\.ts)\) \|$/gm)].map(
  ([, number, file]) => ({
    number: number ?? '',
    file: file ?? '',
  }),
);

test('every attack of the page is tried where the page says', () => {
  for (const { number, file } of rows)
    expect([number, readFileSync(file, 'utf8')]).toEqual([number, expect.stringContaining(`'${number}: `)]);
});

test('every attack that is tried stands on the page', () => {
  const tried = ['test/attacks', 'test/oidc', 'test/saml']
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('threat-model.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'(T\d\d): /g)].map(([, number]) => number));
  expect(new Set(rows.map(({ number }) => number))).toEqual(new Set(tried));
});

test('every guard the page names is there', () => {
  for (const [, path] of page.matchAll(/`((?:\w[\w-]*\/)+[\w-]+\.tsx?)`/g))
    expect([path, readFileSync(`src/${path}`, 'utf8').length > 0]).toEqual([path, true]);
});
