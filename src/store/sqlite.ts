import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect } from 'kysely';
import { type Log, logOf, noLog } from './synced.ts';

interface Prepared {
  readonly statement: StatementSync;
  /** Does it answer with rows? */
  readonly reader: boolean;
}

/** Kysely speaks to `node:sqlite` through this: a cache of prepared statements, and transactions that write from the start. */
function spoken(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, Prepared>();
  const prepare = (text: string): Prepared => {
    // Two processes may share the file: whoever means to write says so first, or both would wait for the other.
    const statement = database.prepare(text === 'begin' ? 'begin immediate' : text);
    if (prepared.size > 500) prepared.clear();
    // Asked once: it costs more than many a query.
    const kept = { statement, reader: statement.columns().length > 0 };
    prepared.set(text, kept);
    return kept;
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const { statement, reader } = prepared.get(text) ?? prepare(text);
      const values = (given: readonly unknown[]) => given as readonly SQLInputValue[];
      return {
        reader,
        all: (given) => statement.all(...values(given)),
        run: (given) => statement.run(...values(given)),
        iterate: (given) => statement.iterate(...values(given)),
      };
    },
  };
}

/** @param file a path, or `:memory:` */
export function sqlite(file: string): { dialect: SqliteDialect; log: Log } {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  // NORMAL: a commit leaves it to us to wait for the disk, which FULL would do each time with everybody standing still.
  // Every 4000 pages the log goes into the database, while all wait: less often, and pages written again go once.
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 4000;');
  const dialect = new SqliteDialect({ database: spoken(database) });
  return { dialect, log: file === ':memory:' ? noLog : logOf(file) };
}
