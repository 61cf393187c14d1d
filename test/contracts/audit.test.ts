import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listCheckpoints, readHead, sealEntries } from '../../src/core/audit/chain.ts';
import type { Checkpoint } from '../../src/core/audit/checkpoint.ts';
import { cutLog, eraseEntries } from '../../src/core/audit/ending.ts';
import { events } from '../../src/core/audit/events.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { verifyLog } from '../../src/core/audit/verify.ts';
import { words } from '../../src/core/audit/words.ts';
import { days, hours, shift } from '../../src/kernel/clock.ts';
import { languages } from '../../src/ui/language.ts';
import { account, type Opened, onBoth } from './stores.ts';

const signedOut = (n: number) =>
  ({ event: 'session.ended', account: null, address: `192.0.2.${n % 250}`, detail: { n } }) as const;

/** So many things that happened, each in a transaction of its own. */
async function happens({ means, write }: Opened, times: number): Promise<void> {
  for (let n = 1; n <= times; n++) await write((tx) => addEntry(tx, means, signedOut(n)));
}

const sealAll = async ({ means }: Opened): Promise<void> => {
  while ((await sealEntries(means)) > 0);
};

async function tenEntries(open: () => Promise<Opened>): Promise<Opened> {
  const log = await open();
  await happens(log, 10);
  await sealAll(log);
  return log;
}

const found = async ({ means }: Opened, seen: readonly Checkpoint[] = []) =>
  (await verifyLog(means, seen)).findings.map(({ is, number }) => `${is} ${number}`);

