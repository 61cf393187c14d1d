/** Runs once around all tests: what they share is started here, handed out by `inject`, and ended here. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
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
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium here. `npm test` installs it.');

  if (existsSync('src/main.ts') && !existsSync('dist/assets')) {
    execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  }

  const postgres = await startPostgres();
  project.provide('chromium', chromium);
  project.provide('postgresUrl', postgres.url);
  return postgres.stop;
}
