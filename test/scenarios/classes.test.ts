import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Letters bring their own styles: no other sheet reaches them. */
const letters = 'src/core/delivery/';
const read = (pattern: string): string =>
  globSync(pattern)
    .filter((file) => !file.startsWith(letters))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** Comments say things about classes; only selectors define them. */
const css = read('src/ui/styles/*.css').replaceAll(/\/\*[\s\S]*?\*\//g, '');
const defined = new Set([...css.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)].map(([, name]) => name ?? ''));

const pages = read('src/**/*.tsx');
const used = new Set([...pages.matchAll(/class="([^"]*)"/g)].flatMap(([, text = '']) => text.split(/\s+/)));

test('every class that a page uses has a style', () => {
  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
});

test('every style is used by a page', () => {
  // Some are put together from pieces or set by a script: the word at least must stand in the code, in quotes.
  const code = pages + read('src/**/*.ts');
  const quoted = (name: string) => new RegExp(`['"\`][^'"\`\\n]*\\b${name}\\b[^'"\`\\n]*['"\`]`).test(code);
  expect([...defined].filter((name) => !used.has(name) && !quoted(name))).toEqual([]);
});
