import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days } from '../../src/kernel/clock.ts';
import { sweep } from '../../src/upkeep.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';

describe.each(kinds)('what has served its time, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const rows = async (table: string): Promise<number> => {
    const { rows: found } = await sql<{ n: number | string }>`select count(*) as n from ${sql.table(table)}`.execute(
      sallyport.house.gate.database.read,
    );
    return Number(found[0]?.n);
  };
  const tables = ['attempt', 'session', 'decision', 'throttle', 'browser'] as const;
  const counted = async () => Object.fromEntries(await Promise.all(tables.map(async (t) => [t, await rows(t)])));

  test('is removed, each after its own; the audit stays', async () => {
    await sallyport.person('ann');
    expect((await signIn(new Browser(sallyport.app), 'ann')).url).toBe('/account');
    await signIn(new Browser(sallyport.app), 'ann', 'not the password of ann');
    const before = await counted();
    for (const table of tables) expect([table, before[table] > 0]).toEqual([table, true]);
    const audit = await rows('audit');

    await sweep(sallyport.house.gate);
    expect(await counted()).toEqual(before);
    sallyport.clock.pass(days(31));
    await sweep(sallyport.house.gate);
    expect(await counted()).toEqual({ attempt: 0, session: 0, decision: 0, throttle: 0, browser: before['browser'] });
    sallyport.clock.pass(days(370));
    await sweep(sallyport.house.gate);
    expect(await rows('browser')).toBe(0);
    expect(await rows('audit')).toBe(audit);
  });
});
