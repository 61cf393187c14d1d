import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/kernel/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { isCurrent, migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/tables.ts';
import { blankDatabase, kinds, newPostgres } from '../support/databases.ts';
import { command } from '../support/server-process.ts';

describe.each(kinds)('the schema, on %s', (kind) => {
  test('three processes that start at once bring it up to date together', { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-migrate-'));
    const url = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    const variables = { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: url };
    const ended = await Promise.all([1, 2, 3].map(() => command(['user', 'list'], variables)));
    expect(ended.map(({ code, err }) => [code, err])).toEqual([1, 2, 3].map(() => [0, '']));
    const database = openDatabase(url);
    expect(await isCurrent(database, migrations)).toBe(true);
    expect(await migrate(database, migrations, systemClock)).toEqual([]);
    await database.close();
  });

  test('an edited migration is refused, and so is a database that a newer version wrote', async () => {
    const database = await blankDatabase(kind);
    await migrate(database, migrations, systemClock);
    const [first, ...rest] = migrations;
    if (first === undefined) throw new Error('none');
    const edited = [{ ...first, sql: `${first.sql}\n-- a word more` }, ...rest];
    await expect(migrate(database, edited, systemClock)).rejects.toThrow(/was edited after it was applied/);
    await expect(migrate(database, rest, systemClock)).rejects.toThrow(/written by a newer one/);
    expect(await isCurrent(database, [...migrations, { name: 'x/0001', sql: '' }])).toBe(false);
    await database.close();
  });

  test('a migration that fails leaves nothing behind', async () => {
    const database = await blankDatabase(kind);
    const broken = [
      { name: 'a/0001', sql: 'create table a (id text);' },
      { name: 'b/0001', sql: 'create table b (id text);\ncreate tabel c (id text);' },
    ];
    await expect(migrate(database, broken, systemClock)).rejects.toThrow();
    expect(await migrate(database, broken.slice(0, 1), systemClock)).toEqual(['a/0001']);
    await database.close();
  });
});
