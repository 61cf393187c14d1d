import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Log, noLog } from './synced.ts';

const bigint = 20;

/** @param url `postgres://user:password@host:port/database` */
export function postgres(url: string): { dialect: PostgresDialect; log: Log } {
  // Instants are bigint in the database and stay below 2^53, so a number holds them exactly.
  pg.types.setTypeParser(bigint, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
  // An idle connection that the server ends is replaced at the next query; unheard, its error would end the process.
  pool.on('error', () => undefined);
  return { dialect: new PostgresDialect({ pool }), log: noLog };
}
