import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/store/database.ts';
import { testClock } from '../test/support/clock.ts';
import { openOn, type Sallyport } from '../test/support/open.ts';

/** Sallyport on a durable SQLite file, as an installation has it; only its clock is turned by hand. */
export async function benchHouse(config: Record<string, unknown> = {}): Promise<Sallyport> {
  const data = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const sallyport = await openOn(
    openDatabase(`sqlite:${join(data, 'bench.db')}`),
    { data, ...config },
    { clock: testClock(Date.now()) },
  );
  return {
    ...sallyport,
    async close() {
      await sallyport.close();
      rmSync(data, { recursive: true });
    },
  };
}