onBoth('the log', (open) => {
  test('whatever is committed is sealed, in its order, and all of it is as it was written', async () => {
    const log = await open();
    await happens(log, 7);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 0, open: 7, findings: [] });
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 7, upTo: 7, open: 0, older: 0, findings: [] });
    await happens(log, 3);
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 10, upTo: 10, findings: [] });
    expect(await readHead(log.read)).toMatchObject({ number: 10 });
  });

  test('of several that seal at once each goes on where another ended', async () => {
    const log = await open();
    await happens(log, 450);
    await Promise.all([1, 2, 3, 4].map(() => sealAll(log)));
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 450, upTo: 450, open: 0, findings: [] });
  });

  test('a changed entry is found, whatever of it was changed', async () => {
    const log = await tenEntries(open);
    const [was] = (await sql<Record<string, unknown>>`select * from audit where number = 4`.execute(log.read)).rows;
    const another = { at: 1 } as Record<string, unknown>;
    for (const column of ['at', 'event', 'account_id', 'actor', 'address', 'detail', 'salt', 'mark']) {
      const change = (value: unknown) => sql`update audit set ${sql.ref(column)} = ${value} where number = 4`;
      await change(another[column] ?? 'another').execute(log.read);
      expect([column, await found(log)]).toEqual([column, ['changed 4']]);
      await change(was?.[column]).execute(log.read);
      expect(await found(log)).toEqual([]);
    }
  });

  test('a removed entry is found, also when those behind it move up', async () => {
    const log = await tenEntries(open);
    await sql`delete from audit where number = 4`.execute(log.read);
    expect(await found(log)).toEqual(['removed 4']);
    for (const n of [5, 6, 7, 8, 9, 10])
      await sql`update audit set number = ${n - 1} where number = ${n}`.execute(log.read);
    expect(await found(log)).toContain('moved 4');
  });

  test('entries that changed places are found', async () => {
    const log = await tenEntries(open);
    await sql`update audit set number = 99 where number = 4`.execute(log.read);
    await sql`update audit set number = 4 where number = 7`.execute(log.read);
    await sql`update audit set number = 7 where number = 99`.execute(log.read);
    expect(await found(log)).toEqual(expect.arrayContaining(['moved 4', 'moved 7']));
  });

  test('an end that was cut off is found by what was signed of it', async () => {
    const log = await tenEntries(open);
    await sql`delete from audit where number > 8`.execute(log.read);
    expect(await found(log)).toEqual(['cut 9']);
  });

  test('an end cut off with every sign of it is found by a checkpoint kept elsewhere', async () => {
    const log = await tenEntries(open);
    const early = await readHead(log.read);
    await happens(log, 5);
    await sealAll(log);
    const kept = await readHead(log.read);
    await sql`delete from audit where number > 10`.execute(log.read);
    await sql`update audit_head set number = ${early.number}, chain = ${early.chain}, at = ${early.at},
      signature = ${early.signature}`.execute(log.read);
    expect(await found(log)).toEqual([]);
    expect(await found(log, [kept])).toEqual(['cut 11']);
    await happens(log, 8);
    await sealAll(log);
    expect(await found(log, [kept])).toEqual(['checkpoint 15']);
  });

  test('what somebody writes who has the database alone is found, sealed or not', async () => {
    const log = await tenEntries(open);
    const forge = (mark: string) =>
      sql`insert into audit (id, at, event, account_id, actor, address, detail, salt, mark)
        values (${`forged ${mark}`}, 1, 'session.ended', null, 'nobody', '', '{}', 'x', ${mark})`.execute(log.read);
    await forge('');
    expect(await found(log)).toEqual(['forged 11']);
    await forge('a mark');
    await sealAll(log);
    expect(await found(log)).toEqual(['forged 11', 'changed 12']);
  });

  test('a checkpoint is signed every hour, and one that was changed is found', async () => {
    const log = await tenEntries(open);
    for (const times of [2, 3]) {
      log.clock.pass(hours(1));
      await happens(log, times);
      await sealAll(log);
    }
    expect((await listCheckpoints(log.read)).map(({ number }) => number)).toEqual([10, 12, 15]);
    await sql`update audit_checkpoint set at = at + 1 where number = 12`.execute(log.read);
    expect(await found(log)).toEqual(['checkpoint 12']);
  });

  test('what was there before the log was sealed is taken into it, and stays as it was then', async () => {
    const log = await open();
    await happens(log, 4);
    await sql`update audit set salt = '', mark = ''`.execute(log.read);
    await sealAll(log);
    log.clock.pass(1);
    await happens(log, 2);
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 6, older: 4, findings: [] });
    await sql`update audit set detail = '{}' where number = 2`.execute(log.read);
    expect(await found(log)).toEqual(['changed 2']);
  });

  test('what is older than it is kept goes up to a checkpoint, and the rest is as it was', async () => {
    const log = await tenEntries(open);
    for (let day = 1; day <= 3; day++) {
      log.clock.pass(days(1));
      await happens(log, 5);
      await sealAll(log);
    }
    const cut = async (age: number) => cutLog(log.means, shift(log.clock.now(), -days(age)));
    expect([await cut(3), await cut(1), await cut(1)]).toEqual([null, 15, null]);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 10, upTo: 25, findings: [] });
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 11, upTo: 26, findings: [] });
    // Nobody cuts without saying so, nor further than was said.
    await sql`delete from audit where number <= 20`.execute(log.read);
    await sql`delete from audit_checkpoint where number < 20`.execute(log.read);
    expect(await found(log)).toEqual(['removed 1']);
  });

  test('somebody is erased, and the log is whole; nobody is emptied who was not', async () => {
    const log = await tenEntries(open);
    const [ann, bob] = [account(log.means, 'ann'), account(log.means, 'bob')];
    for (const { id } of [ann, bob, ann, bob, ann]) {
      log.clock.pass(1);
      await log.write((tx) => addEntry(tx, log.means, { ...signedOut(1), account: id, detail: { at: 'home' } }));
    }
    await sealAll(log);
    await log.write((tx) => addEntry(tx, log.means, { ...signedOut(2), account: ann.id }));
    await log.write((tx) => eraseEntries(tx, ann.id));
    expect(await found(log)).toEqual(['changed 11', 'changed 13', 'changed 15', 'changed 16']);
    await log.write((tx) => addEntry(tx, log.means, { ...signedOut(0), event: 'account.erased', account: ann.id }));
    expect(await found(log)).toEqual([]);
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 17, open: 0, findings: [] });
    const { rows } = await sql`select address, detail, salt from audit where account_id = ${ann.id}
      and event = 'session.ended'`.execute(log.read);
    expect(rows).toEqual([1, 2, 3, 4].map(() => ({ address: '', detail: '', salt: '' })));
    await sql`update audit set address = '', detail = '', salt = '' where number = 12`.execute(log.read);
    await sql`update audit set detail = '{"at":"work"}' where number = 13`.execute(log.read);
    expect(await found(log)).toEqual(['changed 13', 'changed 12']);
  });

  test('an entry that is undone with its transaction leaves no gap', async () => {
    const log = await open();
    const undone = log.write(async (tx) => {
      await addEntry(tx, log.means, signedOut(1));
      throw new Error('of ours');
    });
    await expect(undone).rejects.toThrow('of ours');
    await happens(log, 2);
    await sealAll(log);
    expect(await verifyLog(log.means, [])).toMatchObject({ entries: 2, upTo: 2, findings: [] });
  });
});

test('every event has words in every language, and no two the same', () => {
  for (const language of languages) {
    expect(Object.keys(words[language]).sort()).toEqual(Object.keys(events).sort());
    expect(new Set(Object.values(words[language])).size).toBe(Object.keys(events).length);
  }
});
