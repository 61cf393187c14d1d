/** Plays scenarios before the camera, and writes the pages that show their films: see videos.mjs. */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { bookOf, contentsOf, indexOf } from '../test/films/guide.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string', default: 'films' }, from: { type: 'string', default: 'test/scenarios/*.test.ts' } },
});
const wanted = positionals.join(' ');
const folder = resolve(values.to);
const films = join(folder, 'films');

/** M-1 is not M-10. */
const pattern = new RegExp(`^${wanted.replaceAll(/[^\w\s]/g, '\\$&')}${wanted === '' ? '' : '(?![0-9A-Za-z])'}`);
/** A behaviour's scenarios are in files that begin with its number; other files need not be read. */
const files = globSync(values.from);
const own = files.filter((file) => basename(file).startsWith(`${wanted.split(' ')[0].toLowerCase()}-`));

// The same letters on every machine that has them.
process.env.FONTCONFIG_FILE = resolve('test/films/fonts.conf');

const recorded = new Set();
const failures = [];
const progress = {
  onTestCaseReady: ({ name }) => pattern.test(name) && process.stdout.write(`Filming  ${name} …\n`),
  onTestCaseResult(test) {
    const { film } = test.meta();
    const { state, errors = [] } = test.result();
    if (film !== undefined && state === 'passed') {
      recorded.add(film.title);
      process.stdout.write(
        `  filmed ${film.steps.length} steps, ${film.seconds} s, ${Math.ceil(film.bytes / 1000)} kB\n`,
      );
    } else if (state === 'failed') {
      failures.push(test.name);
      process.stdout.write(`  FAILED, no film: ${errors.map(({ message }) => message).join('; ')}\n`);
    }
  },
  onTestRunEnd(modules, unhandled) {
    const broken = [...unhandled, ...modules.flatMap((module) => module.errors())];
    failures.push(...broken.map(({ message }) => message));
    for (const { message } of broken) process.stdout.write(`  FAILED: ${message}\n`);
  },
};

const vitest = await startVitest('test', [], {
  watch: false,
  include: own.length > 0 ? own : files,
  testNamePattern: pattern,
  provide: { films },
  reporters: [progress],
  fileParallelism: false,
});
await vitest?.close();

// What was to be filmed and was not has no film any more.
const onFile = () => globSync(join(films, '*/film.json')).sort();
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
for (const file of onFile()) {
  const { title } = read(file);
  if (pattern.test(title) && !recorded.has(title)) rmSync(dirname(file), { recursive: true });
}
if (recorded.size > 0) writePages(onFile().map(read));
if (failures.length === 0 && recorded.size === 0) process.stdout.write(`No scenario begins with "${wanted}".\n`);
process.exitCode = failures.length > 0 || recorded.size === 0 ? 1 : 0;

function writePages(all) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), indexOf(all, readFileSync('src/ui/styles/tokens.css', 'utf8')));
  writeFileSync(join(folder, 'README.md'), contentsOf(all));
  for (const [page, text] of bookOf(all)) writeFileSync(join(folder, page), text);
  process.stdout.write(`${all.length} films: ${join(folder, 'index.html')}\n`);
}
