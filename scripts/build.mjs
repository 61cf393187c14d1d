/** Builds `dist/`: the server as one file, and the assets a browser loads. */
import { globSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { forNode } from './bundle.mjs';

await rm('dist', { recursive: true, force: true });

await build({ ...forNode, outdir: 'dist', entryPoints: { server: 'src/main.ts' }, sourcemap: 'linked' });

// The demo application: an ordinary one, so it is built by itself.
await build({ ...forNode, outdir: 'dist', entryPoints: { tracker: 'examples/tracker/server.ts' } });
await copyFile('examples/tracker/tracker.css', 'dist/tracker.css');

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
