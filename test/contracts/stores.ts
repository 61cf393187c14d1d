import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe } from 'vitest';
import { openMeans } from '../../src/app.ts';
import type { Account } from '../../src/core/accounts/store.ts';
import { newId } from '../../src/kernel/ids.ts';
import { settings } from '../../src/settings.ts';
import type { Handle, Transaction } from '../../src/store/database.ts';
import type { Means } from '../../src/store/means.ts';
import { type TestClock, testClock } from '../support/clock.ts';
import { emptyDatabase, kinds } from '../support/databases.ts';

export interface Opened {
  readonly means: Means;
  readonly clock: TestClock;
  readonly read: Handle;
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What a store promises, tried on both databases: each test on an empty one. */
export function onBoth(what: string, tests: (open: () => Promise<Opened>) => void): void {
  describe.each(kinds)(`${what}, on %s`, (kind) => {
    const opened: Means[] = [];
    afterEach(async () => {
      for (const { database } of opened.splice(0)) await database.close();
    });
    tests(async () => {
      const clock = testClock();
      const data = mkdtempSync(join(tmpdir(), 'sallyport-contract-'));
      const means = await openMeans(settings.parse({ publicUrl: 'http://localhost:4000', data }), {
        clock,
        database: await emptyDatabase(kind),
      });
      opened.push(means);
      const { database } = means;
      return { means, clock, read: database.read, write: (work) => database.transaction(work) };
    });
  });
}

export const account = (means: Means, username: string, more: Partial<Account> = {}): Account => ({
  id: newId<'account'>(means.chance),
  username,
  email: null,
  name: username,
  groups: [],
  role: null,
  language: 'en',
  disabledAt: null,
  createdAt: means.clock.now(),
  ...more,
});
