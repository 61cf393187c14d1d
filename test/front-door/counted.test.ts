import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { countAll, isCounted } from '../../src/core/tallies/count.ts';
import { addTallies, listTallies, readTotals } from '../../src/core/tallies/store.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, erasePerson, resetPerson } from '../../src/proving/people.ts';
import { weighSome } from '../../src/proving/weighing.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/tables.ts';
import { type Day, dayOf } from '../../src/ui/day.ts';
import { optionsOn, owner, post } from '../attacks/tools.ts';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';
import { blankDatabase, kinds } from '../support/databases.ts';
import { openOn } from '../support/open.ts';
import { passkeysOffered } from '../support/passkeys.ts';
import { openSallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';

describe.each(kinds)('what is counted, on %s', (kind) => {
  test('is what people own, from the passkey they make to the day they are erased', async () => {
    const sallyport = await openSallyport(kind, passkeysOffered);
    const { gate } = sallyport.house;
    const [ann, bob] = [await sallyport.person('ann'), await sallyport.person('bob')];
    const totals = async () => {
      while ((await sealEntries(gate)) > 0);
      await countAll(gate);
      const { resistant, phishable, weak, disabled } = await readTotals(gate.database.read);
      return { resistant, phishable, weak, disabled };
    };
    expect(await totals()).toEqual({ resistant: 0, phishable: 0, weak: 2, disabled: 0 });
    const browser = await signIn(new Browser(sallyport.app), 'ann');
    const phone = new Authenticator('http://localhost:4000', { attachment: 'platform', synced: true });
    const response = phone.create(optionsOn(browser, 'passkey'));
    await post(browser, `${browser.url}/set-up/webauthn`, { kind: 'passkey', response });
    expect(await totals()).toEqual({ resistant: 1, phishable: 0, weak: 1, disabled: 0 });
    await disablePerson(gate, host, bob);
    expect(await totals()).toEqual({ resistant: 1, phishable: 0, weak: 0, disabled: 1 });
    await resetPerson(gate, host, ann, 'webauthn');
    expect(await totals()).toEqual({ resistant: 0, phishable: 0, weak: 1, disabled: 1 });
    await erasePerson(gate, ann);
    await erasePerson(gate, bob);
    expect(await totals()).toEqual({ resistant: 0, phishable: 0, weak: 0, disabled: 0 });
    await sallyport.close();
  });

  test('says so where it is not all counted yet, and a sign-in says by what', async () => {
    const sallyport = await openSallyport(kind);
    const { gate } = sallyport.house;
    const { home } = await owner(sallyport, 'boss', { role: 'auditor' });
    while ((await sealEntries(gate)) > 0);
    expect((await home.visit('/admin')).text).toContain('not counted yet');
    await countAll(gate);
    expect((await home.visit('/admin')).text).not.toContain('not counted yet');
    const tallies = await listTallies(gate.database.read, 'sign-in', '' as Day);
    expect(tallies.map(({ name, number }) => [name, number])).toEqual([['password', 1]]);
    await sallyport.close();
  });

  test('is also whoever was here before anybody was counted, once they are weighed', async () => {
    const database = await blankDatabase(kind);
    const added = ['accounts/0007', 'delivery/0003', 'tallies/0001'];
    await migrate(
      database,
      migrations.filter(({ name }) => !added.includes(name)),
      testClock(),
    );
    for (const [id, disabledAt] of [
      ['ann', null],
      ['bob', 1],
    ])
      await sql`insert into account (id, username, name, groups, created_at, disabled_at, listed_as, hangs_on_one, weighed_by)
        values (${id}, ${id}, ${id}, '["staff"]', 0, cast(${disabledAt} as bigint), ${id}, 1, 'before')`.execute(
        database.read,
      );
    const rows = () => database.read.withTables<{ account: object }>().selectFrom('account').selectAll().execute();
    const before = await rows();
    const sallyport = await openOn(database);
    const { gate } = sallyport.house;
    expect(await rows()).toEqual(before.map((row) => expect.objectContaining(row)));
    await countAll(gate);
    expect([await isCounted(database.read), (await readTotals(database.read)).weak]).toEqual([false, 0]);
    while ((await weighSome(gate)) > 0);
    await countAll(gate);
    const totals = { resistant: 0, phishable: 0, weak: 1, disabled: 1 };
    expect([await isCounted(database.read), await readTotals(database.read)]).toEqual([true, totals]);
    await sallyport.close();
  });

  test.each([
    [{ amount: 0.08, currency: 'EUR' }, '3 in 30 days · about €0.24'],
    [undefined, '3 in 30 days'],
  ])('and of text messages about what they cost, where that is said: %j', async (price, said) => {
    const sallyport = await openSallyport(kind, {
      sms: { provider: 'webhook', url: 'https://sms.example.org', ...(price && { price }) },
    });
    const { gate } = sallyport.house;
    const { home } = await owner(sallyport, 'boss', { role: 'auditor' });
    const day = dayOf(gate.clock.now());
    const message = { kind: 'message', day, name: 'sms sent' } as const;
    await gate.database.transaction((tx) => addTallies(tx, [message, message, message]));
    await home.visit('/admin');
    const title = [...home.page.querySelectorAll('h2')].find((one) => one.textContent === 'Text messages sent');
    expect(title?.nextElementSibling?.textContent).toBe(said);
    await sallyport.close();
  });
});
