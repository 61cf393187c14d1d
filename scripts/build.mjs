/** Builds `dist/`: the server, and the assets a browser loads. */
import { globSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { forNode } from './bundle.mjs';

await rm('dist', { recursive: true, force: true });

await build({
  ...forNode,
  outdir: 'dist',
  entryPoints: { server: 'src/main.ts' },
  sourcemap: 'linked',
  // What is imported on demand is a file of its own, and stays on the disk until then.
  splitting: true,
  // The text stays in memory: without the comments it is half as long, and ASCII, of which V8 keeps a byte a letter.
  minifyWhitespace: true,
  legalComments: 'linked',
  // So that a stack still names a line that one can read.
  lineLimit: 120,
});

// The demo applications and the simulator are strangers to the server, so each is built by itself.
const examples = {
  tracker: 'examples/tracker/server.ts',
  storeroom: 'examples/storeroom/server.ts',
  wiki: 'examples/wiki/server.ts',
  'duo-simulator': 'examples/duo-simulator/server.ts',
};
await build({ ...forNode, outdir: 'dist', entryPoints: examples });
for (const file of [
  'tracker/tracker.css',
  'storeroom/storeroom.css',
  'wiki/wiki.css',
  'duo-simulator/phones.css',
  'duo-simulator/phones.js',
])
  await copyFile(`examples/${file}`, `dist/${basename(file)}`);

await build({
  entryPoints: [
    'src/ui/styles.css',
    'src/ui/enhance.browser.ts',
    'src/ui/mark.svg',
    ...globSync('src/methods/*/*.browser.ts'),
  ],
  loader: { '.svg': 'copy' },
  entryNames: '[name]',
  outdir: 'dist/assets',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
});
