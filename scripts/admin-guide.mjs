/** Takes the pictures of `docs/guide/admin`, by the tests that look at every page: `npm run admin-guide`. Needs ffmpeg. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

const to = 'docs/guide/admin';
/** The walks that stay among the pages of whoever runs the house. */
const walks = 'in en-GB.*every page about ';

const pictures = mkdtempSync(join(tmpdir(), 'admin-guide-'));
const vitest = await startVitest('test', ['test/scenarios/every-page'], {
  watch: false,
  testNamePattern: walks,
  provide: { pictures },
});
await vitest.close();
if (process.exitCode) process.exit();

const folder = join(pictures, 'en-GB');
const first = 'light, 1280.png';
const pages = readdirSync(folder)
  .filter((file) => file.endsWith(first))
  .map((file) => ({ name: file.slice(0, -`, ${first}`.length), at: statSync(join(folder, file)).mtimeMs }))
  .sort((a, b) => a.at - b.at);

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const { name } of pages) sheet(name);
writeFileSync(
  join(to, 'README.md'),
  [
    '# The pages of whoever runs the house',
    '',
    '<!-- Made by `npm run admin-guide` from test/scenarios; not written by hand. -->',
    '',
    'Each in light and dark, on a wide screen and on a narrow one of 320 pixels.',
    ...pages.flatMap(({ name }) => ['', `## ${titled(name)}`, '', `![${titled(name)}](${slugOf(name)}.webp)`]),
    '',
  ].join('\n'),
);
rmSync(pictures, { recursive: true });
console.log(`${pages.length} pages are in ${to}.`);

/** The four pictures of a page side by side, the wide ones at half their size, none longer than it is worth. */
function sheet(name) {
  const kinds = ['light, 1280', 'dark, 1280', 'light, 320', 'dark, 320'];
  const inputs = kinds.flatMap((kind) => ['-i', join(folder, `${name}, ${kind}.png`)]);
  const fit = (width) => `scale=${width}:-1,crop=${width}:'min(ih,900)':0:0,pad=${width + 16}:900:0:0:color=0x808080`;
  const parts = kinds.map((kind, at) => `[${at}]${fit(kind.endsWith('320') ? 320 : 640)}[p${at}]`);
  const filter = `${parts.join(';')};[p0][p1][p2][p3]hstack=4`;
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-y', ...inputs, '-filter_complex', filter],
    ...['-c:v', 'libwebp', '-quality', '82', join(to, `${slugOf(name)}.webp`)],
  ]);
}

function titled(name) {
  return name[0].toUpperCase() + name.slice(1);
}

function slugOf(name) {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
