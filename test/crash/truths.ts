import { sql } from 'kysely';
import { expect } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { hashOf } from '../../src/kernel/ids.ts';
import type { Handle } from '../../src/store/database.ts';
import type { Person } from './load.ts';

/** What must hold of one person after any end of the server, read from the rows it left. */
export async function mustHold(read: Handle, who: Person): Promise<void> {
  const account = (await findAccountByName(read, who.name))?.id ?? '';
  const count = async (query: ReturnType<typeof sql<{ n: number | string }>>): Promise<number> =>
    Number((await query.execute(read)).rows[0]?.n ?? 0);
  const events = (event: string, method: string) =>
    count(sql`select count(*) as n from audit where account_id = ${account} and event = ${event}
      and detail like ${`%"method":"${method}"%`}`);
  const all = (event: string) =>
    count(sql`select count(*) as n from audit where account_id = ${account} and event = ${event}`);

  const apps = await count(sql`select count(*) as n from totp where account_id = ${account}`);
  const codes = await count(sql`select count(*) as n from backup_code where account_id = ${account}`);
  const used = await count(
    sql`select count(*) as n from backup_code where account_id = ${account} and used_at is not null`,
  );
  const sessions = await count(sql`select count(*) as n from session where account_id = ${account}`);

  // What was acknowledged is there.
  if (who.secret !== null) expect([who.name, apps]).toEqual([who.name, 1]);
  if (who.codes.length > 0) expect([who.name, codes]).toEqual([who.name, 15]);
  expect(used).toBeGreaterThanOrEqual(who.usedCodes.size);
  for (const secret of who.sessions.slice(-5))
    expect(await count(sql`select count(*) as n from session where secret_hash = ${hashOf(secret)}`)).toBe(1);

  // Nothing is there by half: a row and what is written down about it came together or not at all.
  expect([0, 15]).toContain(codes);
  if (codes > 0) expect(apps).toBe(1);
  expect(apps).toBe(await events('method.added', 'totp'));
  expect(used).toBe(await events('proof.accepted', 'backup-codes'));
  expect(sessions).toBe(await all('session.started'));
  // Each session rests on a password of its own, and no code made two of them.
  expect(sessions).toBeLessThanOrEqual(await events('proof.accepted', 'password'));
}
