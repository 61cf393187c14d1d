import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import optionsOf from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, expect, test } from 'vitest';

/** A wall, and one way of breaking it: this file imports that one. */
const planted: readonly (readonly [wall: string, file: string, imports: string])[] = [
  ['kernel-looks-down-only', 'src/kernel/clock.ts', '../store/database.ts'],
  ['config-looks-down-only', 'src/config/load.ts', '../core/policies/schema.ts'],
  ['store-looks-down-only', 'src/store/migrate.ts', '../core/accounts/store.ts'],
  ['ui-looks-down-only', 'src/ui/layout.tsx', '../http/cookies.ts'],
  ['flow-looks-down-only', 'src/flow/next-step.ts', '../store/database.ts'],
  ['otp-looks-down-only', 'src/otp/replay.ts', '../methods/method.ts'],
  ['methods-looks-down-only', 'src/methods/totp/index.ts', '../../core/sessions/store.ts'],
  ['core-looks-down-only', 'src/core/accounts/store.ts', '../../methods/method.ts'],
  ['http-looks-down-only', 'src/http/serve.ts', '../proving/run.ts'],
  ['proving-looks-down-only', 'src/proving/run.ts', '../surfaces/sign-in/routes.ts'],
  ['protocols-looks-down-only', 'src/protocols/oidc/routes.ts', '../../surfaces/sign-in/routes.ts'],
  ['surfaces-looks-down-only', 'src/surfaces/portal/routes.ts', '../../protocols/oidc/routes.ts'],
  ['nobody-knows-the-top', 'src/core/accounts/store.ts', '../../app.ts'],
  ['flow-is-pure', 'src/flow/table.ts', 'node:crypto'],
  ['flow-lends-types-only', 'src/methods/totp/index.ts', '../../flow/next-step.ts'],
  ['methods-are-strangers', 'src/methods/totp/index.ts', '../password/index.ts'],
  ['methods-have-one-door', 'src/surfaces/sign-in/routes.ts', '../../methods/totp/index.ts'],
  ['registry-uses-the-door', 'src/methods/index.ts', './totp/rules.ts'],
  ['method-rules-are-pure', 'src/methods/totp/rules.ts', '../../store/database.ts'],
  ['drivers-in-store-only', 'src/core/accounts/store.ts', 'pg'],
  ['examples-are-strangers', 'examples/tracker.ts', '../src/kernel/clock.ts'],
  ['test-tools-in-tests', 'src/core/accounts/store.ts', '../../../test/support/clock.ts'],
  ['shipped-packages-only', 'src/core/accounts/store.ts', 'fast-check'],
  ['no-cycles', 'src/kernel/clock.ts', './clock.ts'],
  ['no-orphans', 'src/kernel/forgotten.ts', ''],
];

/** What the walls must let through: every step of the way down, types from the flow, tests that look behind a door. */
const innocent: readonly (readonly [file: string, imports: string])[] = [
  ['src/main.ts', './app.ts'],
  ['src/app.ts', './surfaces/sign-in/routes.ts'],
  ['src/surfaces/sign-in/routes.ts', '../../proving/run.ts'],
  ['src/surfaces/sign-in/routes.ts', '../../house.ts'],
  ['src/proving/run.ts', '../methods/index.ts'],
  ['src/methods/index.ts', './totp/index.ts'],
  ['src/methods/totp/index.ts', './rules.ts'],
  ['src/methods/totp/rules.ts', 'otpauth'],
  ['src/methods/totp/store.ts', '../../store/database.ts'],
  ['src/methods/method.ts', 'type ../flow/facts.ts'],
  ['src/store/database.ts', 'pg'],
  ['src/methods/totp/rules.test.ts', 'fast-check'],
  ['test/scenarios/step-up.test.ts', '../../src/methods/totp/driver.ts'],
  ['examples/tracker.ts', 'fastify'],
];

const options = await optionsOf(resolve('.dependency-cruiser.mjs'));
const walls = options.ruleSet?.forbidden ?? [];
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test.each(planted)('%s', async (wall, file, imports) => {
  expect(await brokenBy([[file, imports]])).toEqual([wall]);
});

test('every wall has its planted violation', () => {
  expect(planted.map(([wall]) => wall).toSorted()).toEqual(walls.map(({ name }) => name).toSorted());
});

test('an innocent house breaks none', async () => {
  expect(await brokenBy(innocent)).toEqual([]);
});

test('every wall says why it stands', () => {
  for (const { name, comment } of walls) expect(comment, name).toMatch(/^[A-Z].+[.]$/);
});

/** The names of the walls that a house with these imports breaks. */
async function brokenBy(imports: readonly (readonly [file: string, imports: string])[]): Promise<string[]> {
  const house = mkdtempSync(join(tmpdir(), 'sallyport-walls-'));
  folders.push(house);
  for (const name of ['node_modules', 'package.json', 'tsconfig.json']) symlinkSync(resolve(name), join(house, name));

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${text}\n`, { flag: 'a' });
  };
  for (const [file, imported] of imports) {
    const path = imported.replace('type ', '');
    if (path.startsWith('.')) write(join(dirname(file), path), '');
    const kind = imported.startsWith('type ') ? 'type { X }' : 'X';
    write(file, path && `import ${kind} from '${path}';\nexport { X };`);
  }

  const { output } = await cruise(['.'], { ...options, baseDir: house });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
}
