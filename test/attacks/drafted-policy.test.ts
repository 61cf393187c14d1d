import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/core/accounts/store.ts';
import { findSessionById, type SessionId } from '../../src/core/sessions/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { hashOf } from '../../src/kernel/ids.ts';
import { leaveFor } from '../../src/proving/leave.ts';
import { host, officeOf } from '../../src/proving/office.ts';
import { Outrun } from '../../src/proving/outrun.ts';
import { giveRole } from '../../src/proving/people.ts';
import { applyPolicy } from '../../src/proving/policies.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';
import { decide, halfway, owner, post, rowsOf } from './tools.ts';

const mfa = 'policies:\n  - name: everybody\n    require: mfa\n';
const keepingOut =
  'policies: [{name: crew, when: {groups: [crew]}, require: deny}, {name: rest, require: mfa-if-owned}]';
const draftAt = '/admin/policies/draft';

describe.each(kinds)('a policy that is drafted on a page, on %s', (kind) => {
  let sallyport: Sallyport;
  let boss: Browser;
  let secret: string;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    ({ home: boss, secret } = await owner(sallyport, 'boss', { role: 'system-administrator' }));
  });
  beforeEach(async () => {
    await decide(sallyport, { name: 'everybody', require: 'mfa-if-owned' });
    await freshly();
    await post(boss, `${draftAt}/drop`, {});
  });
  afterAll(() => sallyport.close());

  /** The administrator signs in again: all they own was proven a moment ago. */
  async function freshly(): Promise<void> {
    sallyport.clock.pass(30_000);
    boss = await typeCode(await halfway(sallyport, 'boss'), codeFor(sallyport, secret));
    await boss.visit(draftAt);
    sallyport.clock.pass(30_000);
  }
  const versions = async () => (await rowsOf(sallyport, 'policy')).length;
  const write = async (document: string) => {
    await boss.visit(draftAt);
    await boss.press('Keep and check', { document });
  };
  const mistakes = () => boss.page.querySelectorAll('.mistakes li').map((one) => one.textContent);

  test('what is typed is kept, with all that is wrong with it, and decides nothing', async () => {
    const before = await versions();
    await write('policies:\n  - name: a\n   require: sfa\n');
    expect(mistakes()).toEqual([expect.stringMatching(/at line 3, column \d/)]);
    await write('policies:\n  - name: a\n    require: much\n    when: {networks: [home]}\n');
    expect(mistakes()).toEqual([
      expect.stringContaining('policies.0.when.networks.0'),
      expect.stringContaining('policies.0.require'),
    ]);
    await write('policies: [{name: all, require: deny}]');
    expect(mistakes()).toEqual(['policies: every rule denies: nobody could sign in']);
    await write(`a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c]`);
    expect(mistakes().length).toBeGreaterThan(0);
    expect(boss.page.querySelector('textarea')?.textContent).toContain('*c,*c');
    await write('['.repeat(12_000));
    expect(mistakes().length).toBeGreaterThan(0);
    for (const bad of ['Put it in force', 'Put in force']) expect(boss.text).not.toContain(bad);
    expect(await versions()).toBe(before);
  });

  test('by which somebody would be stuck, or pass with less than it asks, is not to be put in force', async () => {
    const before = await versions();
    await write('policies: [{name: far, when: {groups: [ops]}, require: phrh}, {name: rest, require: mfa-if-owned}]');
    expect(mistakes()).toEqual([expect.stringContaining('far: nobody could pass')]);
    expect(boss.text).not.toContain('Put it in force');
    const digest = hashOf(boss.page.querySelector('textarea')?.textContent ?? '');
    const { headers } = await post(boss, `${draftAt}/apply`, { digest, reason: 'a test', meant: 'yes' });
    expect([headers.location, await versions()]).toEqual([draftAt, before]);
  });

  test('it shows what changes, and what somebody would meet under both', async () => {
    await sallyport.person('ann');
    await write(mfa);
    expect(boss.response.body).toContain('Gone: </span>Two from whoever has two</del>');
    expect(boss.response.body).toContain('New: </span>Two proofs</ins>');
    await boss.visit(`${draftAt}?who=ann&from=192.0.2.1`);
    const ways = boss.page
      .querySelectorAll('.walked')
      .map((way) => way.querySelectorAll('code').map((row) => row.textContent));
    expect(ways[0]?.at(-1)).toBe('let-through');
    expect(ways[1]).toContain('set-up-which');
    await write(boss.page.querySelector('textarea')?.textContent ?? '');
  });

  test('it is put in force with a reason, by the name of whoever did, and is then no draft any more', async () => {
    await write(mfa);
    await boss.visit(`${draftAt}/apply`);
    await boss.press('Put in force', { reason: ' ' });
    expect(boss.wrong).toContain('Say in a few words why');
    await boss.press('Put in force', { reason: 'Two proofs from now on' });
    expect(boss.url).toBe('/admin/policies');
    expect(boss.text).toContain('by boss');
    const entry = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'policy.changed').at(-1);
    const id = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'boss')?.['id'];
    expect(entry?.['actor']).toBe(id);
    expect(JSON.parse(String(entry?.['detail']))).toMatchObject({ reason: 'Two proofs from now on' });
    expect(await rowsOf(sallyport, 'policy_draft')).toEqual([]);
  });

  test('a proof of a while ago puts nothing in force: it is asked anew, and then one press does', async () => {
    await write(mfa);
    await boss.visit(`${draftAt}/apply`);
    const before = await versions();
    sallyport.clock.pass(minutes(6));
    await boss.press('Put in force', { reason: 'later' });
    expect(boss.text).toContain('Confirm it’s you to put a policy in force');
    expect(await versions()).toBe(before);
    await typeCode(boss, codeFor(sallyport, secret));
    expect(await versions()).toBe(before);
    await boss.press('Continue');
    expect([boss.url, await versions()]).toEqual(['/admin/policies', before + 1]);
  });

  test('of a draft that is not what was seen, nothing is put in force', async () => {
    await write(mfa);
    await boss.visit(`${draftAt}/apply`);
    const digest = boss.page.querySelector('input[name=digest]')?.getAttribute('value') ?? '';
    const before = await versions();
    await write('policies: [{name: all, require: sfa}]');
    const { body } = await post(boss, `${draftAt}/apply`, { digest, reason: 'unseen' });
    expect(body).toContain('not what you saw');
    expect(await versions()).toBe(before);
  });

  test('of two made from the same version the second is told, and changes nothing', async () => {
    await write(mfa);
    await boss.visit(`${draftAt}/apply`);
    const digest = boss.page.querySelector('input[name=digest]')?.getAttribute('value') ?? '';
    await decide(sallyport, { name: 'faster', require: 'mfa-if-owned' });
    const before = await versions();
    expect((await post(boss, `${draftAt}/apply`, { digest, reason: 'too late' })).statusCode).toBe(303);
    expect(await versions()).toBe(before);
    await boss.visit(draftAt);
    expect(boss.text).toContain('came into force');
    expect(boss.text).not.toContain('Put it in force');
    // Beside the other one, and kept once more, it can.
    await boss.press('Keep and check', { document: mfa });
    expect(boss.text).toContain('Put it in force');
  });

  test('what asks less of anybody is put in force by nobody who has not said that it is meant', async () => {
    await decide(sallyport, { name: 'all', require: 'mfa' });
    await freshly();
    await write('policies: [{name: all, require: mfa, rememberDays: 9}]');
    expect(boss.text).toContain('A device is remembered for longer');
    await boss.visit(`${draftAt}/apply`);
    const before = await versions();
    await boss.press('Put in force', { reason: 'Fewer codes' });
    expect([boss.wrong, await versions()]).toEqual([expect.stringContaining('Say that it is meant'), before]);
    await boss.press('Put in force', { meant: 'yes' });
    expect([boss.url, await versions()]).toEqual(['/admin/policies', before + 1]);
  });

  test('what changes is said to the last value, also where there are no words for it', async () => {
    const rule = (when: string) =>
      `policies: [{name: all, require: mfa-if-owned, passwordless: {methods: [webauthn], when: {group: ${when}}}}]\n`;
    await decide(sallyport, {
      name: 'all',
      require: 'mfa-if-owned',
      passwordless: { methods: ['webauthn'], when: { group: 'a' } },
    });
    await write(`${rule('b')}guessing: {lockAfter: 20}`);
    const lines = boss.page.querySelectorAll('.changes :is(ins, del)').map((line) => line.textContent);
    expect(lines).toEqual([
      'Gone: passwordless: {"methods":["webauthn"],"when":{"group":"a"}}',
      'New: passwordless: {"methods":["webauthn"],"when":{"group":"b"}}',
      'Gone: guessing.lockAfter: 100',
      'New: guessing.lockAfter: 20',
    ]);
  });

  test('whoever has lost the office meanwhile, or never had it, puts nothing in force', async () => {
    const { gate } = sallyport.house;
    const id = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'boss')?.['id'] as AccountId;
    await sallyport.person('other', { role: 'system-administrator' });
    await write(mfa);
    await boss.visit(`${draftAt}/apply`);
    const digest = boss.page.querySelector('input[name=digest]')?.getAttribute('value') ?? '';
    const before = await versions();
    for (const role of ['administrator', 'help-desk', 'auditor', null] as const) {
      await giveRole(gate, host, id, role);
      expect((await post(boss, `${draftAt}/apply`, { digest, reason: 'mine' })).statusCode).toBe(404);
    }
    await giveRole(gate, host, id, 'system-administrator');
    const policy = await gate.policy(gate.database.read);
    const nobody = { actor: id, address: '' };
    await expect(applyPolicy(gate, nobody, { policy, after: before })).rejects.toThrow('without leave');
    await expect(applyPolicy(gate, { ...nobody, actor: 'token:made-up' }, { policy, after: before })).rejects.toThrow(
      Outrun,
    );
    expect(await versions()).toBe(before);
  });

  test('what holds no more when it comes into force puts nothing in force: a proof of too long ago, an office that was taken', async () => {
    const { gate } = sallyport.house;
    const { read } = gate.database;
    const policy = await gate.policy(read);
    const account = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'boss')?.['id'];
    const tried = async (meanwhile: () => unknown) => {
      await freshly();
      const sessions = (await rowsOf(sallyport, 'session')).filter(({ account_id }) => account_id === account);
      const row = sessions.sort((a, b) => Number(a['created_at']) - Number(b['created_at'])).at(-1);
      const session = await findSessionById(read, policy.sessions, row?.['id'] as SessionId, gate.clock.now());
      if (session === null) expect.fail();
      const visit = { address: '', agent: '', language: 'en', browser: null, session: session.id } as const;
      const change = { act: 'a', from: draftAt, done: draftAt, takesAway: false, path: draftAt, form: {} };
      const asking = { session, visit: { ...visit, choice: null, remembered: [] }, secret: undefined };
      const found = await leaveFor(gate, asking, change);
      if (found.is !== 'given') expect.fail();
      await meanwhile();
      const after = await versions();
      const came = await applyPolicy(gate, officeOf(found.leave, 'a test'), { policy, after }).catch(
        (failure: unknown) => failure,
      );
      return came instanceof Outrun ? 'nothing' : (await versions()) - after;
    };
    await sallyport.person('another', { role: 'system-administrator' });
    expect(await tried(() => {})).toBe(1);
    expect(await tried(() => sallyport.clock.pass(minutes(6)))).toBe('nothing');
    expect(await tried(() => giveRole(gate, host, account as AccountId, 'administrator'))).toBe('nothing');
    await giveRole(gate, host, account as AccountId, 'system-administrator');
  });

  test('a draft is its author’s alone', async () => {
    await write('policies: [{name: a secret plan, require: mfa}]');
    const { home } = await owner(sallyport, 'audrey', { role: 'auditor' });
    await home.visit(draftAt);
    expect(home.text).not.toContain('secret plan');
    expect(home.text).not.toContain('Put it in force');
  });

  test('the last sign-ins are replayed: how many it would ask more of, and how many people it would keep out', async () => {
    for (const name of ['pia', 'quin']) {
      await sallyport.person(name, { groups: ['crew'] });
      await signIn(new Browser(sallyport.app), name);
    }
    await freshly();
    await write(keepingOut);
    await boss.visit(`${draftAt}/replay`);
    const before = await rowsOf(sallyport, 'audit');
    const counts = () => boss.page.querySelectorAll('.counts b').map((count) => Number(count.textContent));
    expect(counts()[2]).toBe(2);
    expect(boss.text).not.toContain('quin');
    expect((await rowsOf(sallyport, 'audit')).length).toBe(before.length);
    await boss.press('Show who');
    expect(
      boss.page
        .querySelectorAll('.counts a')
        .map((name) => name.textContent)
        .sort(),
    ).toEqual(['pia', 'quin']);
    const shown = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'policy.names-shown');
    expect(shown.map(({ detail }) => detail)).toEqual(['{"people":2}']);
    await write('policies: [{name: crew, when: {groups: [crew]}, require: mfa}, {name: rest, require: mfa-if-owned}]');
    await boss.visit(`${draftAt}/replay`);
    expect(counts()).toEqual([2, 0, 0]);
  });

  test('names are for those who look after people; who may not see them gets counts, also by asking past the page', async () => {
    const { home } = await owner(sallyport, 'alma', { role: 'auditor' });
    await home.visit(draftAt);
    await home.press('Keep and check', { document: keepingOut });
    await home.visit(`${draftAt}/replay`);
    expect(home.page.querySelectorAll('.counts b').map((count) => count.textContent)[2]).toBe('2');
    expect(home.text).not.toContain('Show who');
    await home.visit(draftAt);
    expect((await post(home, `${draftAt}/replay`, {})).statusCode).toBe(404);
  });

  test('what keeps people out is put in force by nobody who has not typed how many', async () => {
    await write(keepingOut);
    await boss.visit(`${draftAt}/apply`);
    const before = await versions();
    for (const sure of ['', '1', 'yes', '02']) {
      await boss.press('Put in force', { reason: 'they left', sure });
      expect([sure, boss.wrong, await versions()]).toEqual([sure, expect.stringContaining('Type the number'), before]);
    }
    await boss.press('Put in force', { reason: 'they left', sure: '2' });
    expect([boss.url, await versions()]).toEqual(['/admin/policies', before + 1]);
  });
});
