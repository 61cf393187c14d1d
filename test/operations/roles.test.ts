import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { findAccount, findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, giveRole, resetPerson, unlockPerson } from '../../src/proving/people.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/tables.ts';
import { letters, rowsOf } from '../attacks/tools.ts';
import { testClock } from '../support/clock.ts';
import { blankDatabase, kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

const keeper = 'system-administrator';

describe.each(kinds)('roles, on %s', (kind) => {
  const opened: Sallyport[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  async function open(config: Record<string, unknown> = {}): Promise<Sallyport> {
    const sallyport = await openSallyport(kind, config);
    opened.push(sallyport);
    return sallyport;
  }
  const roleOf = async ({ house: { gate } }: Sallyport, name: string) =>
    (await findAccountByName(gate.database.read, name))?.role;

  test('are given and taken, written down, and told', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    const root = await sallyport.person('root', { role: keeper });
    const ann = await sallyport.person('ann');
    expect(await giveRole(gate, host, ann, 'help-desk')).toBe('done');
    expect([await roleOf(sallyport, 'ann'), await letters(sallyport, 'root@example.org')]).toEqual(['help-desk', []]);
    expect(await giveRole(gate, host, ann, keeper)).toBe('done');
    expect(await letters(sallyport, 'root@example.org')).toEqual(['There is one more system administrator']);
    expect(await giveRole(gate, host, root, null)).toBe('done');
    expect(await letters(sallyport, 'root@example.org')).toContain('What you may do for others was changed');
    const entries = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'role.changed');
    expect(entries.map(({ account_id, actor, detail }) => [account_id, actor, detail])).toEqual([
      [ann, 'host', '{"role":"help-desk"}'],
      [ann, 'host', '{"role":"system-administrator"}'],
      [root, 'host', '{"role":null}'],
    ]);
  });

  test('the last system administrator who gets in by themselves is neither disabled nor demoted', async () => {
    const sallyport = await open({ policies: [{ name: 'all', require: 'mfa', setUp: 'never' }] });
    const { gate } = sallyport.house;
    const [root, weak] = [
      await sallyport.person('root', { role: keeper }),
      await sallyport.person('weak', { role: keeper }),
    ];
    // Where nobody gets in by themselves nobody goes: it cannot get worse.
    expect([await disablePerson(gate, host, root), await giveRole(gate, host, weak, null)]).toEqual(['last', 'last']);
    await gate.database.transaction((tx) => saveDisabled(tx, weak, gate.clock.now()));
    expect([await giveRole(gate, host, root, 'administrator'), await roleOf(sallyport, 'root')]).toEqual([
      'last',
      keeper,
    ]);
  });

  test('whose password a directory keeps does not get in by themselves', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    const root = await sallyport.person('root', { role: keeper });
    await sallyport.person('ann', { role: keeper });
    const password = gate.methods.get('password') ?? expect.fail();
    const elsewhere: typeof password.list = async (handle, account) =>
      (await password.list(handle, account)).map((one) => ({ ...one, elsewhere: true }));
    const methods = new Map([...gate.methods, ['password', { ...password, list: elsewhere }] as const]);
    expect(await giveRole({ ...gate, methods }, host, root, null)).toBe('last');
    expect(await giveRole(gate, host, root, null)).toBe('done');
  });

  test('of two who go at the same time one stays', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    for (let round = 0; round < 5; round++) {
      const pair = [
        await sallyport.person(`a-${round}`, { role: keeper }),
        await sallyport.person(`b-${round}`, { role: keeper }),
      ];
      const came = await Promise.all(pair.map((id) => giveRole(gate, host, id, null)));
      expect([...came].sort()).toEqual(['done', 'last']);
      // The one who stayed makes room for the next two.
      const stayed = pair[came.indexOf('last')] ?? expect.fail();
      await gate.database.transaction((tx) => saveDisabled(tx, stayed, gate.clock.now()));
    }
  });

  test('whoever lost theirs since the page was opened does nothing more, and nobody anything without leave', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    const [help, ann] = [await sallyport.person('help', { role: 'help-desk' }), await sallyport.person('ann')];
    const office = { actor: help, address: '192.0.2.7', reason: 'She called' };
    await expect(unlockPerson(gate, office, ann)).rejects.toThrow('an act without leave');
    expect(await resetPerson(gate, office, ann, 'all')).toBe('not-theirs');
    await giveRole(gate, host, help, null);
    expect(await unlockPerson(gate, office, ann)).toBe('not-theirs');
    await giveRole(gate, host, help, 'help-desk');
    await disablePerson(gate, host, help);
    expect(await unlockPerson(gate, office, ann)).toBe('not-theirs');
    expect(await unlockPerson(gate, { actor: 'token:program', address: '' }, ann)).toBe('not-theirs');
    const entries = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'account.unlocked');
    expect(entries).toEqual([]);
  });

  test('whoever was in the group of administrators is a system administrator from now on', async () => {
    const database = await blankDatabase(kind);
    const before = migrations.filter(({ name }) => name < 'accounts/0003' || !name.startsWith('accounts/'));
    await migrate(database, before, testClock());
    for (const [id, groups] of [
      ['a', '["staff","administrators"]'],
      ['b', '["administrators of nothing"]'],
    ])
      await sql`insert into account (id, username, name, groups, created_at) values (${id}, ${id}, ${id}, ${groups}, 0)`.execute(
        database.read,
      );
    await migrate(database, migrations, testClock());
    const role = async (id: string) => (await findAccount(database.read, id as never))?.role;
    expect([await role('a'), await role('b')]).toEqual([keeper, null]);
    await database.close();
  });
});
