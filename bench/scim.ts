import { sql } from 'kysely';
import { addApiToken } from '../src/core/api-tokens/store.ts';
import { hours } from '../src/kernel/clock.ts';
import { shared } from '../src/otp/realms.ts';
import type { Sallyport } from '../test/support/open.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';
import { few, fill, many, onPostgres } from './people.ts';

/** What a program asks of the people it keeps, among very many and among few: from any number on, and by their names. */
export async function keptOnSqlite(): Promise<Pair> {
  return compare([await benchHouse(), await benchHouse()]);
}

export const keptOnPostgres = (): Promise<Pair> =>
  onPostgres(async (open) => compare([await open('many'), await open('few')]));

async function compare([ours, floor]: readonly [Sallyport, Sallyport]): Promise<Pair> {
  await keep(ours, many);
  await keep(floor, few);
  const [asksMany, asksFew] = [await asking(ours, many), await asking(floor, few)];
  const pair = await paired(
    () => pace(asksMany, 4, 2000),
    () => pace(asksFew, 4, 2000),
  );
  await ours.close();
  await floor.close();
  return pair;
}

/** One of each after the other, through the front door. */
async function asking(sallyport: Sallyport, n: number): Promise<() => Promise<unknown>> {
  const { gate } = sallyport.house;
  const given = {
    name: 'bench',
    networks: ['127.0.0.0/8'],
    scopes: ['scim:read'],
    lifetime: hours(24),
    realm: shared,
  } as const;
  const token = await gate.database.transaction((tx) => addApiToken(tx, gate, given));
  const starts = [1, n / 2, n - 60].map((start) => `startIndex=${start}&count=50`);
  const filters = ['userName eq "p0000042"', 'externalId eq "e0000777"', 'userName eq "nobody"'];
  const asked = [...starts, ...filters.map((filter) => `filter=${encodeURIComponent(filter)}`)];
  let turn = 0;
  return async () => {
    const answer = await sallyport.app.inject({
      url: `/scim/v2/Users?${asked[turn++ % asked.length]}`,
      headers: { host: 'localhost:4000', authorization: `Bearer ${token}` },
    });
    if (answer.statusCode !== 200) throw new Error(answer.body);
  };
}

/** All of them are kept by a program, in the order of their names. */
async function keep(sallyport: Sallyport, n: number): Promise<void> {
  const { read } = sallyport.house.gate.database;
  await fill(sallyport, n);
  await sql`insert into account_name (canonical, account_id) select name, id from account`.execute(read);
  await sql`
    insert into scim_user (account_id, number, external_id, names, changed_at)
    select id, cast(substr(name, 2) as bigint) + 1, 'e' || substr(name, 2),
      '{"display":null,"formatted":null,"given":null,"family":null}', 0 from account`.execute(read);
  await sql`insert into scim_last_number (one, number) values (1, ${sql.lit(n)})`.execute(read);
  await sql`
    insert into scim_shelf (kind, shelf, holds)
    select 'user', number / 1000, count(*) from scim_user group by number / 1000`.execute(read);
  await sql`analyze`.execute(read);
}
