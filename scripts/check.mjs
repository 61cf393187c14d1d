/** `npm run check`: all that can be said about the code without running it. A row each; all are run, whatever fails. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { findNode } from './node.mjs';
import { installPackages } from './ready.mjs';

await installPackages();

const code = ['src', 'test', 'bench', 'examples'].filter((folder) => existsSync(folder));

const checks = [
  { name: 'types', command: ['tsc'] },
  { name: 'style', command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=50'] },
  { name: 'walls', command: ['depcruise', '--config', '.dependency-cruiser.mjs', ...code] },
  { name: 'dead code', command: ['knip'] },
  { name: 'documents', command: ['node', 'scripts/documents.mjs', '--check'] },
];

// The tools are scripts that ask PATH for their Node: ours comes first.
const PATH = [dirname(findNode()), resolve('node_modules/.bin'), process.env.PATH].join(delimiter);

let failed = 0;
for (const { name, command } of checks) {
  const [program, ...args] = command;
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, PATH },
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'failed'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (status === 0) continue;
  failed += 1;
  console.log(error?.message ?? `${stdout}${stderr}`);
}
process.exitCode = failed ? 1 : 0;
