import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Where a method may be named besides its own folder, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'src/methods/index.ts': 'the registry: a line each',
  'src/cli/demo-accounts.ts': 'the demo gives its people something to show',
  'src/cli/demo.ts': 'the demo has a policy that names them all',
  'src/core/delivery/mail/settings.ts': 'what a mail server wants happens to be called so',
  'src/core/directory/settings.ts': 'what a directory wants happens to be called so',
  'src/cli/user-add.ts': 'an account begins with a password',
  'src/http/logging.ts': 'a field that is never logged happens to be called so',
  'src/protocols/scim/user.ts': 'an attribute that programs send happens to be called so (RFC 7643, 4.1.1)',
  'src/core/plugins/settings.ts': 'what a field of a plugin’s holds happens to be called so',
  'src/protocols/privacyidea/routes.ts': 'what a field of a plugin’s holds happens to be called so',
  'src/protocols/privacyidea/shapes.ts': 'privacyIDEA has that word for every code that is shown',
  'src/cli/run.ts': 'a rescue sets a password when nothing else is said',
};

const shipped = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path}`)
  .filter(
    (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^src\/flow\/(journeys|laws\/every-facts|mutants)/.test(path),
  );

const methods = readdirSync('src/methods', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Its name as a value, or a way into its folder; an input's type is not ours to name. */
const names = (path: string, method: string): boolean =>
  readFileSync(path, 'utf8')
    .split('\n')
    .some((line) => (line.includes(`'${method}'`) && !/\btype\b/.test(line)) || line.includes(`/${method}/index.ts`));

test.each(methods)('%s is its folder and one line of the registry', (method) => {
  const places = shipped.filter((path) => !path.startsWith(`src/methods/${method}/`) && names(path, method));
  expect(places.filter((path) => !(path in elsewhere))).toEqual([]);
  const lines = readFileSync('src/methods/index.ts', 'utf8').split('\n');
  expect(lines.filter((line) => line.includes(`./${method}/`))).toHaveLength(1);
});

test('a method takes some fifteen files at most, all of them in one folder', () => {
  for (const method of methods) {
    const files = shipped.filter((path) => path.startsWith(`src/methods/${method}/`));
    expect([method, files.length <= 16]).toEqual([method, true]);
  }
});
