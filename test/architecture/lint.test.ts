import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** What the code of the house may not say, where, and the rule that refuses it. */
const refused: readonly (readonly [rule: string, file: string, says: string])[] = [
  ['noRestrictedGlobals', 'src/core/time.ts', 'export const now = () => Date.now();'],
  ['noRestrictedGlobals', 'src/kernel/time.ts', 'export const now = () => new Date();'],
  ['noRestrictedGlobals', 'src/core/wait.ts', 'export const wait = (done: () => void) => setTimeout(done, 1);'],
  ['noRestrictedGlobals', 'src/core/again.ts', 'export const again = (done: () => void) => setInterval(done, 1);'],
  ['noRestrictedGlobals', 'src/core/call.ts', "export const call = () => fetch('http://127.0.0.1');"],
  ['noJsRestrictedProperties', 'src/core/dice.ts', 'export const dice = () => Math.random();'],
  ['noJsRestrictedProperties', 'src/core/detour.ts', 'export const now = () => globalThis.Date.now();'],
  ['noRestrictedImports', 'src/core/token.ts', "export { randomBytes } from 'node:crypto';"],
  ['noRestrictedImports', 'src/core/pause.ts', "export { setTimeout } from 'node:timers/promises';"],
  ['noProcessEnv', 'src/core/home.ts', "export const home = process.env['HOME'];"],
  ['noConsole', 'src/core/chat.ts', "export const chat = () => console.log('hello');"],
  ['noExplicitAny', 'src/core/any.ts', 'export const same = (it: any) => it;'],
  ['noNonNullAssertion', 'src/core/sure.ts', 'export const sure = (it?: string) => it!.length;'],
  ['noDefaultExport', 'src/core/default.ts', 'export default 1;'],
  [
    'noFloatingPromises',
    'src/core/float.ts',
    'const save = async () => {};\n\nexport const go = () => {\n  save();\n};',
  ],
  ['useFilenamingConvention', 'src/core/CamelCase.ts', 'export const name = 1;'],
  ['useImportExtensions', 'src/core/bare.ts', "export { same } from './kind';"],
  ['noUnusedVariables', 'src/core/unused.ts', 'const unused = 1;'],
];

/** What may be said where it is at home. */
const welcome: readonly (readonly [file: string, says: string])[] = [
  ['src/kernel/clock.ts', 'export const now = () => Date.now();'],
  ['src/kernel/timers.ts', 'export const wait = (done: () => void) => setTimeout(done, 1);'],
  ['src/kernel/http.ts', "export const call = () => fetch('http://127.0.0.1');"],
  ['src/kernel/chance.ts', "export { randomBytes } from 'node:crypto';"],
  ['src/config/load.ts', "export const home = process.env['HOME'];"],
  ['src/cli/main.ts', "export const chat = () => console.log('hello');"],
  ['src/core/kind.ts', 'export const same = (it: unknown) => it;'],
  ['vitest.config.ts', 'export default {};'],
];

const house = mkdtempSync(join(tmpdir(), 'sallyport-lint-'));
afterAll(() => rmSync(house, { recursive: true }));
const complaints = complaintsOf([...refused.map(([, file, says]) => [file, says] as const), ...welcome]);

test.each(refused)('%s: %s', (rule, file) => {
  expect(complaints.filter((complaint) => complaint.file === file).map((complaint) => complaint.rule)).toEqual([rule]);
});

test('each has its one home', () => {
  const homes = new Set(welcome.map(([file]) => file));
  expect(complaints.filter(({ file }) => homes.has(file))).toEqual([]);
});

/** All that Biome has to say about a house with these files. */
function complaintsOf(files: readonly (readonly [file: string, says: string])[]): { file: string; rule: string }[] {
  copyFileSync('biome.json', join(house, 'biome.json'));
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'));
  for (const [file, says] of files) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${says}\n`);
  }
  const biome = [
    resolve('node_modules/@biomejs/biome/bin/biome'),
    'check',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  const { stdout } = spawnSync(process.execPath, biome, { cwd: house, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as Report;
  return diagnostics.map(({ category, location }) => ({ file: location.path, rule: category.split('/').at(-1) ?? '' }));
}

interface Report {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}
