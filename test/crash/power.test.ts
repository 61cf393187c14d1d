import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';

type Done = (failure: Error | null) => void;

/** The disk, for as long as the test keeps it waiting. */
const disk = vi.hoisted(() => ({ waiting: [] as Done[] }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  fdatasync: (_: number, done: Done) => disk.waiting.push(done),
}));

const answers = (done: Error | null) => disk.waiting.shift()?.(done);

test('a change is acknowledged once the disk has it, and not when the disk refuses', async () => {
  const database = openDatabase(`sqlite:${join(mkdtempSync(join(tmpdir(), 'sallyport-power-')), 'test.db')}`);
  const acknowledged: string[] = [];
  const change = (what: string) =>
    database
      .transaction((tx) => sql.raw(`create table ${what} (id integer)`).execute(tx))
      .then(() => acknowledged.push(what));

  const first = change('one');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  expect(acknowledged).toEqual([]);
  answers(null);
  await first;
  expect(acknowledged).toEqual(['one']);

  const second = change('two');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  answers(new Error('EIO'));
  await expect(second).rejects.toThrow('EIO');
  await expect(change('three')).rejects.toThrow('EIO');
  expect(acknowledged).toEqual(['one']);
  await database.close();
});
