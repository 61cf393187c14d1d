import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, sql } from 'kysely';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';

/** Something to ask: the database itself or a transaction on it. Each owner adds its own tables by `withTables`. */
export type Handle = Kysely<object>;

/** A transaction: what happens in it happens whole or not at all. */
export type Transaction = Handle & { readonly isTransaction: true };

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Outside any transaction. Inside one use its own handle: SQLite has a single writer and would wait for itself. */
  readonly read: Handle;
  /** Commits when `work` ends, rolls back when it throws; durable before it resolves. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * The transactions of `work` wait for the disk once, all together, before this resolves or throws: nothing that rests on
   * them may leave the process before.
   */
  together<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param url `sqlite:PATH`, `sqlite::memory:` or `postgres://...` */
export function openDatabase(url: string): Database {
  const kind = url.startsWith('sqlite:') ? 'sqlite' : 'postgres';
  const { dialect, log } = kind === 'sqlite' ? sqlite(url.slice('sqlite:'.length)) : postgres(url);
  const read = new Kysely<object>({ dialect });
  const shared = new AsyncLocalStorage<Wait>();
  const settle = async (after: readonly (() => void)[]): Promise<void> => {
    await log.synced();
    for (const one of after) one();
  };
  return {
    kind,
    read,
    async transaction(work) {
      const after: (() => void)[] = [];
      const result = await read.transaction().execute((kysely) => {
        const tx = kysely as unknown as Transaction;
        afterwards.set(tx, after);
        return work(tx);
      });
      const wait = shared.getStore();
      if (wait === undefined || wait.over) await settle(after);
      else wait.commits.push(after);
      return result;
    },
    async together(work) {
      const wait: Wait = { commits: [], over: false };
      try {
        return await shared.run(wait, work);
      } finally {
        wait.over = true;
        if (wait.commits.length > 0) await settle(wait.commits.flat());
      }
    },
    async close() {
      await read.destroy();
      await log.close();
    },
  };
}

/** What several transactions have left to do once the disk has them; when it is over, whoever commits waits by themselves. */
interface Wait {
  readonly commits: (readonly (() => void)[])[];
  over: boolean;
}

const afterwards = new WeakMap<Transaction, (() => void)[]>();

/** Does it once this transaction is there for certain; never, when it was rolled back. */
export function afterCommit(tx: Transaction, work: () => void): void {
  afterwards.get(tx)?.push(work);
}

/** Does the database answer? @throws whatever the driver says when it does not. */
export async function ping(database: Database): Promise<void> {
  await sql`select 1`.execute(database.read);
}

/** What time the database thinks it is, in milliseconds; null where it has no clock of its own. */
export async function databaseTime({ kind, read }: Database): Promise<number | null> {
  if (kind === 'sqlite') return null;
  const { rows } = await sql<{
    now: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(read);
  return rows[0]?.now ?? null;
}
