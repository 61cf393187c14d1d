import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountId, findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { rememberDevice } from '../../src/core/browsers/remembered.ts';
import type { BrowserId } from '../../src/core/browsers/store.ts';
import { textOf } from '../../src/core/policies/drafts.ts';
import { may, type Role, roles } from '../../src/core/roles/roles.ts';
import type { Route } from '../../src/http/route.ts';
import { days, shift } from '../../src/kernel/clock.ts';
import { hashOf } from '../../src/kernel/ids.ts';
import { host } from '../../src/proving/office.ts';
import { giveRole } from '../../src/proving/people.ts';
import { administered } from '../../src/surfaces/admin/administered.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';
import { addresses, halfway, isIn, letters, owner, post, rowsOf } from './tools.ts';

/** A form that each address takes, without its token. */
const forms: Readonly<Record<string, Record<string, string>>> = {
  'POST /admin/people': {},
  'POST /admin/audit': {},
  'POST /admin/browser': { say: 'in', username: 'target' },
  'POST /admin/people/:person/code/number': {},
  'POST /admin/people/add': { username: 'somebody-new', reason: 'a test' },
  'POST /admin/people/:person/link': { method: 'totp', reason: 'a test' },
  'POST /admin/people/:person/code': { number: '123456', reason: 'a test' },
  'POST /admin/policies/draft': { document: 'policies: [{ name: everybody, require: mfa-if-owned }]', beside: '0' },
  'POST /admin/policies/draft/drop': {},
  'POST /admin/policies/draft/replay': {},
  'POST /admin/people/:person/pin': { 'at.': 'yes', reason: 'a test' },
  'POST /admin/people/:person/role': { role: 'auditor', reason: 'a test' },
};
const reason = { reason: 'a test' };
type At = ReturnType<typeof addresses>[number];

