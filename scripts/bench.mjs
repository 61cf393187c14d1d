/** `npm run bench [WORD]`: the figures as ratios, each beside its floor, in one run; WORD picks the rows that have it. */
import { build } from 'esbuild';
import { findNode, run } from './node.mjs';
import { build as buildServer, installPackages } from './ready.mjs';

await installPackages();
await buildServer();
await build({
  entryPoints: ['bench/run.ts'],
  outfile: 'dist/bench.js',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text' },
  packages: 'external',
});
process.exitCode = await run(findNode(), ['dist/bench.js', ...process.argv.slice(2)]);
