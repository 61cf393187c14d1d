import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../kernel/clock.ts';
import type { Database, Transaction } from './database.ts';

/** A step of the schema: plain SQL that both databases read, never edited once released. */
export interface Migration {
  /** `owner/0001-what-it-does`, also its name in the database. */
  readonly name: string;
  readonly sql: string;
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Tables = {
  schema_migration: { name: string; checksum: string; applied_at: number };
};

/** Any number: all processes that start together take the same one. */
const lock = 7_205_759;

/**
 * Brings the schema up to date in one transaction; several processes may start at once.
 * @returns the names of the migrations applied now
 * @throws MigrationError when an applied migration was edited or is not known here
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[],
  clock: Clock,
): Promise<readonly string[]> {
  return database.transaction(async (tx) => {
    if (database.kind === 'postgres') await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
    await run(
      tx,
      'create table if not exists schema_migration (name text primary key, checksum text not null, applied_at bigint not null)',
    );
    const own = tx.withTables<Tables>();
    const applied = await own.selectFrom('schema_migration').selectAll().execute();
    refuseSurprises(migrations, applied);

    const known = new Set(applied.map((row) => row.name));
    const missing = migrations.filter(({ name }) => !known.has(name));
    for (const migration of missing) {
      await run(tx, migration.sql);
      await own
        .insertInto('schema_migration')
        .values({ name: migration.name, checksum: checksum(migration), applied_at: clock.now() })
        .execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** Has every migration been applied, and none that is not known here? */
export async function isCurrent(database: Database, migrations: readonly Migration[]): Promise<boolean> {
  const applied = await database.read.withTables<Tables>().selectFrom('schema_migration').select('name').execute();
  const names = new Set(applied.map(({ name }) => name));
  return names.size === migrations.length && migrations.every(({ name }) => names.has(name));
}

function refuseSurprises(
  migrations: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum: then } of applied) {
    const migration = byName.get(name);
    if (migration === undefined)
      throw new MigrationError(
        `the database has the migration ${name}, which this version does not know: it was written by a newer one`,
      );
    if (checksum(migration) !== then) throw new MigrationError(`the migration ${name} was edited after it was applied`);
  }
}

const checksum = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex');

/** Statements end with a semicolon at the end of a line. */
async function run(tx: Transaction, text: string): Promise<void> {
  for (const statement of text.split(/;\s*$/m)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(tx);
  }
}
