import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';

export const kinds = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof kinds)[number];

/** A database of one kind that has no schema yet. */
export const blankDatabase = async (kind: DatabaseKind): Promise<Database> =>
  openDatabase(kind === 'sqlite' ? 'sqlite::memory:' : await newPostgres());

/** A database of one kind with nothing in it, for whoever brings its schema up to date. */
export const emptyDatabase = async (kind: DatabaseKind): Promise<Database> =>
  kind === 'sqlite' ? blankDatabase(kind) : recycled();

/** The address of a new PostgreSQL database, for processes that open it themselves. */
export const newPostgres = (): Promise<string> => asking(inject('postgresUrl'), create);

/**
 * A PostgreSQL database that another test closed, without what that test left there: to make one and its schema takes
 * fifty times as long as to empty it. Those that wait to be used again are listed in the cluster itself, for all workers.
 */
async function recycled(): Promise<Database> {
  const cluster = inject('postgresUrl');
  const url = await asking(cluster, async (client) => (await take(client)) ?? create(client));
  await asking(url, empty);
  const database = openDatabase(url);
  return {
    ...database,
    async close() {
      await database.close();
      await asking(cluster, (client) => client.query('insert into closed (url) values ($1)', [url]));
    },
  };
}

export const listClosed = (client: pg.Client) => client.query('create table closed (url text primary key)');

async function take(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ url: string }>(
    'delete from closed where url = (select url from closed limit 1 for update skip locked) returning url',
  );
  return rows[0]?.url;
}

async function create(client: pg.Client): Promise<string> {
  const name = `sallyport_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** Takes every row away, whatever refers to it; which migrations were applied stays known. */
async function empty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select quote_ident(tablename) as table from pg_tables
     where schemaname = 'public' and tablename <> 'schema_migration'`,
  );
  await client.query('set session_replication_role = replica');
  await client.query(rows.map(({ table }) => `delete from ${table}`).join(';'));
}

export async function asking<Result>(url: string, ask: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return ask(client).finally(() => client.end());
}
