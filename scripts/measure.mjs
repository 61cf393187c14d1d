/**
 * `npm run bench [WORD]`: the figures as ratios, each beside its floor, in one run; WORD picks the rows that have it.
 * `npm run timing`: does the time an answer takes tell whether a name is somebody's? Printed, never a test.
 */
import { forNode } from './bundle.mjs';
import { findNode, run } from './node.mjs';
import { build as buildServer, installPackages } from './ready.mjs';

const [what, ...args] = process.argv.slice(2);
await installPackages();
await buildServer();
// Not before the packages are there.
const { build } = await import('esbuild');
await build({ ...forNode, outdir: 'dist', entryPoints: { [what]: `bench/${what}.ts` } });
process.exitCode = await run(findNode(), [`dist/${what}.js`, ...args]);
