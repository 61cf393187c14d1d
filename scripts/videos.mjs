/**
 * `npm run videos [-- P]`: films every scenario whose title begins so (P, M-3, …; all, if none is named), after
 * installing what is missing. Films, pictures, an index and the pages of the guide go to `films/`, or to `--to FOLDER`.
 */
import { findNode, run } from './node.mjs';
import { build, installPackages } from './ready.mjs';

await installPackages();
const node = findNode();
const lacking = await run(node, ['scripts/machine.mjs']);
if (lacking) process.exit(lacking);
await build();
process.exitCode = await run(node, ['scripts/film.mjs', ...process.argv.slice(2)]);
