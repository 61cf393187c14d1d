#!/usr/bin/env -S node --max-semi-space-size=8
/** The command `sallyport`. Whatever Node started it, what follows runs on one that is new enough. */
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough, run, sparing } from '../scripts/node.mjs';

if (isNewEnough()) await import('../dist/server.js');
else process.exitCode = await run(findNode(), [...sparing, fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