describe.each(kinds)('those who may act upon others, on %s', (kind) => {
  let sallyport: Sallyport;
  let target: AccountId;
  beforeAll(async () => {
    const tracker = { id: 'tracker', name: 'Tracker', owners: ['changing'], redirectUris: ['https://tracker.test/'] };
    sallyport = await openSallyport(kind, { applications: [tracker] });
    target = await sallyport.person('target');
    await sallyport.person('root', { role: 'system-administrator' });
  });
  afterAll(() => sallyport.close());

  const idOf = async (name: string): Promise<AccountId> =>
    (await findAccountByName(sallyport.house.gate.database.read, name))?.id ?? expect.fail();
  const adminRoutes = (whom: string) =>
    addresses(sallyport, { person: whom, method: 'totp', application: 'tracker' }).filter(({ route }) =>
      route.path.startsWith('/admin'),
    );
  /** Everything that could have been changed of anybody, but for what is seen and tried. */
  const state = async () => {
    const tables = ['account', 'session', 'totp', 'backup_code', 'opt_in', 'label', 'password'];
    const all = await Promise.all(tables.map((table) => rowsOf(sallyport, table)));
    const written = (await rowsOf(sallyport, 'audit')).filter(({ event }) => String(event).startsWith('account.'));
    return JSON.stringify([
      ...all.map((rows) => rows.map(({ seen_at, ...row }) => JSON.stringify(row)).sort()),
      written.length,
    ]);
  };
  const send = async (browser: Browser, { route, url, name }: At) =>
    route.method === 'GET'
      ? browser.send('GET', url)
      : post(browser, url, { ...(forms[name] ?? reason), ...(await seen(name)) });
  /** Of a policy's draft what was seen is named: of whoever has none, what is in force. */
  async function seen(name: string): Promise<Record<string, string>> {
    const { gate } = sallyport.house;
    if (name !== 'POST /admin/policies/draft/apply') return {};
    return { digest: hashOf(textOf(await gate.policy(gate.database.read))) };
  }

  test('each role reaches the addresses of its row and no other, and nobody else reaches any', async () => {
    const { gate } = sallyport.house;
    const { home } = await owner(sallyport, 'changing');
    for (const role of [...roles, null]) {
      await giveRole(gate, host, await idOf('changing'), role);
      await home.visit('/account');
      for (const at of adminRoutes(target)) {
        await tryOne(home, role, at);
        await gate.database.transaction((tx) => saveDisabled(tx, target, null));
        await giveRole(gate, host, target, null);
      }
    }
    expect(adminRoutes(target).length).toBeGreaterThan(12);
  }, 90_000);

  /** Open: it answers, and asks for nothing more. Not open: as if there were nothing, and nothing happens. */
  async function tryOne(browser: Browser, role: Role | null, at: At): Promise<void> {
    const before = await state();
    const { statusCode, headers } = await send(browser, at);
    const open = may({ role }, at.route.act);
    const to = expect.not.stringContaining('sign-in');
    const answered = open ? expect.toBeOneOf([200, 303]) : 404;
    expect([role, at.name, statusCode, headers.location ?? '']).toEqual([role, at.name, answered, to]);
    if (!open) expect([role, at.name, await state()]).toEqual([role, at.name, before]);
  }

  test('an address that nobody gave a row to is nobody’s', async () => {
    const { home } = await owner(sallyport, 'chief', { role: 'system-administrator' });
    const route: Route = {
      method: 'GET',
      path: '/admin/new',
      binding: 'session',
      answer: async () => ({ is: 'redirect', to: '/' }),
    };
    const [guarded] = administered(sallyport.house, [route]);
    const account = await idOf('chief');
    await expect(guarded?.answer({ session: { account }, path: '/admin/new' } as never)).rejects.toThrow('not-found');
    expect(await isIn(home)).toBe(true);
  });

  test('T08: a session of one factor, or of a while ago, changes nothing for others', async () => {
    const { secret, home } = await owner(sallyport, 'boss', { role: 'system-administrator' });
    await owner(sallyport, 'victim');
    const victim = await idOf('victim');
    // As a device that is excused has it: the password alone, of somebody who owns more.
    const before = await rowsOf(sallyport, 'session');
    const excused = await typeCode(await halfway(sallyport, 'boss'), codeFor(sallyport, secret));
    sallyport.clock.pass(30_000);
    await excused.visit('/account');
    const made = (await rowsOf(sallyport, 'session')).find(({ id }) => !before.some((one) => one['id'] === id));
    const [password] = JSON.parse(String(made?.['proofs'])) as unknown[];
    await sallyport.house.gate.database.read
      .withTables<{ session: { id: string; proofs: string; level: number } }>()
      .updateTable('session')
      .set({ proofs: JSON.stringify([password]), level: 1 })
      .where('id', '=', String(made?.['id']))
      .execute();
    await sallyport.person('weak', { role: 'system-administrator' });
    const weak = await signIn(new Browser(sallyport.app), 'weak');
    await home.visit('/account');
    sallyport.clock.pass(5 * 60_000);
    const untouched = await state();
    for (const [kind, browser] of Object.entries({ excused, weak, old: home }))
      for (const at of adminRoutes(victim).filter(({ route }) => asks(kind, route))) {
        const { statusCode, headers } = await send(browser, at);
        const away = expect.stringMatching(/^\/sign-in\//);
        expect([kind, at.name, statusCode, headers.location]).toEqual([kind, at.name, 303, away]);
      }
    expect(await state()).toBe(untouched);
    expect((await home.send('GET', '/admin/people')).statusCode).toBe(200);

    // What was proven for one act lets no other happen, and its own once.
    const lets = async (whom: string) =>
      String((await post(home, `/admin/people/${whom}/disable`, reason)).headers.location);
    await home.visit(await lets(victim));
    sallyport.clock.pass(30_000);
    await typeCode(home, codeFor(sallyport, secret));
    const proven = await state();
    expect(home.url).toMatch(/^\/step-up\//);
    expect([await lets(target), await state()]).toEqual([expect.stringMatching(/^\/sign-in\//), proven]);
    await home.press('Continue');
    expect(home.url).toBe(`/admin/people/${victim}`);
    const after = await state();
    expect(after).not.toBe(proven);
    await home.visit('/account');
    expect([await lets(victim), await state()]).toEqual([`/admin/people/${victim}`, after]);
  });

  /** An old proof shows what could be done, keeps a draft, and takes nothing along; a weak one shows nothing. */
  const asks = (kind: string, { act, method }: Route): boolean =>
    kind !== 'old' || (act !== 'draft-policy' && (method === 'POST' || act === 'prepare-browser'));

  test('every act upon somebody takes a proof for itself', () => {
    const forms = adminRoutes(target).filter(({ route }) => route.method === 'POST' && route.path.includes(':person'));
    expect(forms.length).toBeGreaterThan(4);
    // A number that a caller reads back lets nobody in.
    const changesNothing = ['POST /admin/people/:person/code/number'];
    expect(forms.filter(({ route }) => route.changes === undefined).map(({ name }) => name)).toEqual(changesNothing);
  });

  test('T27: nobody acts in another’s name, upon themselves, upon nobody, or upon whoever is above them', async () => {
    const { home } = await owner(sallyport, 'adam', { role: 'administrator' });
    await sallyport.person('desk', { role: 'help-desk' });
    const [adam, boss, desk] = [await idOf('adam'), await idOf('boss'), await idOf('desk')];
    await home.visit('/account');
    const untouched = await state();
    for (const whom of [adam, boss, desk, 'A'.repeat(22)])
      for (const at of adminRoutes(whom).filter(({ route }) => route.act !== 'look' && route.path.includes(':person')))
        expect([at.name, (await send(home, at)).statusCode]).toEqual([at.name, 404]);
    expect(await state()).toBe(untouched);
    for (const more of [{ actor: boss }, { account: desk }, { person: desk }]) {
      const { statusCode } = await post(home, `/admin/people/${target}/sign-out`, { ...reason, ...more });
      expect([more, statusCode]).toEqual([more, 400]);
    }
    const { statusCode } = await post(home, `/admin/people/${target}/sign-out`, reason);
    const entry = (await rowsOf(sallyport, 'audit')).find(
      ({ event, actor }) => event === 'session.ended' && actor === adam,
    );
    expect([statusCode, entry?.['account_id'], entry?.['detail']]).toEqual([
      303,
      target,
      '{"where":"everywhere","reason":"a test"}',
    ]);
    expect(await letters(sallyport, 'target@example.org')).toContain('You were signed out everywhere');
  });

  test('T42: what is reset from a page is gone to the last row of every table, and so is all that rested on it', async () => {
    const { home } = await owner(sallyport, 'rita', { role: 'system-administrator' });
    const { home: theirs, secret } = await owner(sallyport, 'gil');
    const away = await typeCode(await halfway(sallyport, 'gil'), codeFor(sallyport, secret));
    await remember('gil');
    const pending = await halfway(sallyport, 'gil');
    await typeCode(await halfway(sallyport, 'gil'), '000000');
    const id = await idOf('gil');
    expect(await tablesOf(id)).toEqual(expect.arrayContaining(['attempt', 'backup_code', 'remembered_device', 'totp']));
    await home.visit('/account');
    expect((await post(home, `/admin/people/${id}/reset/all`, reason)).statusCode).toBe(303);
    expect(await tablesOf(id)).toEqual([...leftOver]);
    expect((await rowsOf(sallyport, 'throttle')).filter(({ budget }) => String(budget).includes(id))).toEqual([]);
    expect([await isIn(theirs), await isIn(away)]).toEqual([false, false]);
    expect((await pending.visit(pending.url)).response.statusCode).toBe(410);
    expect(await letters(sallyport, 'gil@example.org')).toContain('A way to sign in was removed');
  });

  /** What somebody is, their password, and what was written down or is owed to them. */
  const leftOver = ['account_name', 'account_word', 'audit', 'decision', 'outbox', 'password', 'sign_out'];

  /** Every table that keeps something of theirs. */
  async function tablesOf(id: string): Promise<readonly string[]> {
    const { read } = sallyport.house.gate.database;
    const columns =
      kind === 'sqlite'
        ? sql<{ name: string }>`select m.name from sqlite_master m join pragma_table_info(m.name) c
            where m.type = 'table' and c.name = 'account_id' order by m.name`
        : sql<{ name: string }>`select table_name as name from information_schema.columns
            where table_schema = 'public' and column_name = 'account_id' order by table_name`;
    const found: string[] = [];
    for (const { name } of (await columns.execute(read)).rows)
      if ((await rowsOf(sallyport, name)).some(({ account_id }) => account_id === id)) found.push(name);
    return found;
  }

  /** One of their browsers is not asked again. */
  async function remember(name: string): Promise<void> {
    const { gate } = sallyport.house;
    const account = await idOf(name);
    const known = (await rowsOf(sallyport, 'browser_account')).find(({ account_id }) => account_id === account);
    const browser = known?.['browser_id'] as BrowserId;
    const given = { browser, account, expiresAt: shift(gate.clock.now(), days(1)), agent: '', address: '' };
    await gate.database.transaction((tx) => rememberDevice(tx, gate, given));
  }
});
