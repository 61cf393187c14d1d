import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { days, hours, minutes } from '../../src/kernel/clock.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, enablePerson, erasePerson, giveRole } from '../../src/proving/people.ts';
import { owner, post, rowsOf } from '../attacks/tools.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

const day = '2026-01-20';
/** Nobody else asks from then on. */
const another = '2026-01-19';

describe.each(kinds)('the log, as whoever may look reads it, on %s', (kind) => {
  let sallyport: Sallyport;
  let home: Browser;
  let [ann, bob, auditor]: AccountId[] = [];
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    const { gate } = sallyport.house;
    ann = await sallyport.person('ann');
    bob = await sallyport.person('bob');
    for (const id of [ann, bob]) {
      await disablePerson(gate, host, id);
      sallyport.clock.pass(minutes(1));
      await enablePerson(gate, host, id);
      sallyport.clock.pass(minutes(1));
    }
    sallyport.clock.pass(days(5) - hours(1));
    ({ home } = await owner(sallyport, 'audrey', { role: 'auditor' }));
    auditor = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'audrey')?.['id'] as AccountId;
  });
  afterAll(() => sallyport.close());

  /** What stands on the page, from the newest on: what happened, and whom it is about. */
  const shown = () =>
    home.page.querySelectorAll('.happened article').map((entry) => {
      const whom = entry.querySelector('p a')?.textContent ?? '';
      return `${entry.querySelector('.name')?.textContent.trim()}, ${whom}`;
    });
  const noted = async (which: string) =>
    (await rowsOf(sallyport, 'audit'))
      .filter(({ event }) => event === which)
      .map(({ account_id, actor, detail }) => [account_id, actor, JSON.parse(String(detail))]);
  const ofAccounts = ['Account enabled, bob', 'Account disabled, bob', 'Account enabled, ann', 'Account disabled, ann'];

  test('tells in words what happened, newest first, and by whom', async () => {
    await home.visit('/admin/audit?kind=accounts');
    expect([home.title, shown()]).toEqual(['Log', ofAccounts]);
    expect(home.text).toContain('by the command line');
    expect(home.text).toContain('Nothing is sealed yet.');
    while ((await sealEntries(sallyport.house.gate)) > 0);
    await home.visit('/admin/audit');
    expect(home.text).toMatch(/Sealed up to entry \d+, today at .*Last checkpoint: entry \d+/s);
    expect(shown().slice(0, 3)).toContain('The log was read, audrey');
  });

  test('is searched by a person, by a kind of event or one event, by days, and by all of them', async () => {
    const asked = async (query: string) => {
      await home.visit(`/admin/audit?${query}`);
      return shown();
    };
    const ofAnn = ofAccounts.slice(2);
    for (const called of ['ann', 'ANN', 'ann@example.org', String(ann)])
      expect([called, await asked(`person=${called}&kind=accounts`)]).toEqual([called, ofAnn]);
    expect(home.page.querySelector('#person')?.getAttribute('value')).toBe('ann');
    expect(await asked('kind=account.disabled')).toEqual([ofAccounts[1], ofAccounts[3]]);
    expect(await asked(`person=ann&kind=account.disabled&from=2026-01-15&to=2026-01-15`)).toEqual([ofAccounts[3]]);
    expect(await asked(`person=ann&kind=accounts&from=${day}`)).toEqual([]);
    expect(home.text).toContain('Nothing here fits that.');
    expect(await asked('to=2026-01-14')).toEqual([]);
    expect(await asked('kind=accounts&to=2026-01-15')).toEqual(ofAccounts);
    expect((await asked('person=audrey&kind=sessions')).sort()).toEqual(['Proved more, audrey', 'Signed in, audrey']);
    expect((await asked('person=audrey&kind=ways')).length).toBeGreaterThan(1);
  });

  test('finds what somebody did to others by their name too', async () => {
    const { gate } = sallyport.house;
    const boss = await sallyport.person('boss');
    await gate.database.transaction((tx) =>
      addEntry(tx, gate, {
        event: 'account.unlocked',
        account: bob ?? null,
        actor: boss,
        address: '192.0.2.7',
        detail: {},
      }),
    );
    await home.visit('/admin/audit?person=boss');
    expect(shown().sort()).toEqual(['Account unlocked, bob', 'The log was read, boss']);
    expect(home.text).toContain('by boss');
  });

  test('is turned over page by page, each entry once', async () => {
    const { gate } = sallyport.house;
    await gate.database.transaction(async (tx) => {
      for (let n = 0; n < 120; n++)
        await addEntry(tx, gate, {
          event: 'keys.rotated',
          account: null,
          actor: 'host',
          address: 'host',
          detail: { values: n },
        });
    });
    const values: string[] = [];
    await home.visit('/admin/audit?kind=keys.rotated');
    for (let pages = 1; ; pages++) {
      values.push(
        ...home.page
          .querySelectorAll('.facts dd')
          .map((fact) => fact.textContent)
          .filter((text) => /^\d{1,3}$/.test(text)),
      );
      const next = home.page.querySelector('a[rel=next]')?.getAttribute('href');
      if (next === undefined) {
        expect(pages).toBe(3);
        break;
      }
      await home.visit(next.replaceAll('&amp;', '&'));
    }
    expect([...values].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, n) => n));
  });

  test('is written into by whoever reads: before they see it, for a search once an hour, wherever they begin', async () => {
    const of = async () => (await noted('log.read')).filter(([, , { from }]) => from === another);
    await home.visit(`/admin/audit?person=bob&kind=accounts&from=${another}`);
    await home.visit(`/admin/audit?person=bob@example.org&kind=accounts&from=${another}`);
    expect(await of()).toEqual([[bob, auditor, { kind: 'accounts', from: another }]]);
    // From the middle on, where no first page was asked for.
    await home.visit(`/admin/audit?from=${another}&after=999999999999999.${'A'.repeat(22)}`);
    expect(await of()).toHaveLength(2);
    const before = (await noted('log.read')).length;
    await home.visit('/admin/audit?person=nobody-here');
    expect([home.wrong, shown()]).toEqual([expect.stringContaining('Nobody is called that'), []]);
    expect((await noted('log.read')).length).toBe(before);
    for (let third = 0; third < 3; third++) {
      sallyport.clock.pass(minutes(20) + 1);
      await home.visit('/account');
    }
    await home.visit(`/admin/audit?person=bob&kind=accounts&from=${another}`);
    expect(await of()).toHaveLength(3);
  });

  test('says of what was erased that it was, and is searched by an id that is nobody’s any more', async () => {
    const { gate } = sallyport.house;
    const gone = await sallyport.person('gone');
    await disablePerson(gate, { ...host, reason: 'left <b>us</b>' }, gone);
    await home.visit(`/admin/audit?person=${gone}&kind=accounts`);
    expect(home.response.body).toContain('left &lt;b>us&lt;/b>');
    await erasePerson(gate, gone);
    await home.visit(`/admin/audit?person=${gone}&kind=accounts`);
    expect(home.page.querySelectorAll('.happened .name').map((one) => one.structuredText.trim())).toEqual(
      expect.arrayContaining(['Account erased', expect.stringMatching(/^Account disabled\s*Erased$/)]),
    );
    expect(home.text).not.toContain('left <b>');
    expect(home.text).toContain('an account that is gone');
  });

  test('is taken along as lines of JSON, all that was searched, and that is written down each time', async () => {
    await home.visit('/admin/audit?kind=keys.rotated');
    const fields = { kind: 'keys.rotated' };
    sallyport.clock.pass(minutes(6));
    const old = await post(home, '/admin/audit', fields);
    expect([old.statusCode, old.headers.location, await noted('log.exported')]).toEqual([
      303,
      expect.stringMatching(/^\/sign-in\//),
      [],
    ]);
    const { home: fresh } = await owner(sallyport, 'fred', { role: 'help-desk' });
    await fresh.visit('/admin/audit?kind=keys.rotated');
    for (let time = 1; time <= 2; time++) {
      await fresh.press('Download all of this');
      const { headers, body } = fresh.response;
      expect(headers['content-disposition']).toBe('attachment; filename="sallyport-log.jsonl"');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      const entries = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(entries.length).toBe(120);
      expect(entries[0]).toMatchObject({ event: 'keys.rotated', level: 'notice', actor: 'host', account: null });
      expect(await noted('log.exported')).toHaveLength(time);
      await fresh.visit('/admin/audit?kind=keys.rotated');
    }
    expect((await noted('log.exported'))[0]?.[2]).toEqual(fields);
    expect((await post(fresh, '/admin/audit', { person: 'nobody-here' })).statusCode).toBe(404);
    expect(await noted('log.exported')).toHaveLength(2);
  });

  test('refuses what is no day, no event and no place, and is nobody’s who may not look', async () => {
    for (const query of [
      'from=2026-02-30',
      'from=x',
      'kind=constructor',
      'kind=x',
      'after=x',
      'after=1.A',
      'person=a&person=b',
    ])
      expect([query, (await home.send('GET', `/admin/audit?${query}`)).statusCode]).toEqual([query, 400]);
    await giveRole(sallyport.house.gate, host, auditor ?? expect.fail(), null);
    expect((await home.send('GET', '/admin/audit')).statusCode).toBe(404);
  });
});
