/** `npm test`: installs what is missing, builds, and runs every test; the last line is `N passed, N failed`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNode, run } from './node.mjs';
import { build, installPackages } from './ready.mjs';

// Nothing has passed before it ran: a run that ends early ends as a failure.
let counts = { passed: 0, failed: 1, notRun: [] };
process.on('exit', () => {
  for (const name of counts.notRun) console.log(`Counted as failed, for it did not run: ${name}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  if (counts.failed) process.exitCode ||= 1;
});

await installPackages();
const node = findNode();
const lacking = await run(node, ['scripts/machine.mjs']);
if (lacking) process.exit(lacking);
await build();

const folder = mkdtempSync(join(tmpdir(), 'sallyport-tally-'));
const tally = join(folder, 'counts.json');
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./test/support/tally.ts'];
const code = await run(node, [...vitest, ...process.argv.slice(2)], { ...process.env, SALLYPORT_TALLY: tally });

try {
  counts = JSON.parse(readFileSync(tally, 'utf8'));
} catch {
  console.error('The tests came to no end.');
}
rmSync(folder, { recursive: true });
if (code && !counts.failed) {
  console.error(`No test failed, and yet vitest ended with ${code}: see above.`);
  counts.failed = 1;
}
process.exitCode = code;
