/** How esbuild puts our TypeScript into files that Node runs: one text for the server and for what measures it. */
export const forNode = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text' },
  packages: 'external',
};
