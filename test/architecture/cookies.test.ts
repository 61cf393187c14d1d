import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cookies } from '../../src/http/cookies.ts';

test('the page about cookies tells of every cookie there is, and of no other', () => {
  const told = [...readFileSync('docs/cookies.md', 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(
    Object.values(cookies)
      .map(({ name }) => name)
      .sort(),
  );
});
