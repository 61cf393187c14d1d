import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle } from '../../store/database.ts';
import { blockedAccounts, listBlocked } from '../throttle/store.ts';
import { firstWord, ordered } from './listing.ts';
import { type Account, type AccountId, type AccountRow, accountOf } from './store.ts';

/** An account as it stands among all. */
export interface Person extends Account {
  readonly hasSecond: boolean;
  /** Some of their answers are not looked at for now. */
  readonly isLocked: boolean;
}

export interface Wanted {
  /** The beginning of a name or an address; empty: everybody. */
  readonly search: string;
  readonly filter: Filter | null;
  /** Where the page before ended; empty: at the beginning. */
  readonly after: string;
}

type Tables = {
  account: AccountRow & {
    listed_as: string | null;
    has_second: number;
    has_resistant: number | null;
    hangs_on_one: number;
  };
  account_word: { word: string; account_id: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();
type Where = (row: ExpressionBuilder<Tables, 'account'>, now: Instant) => Expression<SqlBool>;

/** Whom a page shows: each row has an index of its own, or asks one that holds nobody else. */
const rows = {
  enabled: (row) => row('disabled_at', 'is', null),
  disabled: (row) => row('disabled_at', 'is not', null),
  weak: (row) => row('has_second', '=', sql.lit(0)),
  hanging: (row) => row('hangs_on_one', '=', sql.lit(1)),
  phishable: (row) => row.and([row('has_resistant', '=', sql.lit(0)), row('disabled_at', 'is', null)]),
  locked: (row, now) => row('id', 'in', blockedAccounts(now)),
} as const satisfies Record<string, Where>;

export type Filter = keyof typeof rows;
export const filters = Object.keys(rows) as readonly Filter[];

const narrowed = (filter: Filter | null, now: Instant) => (row: ExpressionBuilder<Tables, 'account'>) =>
  row.and(filter === null ? [] : [rows[filter](row, now)]);

/** The next of them, by user name or as they were found. @returns `next`: after whom the next page begins; null at the end */
export async function listPeople(
  handle: Handle,
  wanted: Wanted,
  now: Instant,
  size = 50,
): Promise<{ people: readonly Person[]; next: string | null }> {
  const { found, next } = await (wanted.search === '' ? everybody : begunSo)(handle, wanted, now, size);
  const ids = found.map(({ id }) => id);
  const locked = await listBlocked(handle, ids, now);
  return {
    people: found.map((row) => personOf(row, locked)),
    next,
  };
}

/** How many are locked out now, up to so many: whoever looks needs to know that it is many, not how many more. */
export async function countLocked(handle: Handle, now: Instant, most: number): Promise<number> {
  const locked = await own(handle)
    .selectFrom('account')
    .select('id')
    .where('id', 'in', blockedAccounts(now))
    .limit(most)
    .execute();
  return locked.length;
}

/** One of them. */
export async function findPerson(handle: Handle, id: AccountId, now: Instant): Promise<Person | null> {
  const row = await own(handle).selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  const locked = await listBlocked(handle, [id], now);
  return row === undefined ? null : personOf(row, locked);
}

const personOf = (row: Tables['account'], locked: ReadonlySet<string>): Person => ({
  ...accountOf(row),
  hasSecond: row.has_second === 1,
  isLocked: locked.has(row.id),
});

interface Page {
  readonly found: readonly Tables['account'][];
  readonly next: string | null;
}

async function everybody(handle: Handle, { filter, after }: Wanted, now: Instant, size: number): Promise<Page> {
  const found = await own(handle)
    .selectFrom('account')
    .selectAll()
    .where('listed_as', '>', after)
    .where(narrowed(filter, now))
    .orderBy('listed_as')
    .limit(size + 1)
    .execute();
  const page = found.slice(0, size);
  return { found: page, next: found.length > size ? (page.at(-1)?.listed_as ?? null) : null };
}

/** By whatever word of theirs comes first: each is found once, however many of their names begin so. */
async function begunSo(handle: Handle, { search, filter, after }: Wanted, now: Instant, size: number): Promise<Page> {
  // So many names are looked through for a page before it asks to go on.
  const looked = 2 * size;
  const from = ordered(search);
  // After the last digit there is, so that nothing longer comes after it.
  const to = `${from}g`;
  const [word = '', id = ''] = after.split('.');
  const words = await own(handle)
    .selectFrom('account_word')
    .selectAll()
    .where('word', '>=', from)
    .where('word', '<', to)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('word', 'account_id'), '>', tuple(word, id)))
    .orderBy('word')
    .orderBy('account_id')
    .limit(looked)
    .execute();
  if (words.length === 0) return { found: [], next: null };
  const ids = [...new Set(words.map(({ account_id }) => account_id))];
  const accounts = await own(handle)
    .selectFrom('account')
    .selectAll()
    .where('id', 'in', ids)
    .where(narrowed(filter, now))
    .execute();
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const fits = words.filter(({ word, account_id: id }) => {
    const account = byId.get(id);
    return account !== undefined && firstWord(accountOf(account), from) === word;
  });
  const page = fits.slice(0, size);
  const last = fits.length > size ? page.at(-1) : words.length === looked ? words.at(-1) : undefined;
  return {
    found: page.flatMap(({ account_id }) => byId.get(account_id) ?? []),
    next: last === undefined ? null : `${last.word}.${last.account_id}`,
  };
}
