import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before the rest is read: Node keeps what it makes of it, and starts sooner and smaller the next time.
enableCompileCache(join(import.meta.dirname, 'compiled'));
const { run } = await import('./cli/run.ts');

await run(process.argv.slice(2));
