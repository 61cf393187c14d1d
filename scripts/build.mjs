/** Builds `dist/`: the server as one file, and the assets a browser loads. */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });

await build({
  entryPoints: { server: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text' },
  packages: 'external',
  sourcemap: 'linked',
});

await build({
  entryPoints: ['src/ui/styles.css', 'src/ui/enhance.browser.ts', 'src/ui/mark.svg'],
  loader: { '.svg': 'copy' },
  entryNames: '[name]',
  outdir: 'dist/assets',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
});
