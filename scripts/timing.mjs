/** `npm run timing`: does the time an answer takes tell whether a name is somebody's? Printed, never a test. */
import { build } from 'esbuild';
import { findNode, run } from './node.mjs';
import { build as buildServer, installPackages } from './ready.mjs';

await installPackages();
await buildServer();
await build({
  entryPoints: ['bench/timing.ts'],
  outfile: 'dist/timing.js',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text' },
  packages: 'external',
});
process.exitCode = await run(findNode(), ['dist/timing.js', ...process.argv.slice(2)]);
