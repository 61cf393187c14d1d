import { type SqlBool, sql } from 'kysely';
import { type Instant, never } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import throttleSql from './0001-throttle.sql';
import turnedAwaySql from './0002-turned-away.sql';
import blockedSql from './0003-blocked.sql';
import { type Schedule, type ScheduleName, schedules } from './schedules.ts';

export const migrations: readonly Migration[] = [
  { name: 'throttle/0001', sql: throttleSql },
  { name: 'throttle/0002', sql: turnedAwaySql },
  { name: 'throttle/0003', sql: blockedSql },
];

type Tables = {
  throttle: { budget: string; failures: number; blocked_until: number; failed_at: number; turned_away: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** One counter of guesses. */
export interface Budget {
  readonly key: string;
  readonly schedule: ScheduleName;
  /** Failures after which it is shut for good, where that is sooner than its schedule says. */
  readonly shutAt?: number;
  /** Others are counted here too: a right answer takes back one guess, and forgives nobody else's. */
  readonly shared?: true;
}

const scheduleOf = ({ schedule, shutAt = Number.POSITIVE_INFINITY }: Budget): Schedule => [
  ...schedules[schedule].filter(({ from }) => from < shutAt),
  ...(Number.isFinite(shutAt) ? [{ from: shutAt, wait: never }] : []),
];

export type Charge =
  | { readonly is: 'charged'; readonly failures: number }
  | { readonly is: 'blocked'; readonly until: Instant };

/**
 * Counts a guess before it is looked at, in the caller's own transaction. Whoever comes while the budget is blocked is
 * turned away, which does not count; a burst of thousands is let through no faster than one after the other. One row is
 * written either way, so how long it takes does not tell which.
 * @param counts false: turned away already, by another budget
 */
export async function charge(tx: Transaction, budget: Budget, now: Instant, counts = true): Promise<Charge> {
  const shut = counts ? sql<boolean>`throttle.blocked_until > ${instant(now)}` : sql<boolean>`1 = 1`;
  const row = await own(tx)
    .insertInto('throttle')
    .values({
      budget: budget.key,
      failures: counts ? 1 : 0,
      blocked_until: 0,
      failed_at: now,
      turned_away: counts ? 0 : 1,
    })
    .onConflict((conflict) =>
      conflict.column('budget').doUpdateSet({
        failures: sql`case when ${shut} then throttle.failures else throttle.failures + 1 end`,
        blocked_until: sql`case when ${shut} then throttle.blocked_until ${blockedUntil(scheduleOf(budget), now)} end`,
        failed_at: sql`case when ${shut} then throttle.failed_at else ${instant(now)} end`,
        turned_away: sql`case when ${shut} then throttle.turned_away + 1 else 0 end`,
      }),
    )
    .returning(['failures', 'blocked_until', 'turned_away'])
    .executeTakeFirstOrThrow();
  if (row.turned_away > 0) return { is: 'blocked', until: row.blocked_until as Instant };
  return { is: 'charged', failures: row.failures };
}

/** As a parameter, so that the statement is the same at every moment and prepared once. */
const instant = (at: number) => sql`cast(${at} as bigint)`;

/** `when failures + 1 >= 100 then … else 0`, the last row of the schedule first. */
function blockedUntil(schedule: Schedule, now: Instant) {
  const rows = [...schedule]
    .reverse()
    .map(
      ({ from, wait }) =>
        sql`when throttle.failures + 1 >= ${sql.lit(from)} then ${instant(Math.min(now + wait, never))}`,
    );
  return sql`${sql.join(rows, sql` `)} else 0`;
}

/**
 * Takes one guess back: it was no guess, or we could not look at it. A block that this very guess brought about goes
 * with it; what others are blocked for stays.
 */
export async function refund(tx: Transaction, budget: Budget, failures: number): Promise<void> {
  const free = scheduleOf(budget)[0]?.from ?? 0;
  const last = Math.max(free, failures);
  await own(tx)
    .updateTable('throttle')
    .set({
      failures: sql`failures - 1`,
      blocked_until: sql`case when failures <= ${sql.lit(last)} then 0 else blocked_until end`,
    })
    .where('budget', '=', budget.key)
    .where('failures', '>', 0)
    .execute();
}

/** Starts anew: after a right answer, or by hand. */
export async function clear(tx: Transaction, key: string): Promise<void> {
  await own(tx).deleteFrom('throttle').where('budget', '=', key).execute();
}

/** All budgets of one account, its browsers', networks' and applications' too; or those of what is asked first alone. */
export async function clearAll(tx: Transaction, account: string, which: 'all' | 'first' = 'all'): Promise<void> {
  const also = which === 'all' ? [`second:${account}`, `pin:${account}`] : [];
  const whole = [`first:${account}`, ...also];
  await own(tx)
    .deleteFrom('throttle')
    .where((row) =>
      row.or([
        row('budget', 'in', whole),
        ...whole.map((key) => row(sql`substr(budget, 1, ${sql.lit(key.length + 1)})`, '=', `${key}:`)),
      ]),
    )
    .execute();
}

/** Budgets that nobody was charged to for so long, unless they are shut for good. */
export async function removeStale(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('throttle').where('failed_at', '<', before).where('blocked_until', '<', never).execute();
}

const blockOf = prepared((handle, budget: string) =>
  own(handle).selectFrom('throttle').select('blocked_until').where('budget', '=', budget),
);

/** Until when the budget is blocked; null when it is not. */
export async function findBlock(handle: Handle, key: string, now: Instant): Promise<Instant | null> {
  const [row] = await blockOf(handle, key);
  return row !== undefined && row.blocked_until > now ? (row.blocked_until as Instant) : null;
}

/** Of an account's budget, as they are named: `second:ID`, `first:ID`, `first:ID:network:…`. */
const accountId = sql<string>`substr(budget, case when budget like 'second:%' then 8 else 7 end, 22)`;
/** Said twice, for the index that holds nobody else. */
const blockedAt = (now: Instant) => sql<SqlBool>`blocked_until > ${instant(now)} and blocked_until > 0`;

/** Whose budgets are blocked now: a list to be asked within another question. */
export const blockedAccounts = (now: Instant) =>
  sql<string>`(select ${accountId} from throttle where ${blockedAt(now)})`;

/** Which of these accounts are among them. */
export async function listBlocked(handle: Handle, accounts: readonly string[], now: Instant): Promise<Set<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await own(handle)
    .selectFrom('throttle')
    .select(accountId.as('account'))
    .where(blockedAt(now))
    .where(accountId, 'in', accounts)
    .execute();
  return new Set(rows.map(({ account }) => account));
}
