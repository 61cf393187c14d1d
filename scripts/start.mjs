/** `npm start`: on any Node, with nothing installed, to a running demonstration. */
import { findNode, run, sparing } from './node.mjs';
import { build, installPackages } from './ready.mjs';

await installPackages();
await build();
process.exitCode = await run(findNode(), [...sparing, 'dist/server.js', 'demo', ...process.argv.slice(2)]);
