/**
 * How esbuild puts our TypeScript into files that Node runs: one way for the server and for what measures it. Packages
 * are put in too: a file is found and read in half the time of hundreds, and what nobody calls is left out.
 */
export const forNode = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text' },
  // Machine code, what would be machine code, what is read only when it is needed, and what only tests have.
  external: ['@node-rs/argon2', '@node-rs/bcrypt', 'pg-native', '@zxcvbn-ts/language-common', 'vitest'],
  // Older packages ask for `require` and for where they are, which ES modules have not.
  banner: {
    js: [
      "import { createRequire as requireFrom } from 'node:module';",
      'const require = requireFrom(import.meta.url);',
      'const { filename: __filename, dirname: __dirname } = import.meta;',
    ].join('\n'),
  },
};
