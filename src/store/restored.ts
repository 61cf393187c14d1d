import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { Transaction } from './database.ts';

/**
 * What an owner does to what it keeps when the database came back from a backup: what was used up, ended or taken back since
 * would live again.
 */
export type AfterRestore = (tx: Transaction, now: Instant) => Promise<void>;

/** Nothing of these tables outlives a restore. */
export const emptied =
  (...tables: readonly string[]): AfterRestore =>
  async (tx) => {
    for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(tx);
  };
