/** What has to be there before anything of ours runs. Runs on old Nodes, with nothing installed. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findNode, run } from './node.mjs';

/** Installs the packages, unless those that are here are at least as new as the lock. */
export async function installPackages() {
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const code = await run('npm', ['ci', '--loglevel=error']);
  if (code) process.exit(code);
}

/** Builds `dist/`, unless it is at least as new as everything it is made from. */
export async function build() {
  const built = Math.min(changed('dist/server.js'), changed('dist/assets'));
  if (
    built >=
    Math.max(...['src', 'examples', 'scripts/build.mjs', 'scripts/bundle.mjs', 'package-lock.json'].map(changedWithin))
  )
    return;
  console.log('Building dist/ …');
  const code = await run(findNode(), ['scripts/build.mjs']);
  if (code) process.exit(code);
}

const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** Folders count too: theirs is the only time that tells of a file taken away. */
function changedWithin(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return changed(path);
  return Math.max(changed(path), ...readdirSync(path).map((name) => changedWithin(join(path, name))));
}
