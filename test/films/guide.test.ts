import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bookOf, contentsOf, type Filmed, indexOf, nameOf } from './guide.ts';

const filmed = (title: string): Filmed => ({
  ...{ title, seconds: 75, bytes: 1 },
  steps: [{ caption: 'Type <your> name', picture: '01.webp' }],
});
const films = ['M-10 Another way', 'M-2 Backup codes', 'M-2 New ones', 'Sign in: out again'].map(filmed);

test('a behaviour has a page, with a chapter for each film of it, in the order of the numbers', () => {
  const book = bookOf(films);
  expect([...book.keys()]).toEqual(['m-2.md', 'm-10.md', 'sign-in-out-again.md']);
  expect(book.get('m-2.md')).toContain('# M-2 Backup codes');
  expect(book.get('m-2.md')).toContain('# M-2 New ones');
  expect(book.get('m-2.md')).toContain('films/m-2-new-ones/01.webp');
});

test('the list and the index lead to every film, and take no caption for markup', () => {
  const index = indexOf(films, '');
  for (const { title } of films) {
    expect(contentsOf(films)).toContain(`[1:15](films/${nameOf(title)}/film.webm)`);
    expect(index).toContain(`src="films/${nameOf(title)}/film.webm"`);
  }
  expect(index).toContain('Type &lt;your&gt; name');
});

test('the guide shows each film in the steps its scenario has, and small; else: npm run videos -- P --to docs/guide', () => {
  const scenarios = globSync('test/scenarios/*.test.ts').map((file) => readFileSync(file, 'utf8'));
  for (const file of globSync('docs/guide/films/*/film.json')) {
    const { title, bytes, steps }: Filmed = JSON.parse(readFileSync(file, 'utf8'));
    const source = scenarios.find((text) => text.includes(title)) ?? '';
    for (const { caption } of steps) expect(source, title).toContain(caption);
    expect(bytes).toBeLessThanOrEqual(1_000_000);
  }
});

test('the guide for people names buttons and pages as they are called', () => {
  const words = globSync('src/**/*words.ts').map((file) => readFileSync(file, 'utf8'));
  const guide = readFileSync('docs/guide/ways-to-sign-in.md', 'utf8').replaceAll('\n', ' ');
  const named = [...guide.matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(20);
  for (const name of named)
    expect(
      words.some((text) => text.includes(name)),
      name,
    ).toBe(true);
});
