import { PostgresDialect } from 'kysely';
import pg from 'pg';

const bigint = 20;

/** @param url `postgres://user:password@host:port/database` */
export function postgres(url: string): PostgresDialect {
  // Instants are bigint in the database and stay below 2^53, so a number holds them exactly.
  pg.types.setTypeParser(bigint, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 }) });
}
