import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';

export const kinds = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof kinds)[number];

/** An empty database of one kind, gone with the process that keeps it. */
export async function emptyDatabase(kind: DatabaseKind): Promise<Database> {
  return openDatabase(kind === 'sqlite' ? 'sqlite::memory:' : await newPostgres());
}

/** The address of an empty PostgreSQL database, for processes that open it themselves. */
export async function newPostgres(): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = `sallyport_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}
