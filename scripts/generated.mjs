/** Pages that are made from the code, so that neither can say what the other does not. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { forNode } from './bundle.mjs';

/** What modules of ours export. @param contents import and export statements, as from the folder of the project */
export async function exportsOf(contents, name) {
  const outfile = resolve('node_modules/.cache', `${basename(name)}.mjs`);
  await build({ stdin: { contents, resolveDir: '.' }, ...forNode, outfile, logLevel: 'warning' });
  const exported = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return exported;
}

/** Writes the page; with `--check` it writes nothing, and fails when the page is old. */
export function keepPage(page, text, script) {
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, text);
  } else if (read(page) !== text) {
    console.error(`${page} is not what the code says: node ${script} writes it again.`);
    process.exitCode = 1;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
