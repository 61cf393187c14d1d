import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const house = mkdtempSync(join(tmpdir(), 'sallyport-method-'));
afterAll(() => rmSync(house, { recursive: true }));

/** Runs one of our tools in the copy. @returns what it complained of */
function complaints(script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(script), ...args], {
    cwd: house,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

test('the method of the tutorial, under two other names, compiles, is in style and keeps every promise', () => {
  for (const name of ['src', 'tsconfig.json', 'biome.json', 'vitest.config.ts', 'package.json'])
    cpSync(name, join(house, name), { recursive: true });
  for (const name of ['test', 'dist', 'examples', 'bench']) cpSync(name, join(house, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'));
  for (const name of ['phrase', 'paper-note']) expect(complaints('scripts/new-method.mjs', name, house)).toBe('');
  expect(complaints('scripts/new-method.mjs', 'phrase', house)).toContain('there already');
  expect(complaints('scripts/new-method.mjs', '../up', house)).not.toBe('');

  expect(complaints('node_modules/typescript/bin/tsc', '-p', '.')).toBe('');
  const biome = ['check', '--error-on-warnings', 'src/methods/phrase', 'src/methods/paper-note'];
  expect(complaints('node_modules/@biomejs/biome/bin/biome', ...biome)).toBe('');
  const vitest = ['run', 'src/methods/conformance', '-t', 'phrase|paper-note'];
  expect(complaints('node_modules/vitest/vitest.mjs', ...vitest)).toBe('');
}, 180_000);
