/** Runs once around all tests: what they share is started here, handed out by `inject`, and ended here. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { asking, listClosed } from './databases.ts';
import { startPostgres } from './postgres.ts';
import { findChromium } from './programs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A cluster that lives as long as this run; a test makes its own schema or database in it. */
    postgresUrl: string;
    /** The path of the browser. */
    chromium: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Whatever a test puts aside goes there, and goes with it; the database's own user has to get through.
  const aside = mkdtempSync(join(tmpdir(), 'sallyport-tests-'));
  chmodSync(aside, 0o711);
  process.env['TMPDIR'] = aside;

  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium here. `npm test` installs it.');

  if (existsSync('src/main.ts') && !existsSync('dist/assets')) {
    execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  }

  const postgres = await startPostgres();
  await asking(postgres.url, listClosed);
  project.provide('chromium', chromium);
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(aside, { recursive: true, force: true, maxRetries: 5 });
  };
}
