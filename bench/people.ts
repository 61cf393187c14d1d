import { sql } from 'kysely';
import { filters, listPeople } from '../src/core/accounts/people.ts';
import { hours, shift } from '../src/kernel/clock.ts';
import { openDatabase } from '../src/store/database.ts';
import { figuresOf } from '../src/surfaces/admin/figures.ts';
import { busyMonth } from '../test/support/busy-month.ts';
import { testClock } from '../test/support/clock.ts';
import { asking } from '../test/support/databases.ts';
import { openOn, type Sallyport } from '../test/support/open.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

export const few = 1000;
export const many = 1_000_000;

/** Pages of people, each found in every way there is, among very many and among few: what a page costs must not grow. */
export async function pagesOnSqlite(): Promise<Pair> {
  const houses = [await benchHouse(), await benchHouse()] as const;
  return compare(houses);
}

export const pagesOnPostgres = (): Promise<Pair> =>
  onPostgres(async (open) => compare([await open('many'), await open('few')]));

/** Houses on a PostgreSQL of their own. */
export async function onPostgres<T>(work: (open: (name: string) => Promise<Sallyport>) => Promise<T>): Promise<T> {
  const { url, stop } = await startPostgres();
  const open = async (name: string) => {
    await asking(url, (client) => client.query(`create database ${name}`));
    return openOn(openDatabase(url.replace(/postgres$/, name)), {}, { clock: testClock(Date.now()) });
  };
  const done = await work(open);
  await stop();
  return done;
}

/** What the dashboard tells, after a month in which much happened: what it costs must not grow with the people either. */
export const figuresOnSqlite = async (): Promise<Pair> => compare([await benchHouse(), await benchHouse()], figures);

export const figuresOnPostgres = (): Promise<Pair> =>
  onPostgres(async (open) => compare([await open('many'), await open('few')], figures));

async function figures(sallyport: Sallyport): Promise<() => Promise<unknown>> {
  await busyMonth(sallyport);
  return () => figuresOf(sallyport.house);
}

type Work = (sallyport: Sallyport) => Promise<() => Promise<unknown>>;

async function compare([ours, floor]: readonly [Sallyport, Sallyport], work: Work = pagesOf): Promise<Pair> {
  await fill(ours, many);
  await fill(floor, few);
  const [one, other] = [await work(ours), await work(floor)];
  const pair = await paired(
    () => pace(one, 4, 2000),
    () => pace(other, 4, 2000),
  );
  await ours.close();
  await floor.close();
  return pair;
}

/** One of each after the other. */
async function pagesOf({ house: { gate } }: Sallyport): Promise<() => Promise<unknown>> {
  const asked = ['', 'p00', 'p0000042'].flatMap((search) => [null, ...filters].map((filter) => ({ search, filter })));
  let turn = 0;
  return () => {
    const { search, filter } = asked[turn++ % asked.length] ?? { search: '', filter: null };
    return listPeople(gate.database.read, { search, filter, after: '' }, gate.clock.now());
  };
}

/** Ten of every rare kind, spread over all. */
export async function fill({ house: { gate } }: Sallyport, n: number): Promise<void> {
  const { read, kind } = gate.database;
  const hex = sql.raw(kind === 'sqlite' ? 'lower(hex(name))' : "encode(convert_to(name, 'UTF8'), 'hex')");
  const isRare = (rest: number) => sql.raw(`i % ${n / 10} = ${rest}`);
  const until = shift(gate.clock.now(), hours(9));
  await sql`
    insert into account (id, username, name, groups, language, created_at, disabled_at, has_second, has_resistant,
      hangs_on_one, counted_as, listed_as)
    with recursive number(i) as (select 0 union all select i + 1 from number where i < ${sql.lit(n - 1)}),
      person(i, name) as (select i, 'p' || substr('0000000', length(cast(i as text)) + 1) || cast(i as text) from number)
    select substr('0000000000000000000000', length(name) + 1) || name, name, name, '[]', 'en', 0,
      case when ${isRare(7)} then 1 end, case when ${isRare(7)} then 0 else 1 end, case when ${isRare(8)} then 0 else 1 end,
      case when ${isRare(7)} then 1 else 0 end,
      case when ${isRare(7)} then 'disabled' when ${isRare(8)} then 'phishable' else 'resistant' end, ${hex}
    from person`.execute(read);
  await sql`insert into account_word (word, account_id) select listed_as, id from account`.execute(read);
  await sql`
    insert into throttle (budget, failures, blocked_until, failed_at)
    select 'second:' || id, 9, cast(${until} as bigint), 0 from account where has_second = 0`.execute(read);
  await sql`analyze`.execute(read);
}
