import { sql } from 'kysely';
import { type Instant, never } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import throttleSql from './0001-throttle.sql';
import { type Schedule, type ScheduleName, schedules } from './schedules.ts';

export const migrations: readonly Migration[] = [{ name: 'throttle/0001', sql: throttleSql }];

type Tables = { throttle: { budget: string; failures: number; blocked_until: number; failed_at: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** One counter of guesses. */
export interface Budget {
  readonly key: string;
  readonly schedule: ScheduleName;
}

export type Charge =
  | { readonly is: 'charged'; readonly failures: number }
  | { readonly is: 'blocked'; readonly until: Instant };

/**
 * Counts a guess before it is looked at, in the caller's own transaction. Whoever comes while the budget is blocked is
 * not counted and not looked at; a burst of thousands is let through no faster than one after the other.
 */
export async function charge(tx: Transaction, { key, schedule }: Budget, now: Instant): Promise<Charge> {
  const row = await own(tx)
    .insertInto('throttle')
    .values({ budget: key, failures: 1, blocked_until: 0, failed_at: now })
    .onConflict((conflict) =>
      conflict
        .column('budget')
        .doUpdateSet({
          failures: sql`throttle.failures + 1`,
          blocked_until: blockedUntil(schedules[schedule], now),
          failed_at: now,
        })
        .where('throttle.blocked_until', '<=', now),
    )
    .returning('failures')
    .executeTakeFirst();
  if (row !== undefined) return { is: 'charged', failures: row.failures };
  const until = await findBlock(tx, key, now);
  return { is: 'blocked', until: until ?? now };
}

/** `case when failures + 1 >= 100 then … end`, the last row of the schedule first. */
function blockedUntil(schedule: Schedule, now: Instant) {
  const rows = [...schedule]
    .reverse()
    .map(
      ({ from, wait }) =>
        sql`when throttle.failures + 1 >= ${sql.lit(from)} then ${sql.lit(Math.min(now + wait, never))}`,
    );
  return sql<number>`case ${sql.join(rows, sql` `)} else 0 end`;
}

/** Takes one guess back: it was no guess, or we could not look at it. What others are blocked for stays. */
export async function refund(tx: Transaction, { key, schedule }: Budget): Promise<void> {
  const free = schedules[schedule][0]?.from ?? 0;
  await own(tx)
    .updateTable('throttle')
    .set({
      failures: sql`failures - 1`,
      blocked_until: sql`case when failures <= ${sql.lit(free)} then 0 else blocked_until end`,
    })
    .where('budget', '=', key)
    .where('failures', '>', 0)
    .execute();
}

/** Starts anew: after a right answer, or by hand. */
export async function clear(tx: Transaction, key: string): Promise<void> {
  await own(tx).deleteFrom('throttle').where('budget', '=', key).execute();
}

/** Until when the budget is blocked; null when it is not. */
export async function findBlock(handle: Handle, key: string, now: Instant): Promise<Instant | null> {
  const row = await own(handle)
    .selectFrom('throttle')
    .select('blocked_until')
    .where('budget', '=', key)
    .executeTakeFirst();
  return row !== undefined && row.blocked_until > now ? (row.blocked_until as Instant) : null;
}
