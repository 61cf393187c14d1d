import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { type Arrangement, readArrangement } from '../../src/core/arrangement/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { readArranged } from '../../src/proving/arranged.ts';
import { type Allowed, type Arranged, arrange } from '../../src/proving/arranging.ts';
import { host } from '../../src/proving/office.ts';
import { giveRole } from '../../src/proving/people.ts';
import { applyPolicy } from '../../src/proving/policies.ts';
import { letters, rowsOf } from '../attacks/tools.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { command } from '../support/server-process.ts';

const keeper = 'system-administrator';
const operators = { name: 'operators', when: { groups: ['operators'] }, require: 'mfa' };
const everybody = { name: 'everybody', require: 'sfa' };
const config = { policies: [operators, everybody] };

describe.each(kinds)('a document of all that decides, on %s', (kind) => {
  const opened: Sallyport[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  /** root keeps the house, ann is an operator, bob and cleo are nobody in particular. */
  async function open(more: Record<string, unknown> = {}): Promise<Sallyport> {
    const sallyport = await openSallyport(kind, { ...config, ...more });
    opened.push(sallyport);
    await sallyport.person('root', { role: keeper });
    await sallyport.person('ann', { groups: ['operators', 'staff'] });
    await sallyport.person('bob');
    await sallyport.person('cleo', { role: 'help-desk' });
    return sallyport;
  }
  const exported = async ({ house }: Sallyport, ...groups: string[]) => {
    const text = stringify(await readArranged(house.gate.database.read, house.gate, groups));
    return parse(text) as Arrangement;
  };
  const nothingSaid: Allowed = { force: false, weaken: false, dryRun: false };
  async function apply({ house }: Sallyport, given: object, allowed: Partial<Allowed> = {}): Promise<Arranged> {
    const read = readArrangement(given, house.nameable);
    if (read.is === 'bad') throw new Error(read.mistakes.join('\n'));
    return arrange(house.gate, { ...host, reason: 'as agreed' }, read.config, { ...nothingSaid, ...allowed });
  }
  const lines = ({ changes }: Arranged) => changes.map(({ sign, what }) => `${sign} ${what}`);
  const found = async ({ house }: Sallyport, name: string) =>
    (await findAccountByName(house.gate.database.read, name)) ?? expect.fail();
  /** All that a document could change, or that tells of it. */
  const everything = async (sallyport: Sallyport) =>
    Promise.all(['account', 'policy', 'audit', 'outbox'].map((table) => rowsOf(sallyport, table)));

  test('holds the policy, who has which role, and who is in the groups that rules name, and no more of anybody', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    expect(document).toMatchObject({
      madeFrom: { policy: 0 },
      policy: { policies: [operators, everybody] },
      roles: { [keeper]: ['root'], administrator: [], 'help-desk': ['cleo'], auditor: [] },
      groups: { operators: ['ann'] },
    });
    expect((await exported(sallyport, 'staff', 'nobody')).groups).toEqual({
      nobody: [],
      operators: ['ann'],
      staff: ['ann'],
    });
    expect(stringify(document)).not.toContain('example.org');
  });

  test('applied as it was exported, or twice, it changes nothing', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    const before = await everything(sallyport);
    expect(await apply(sallyport, document)).toMatchObject({ is: 'same', changes: [] });
    expect(await everything(sallyport)).toEqual(before);
    const next = { ...document, groups: { operators: ['ann', 'bob'] } };
    expect((await apply(sallyport, next)).is).toBe('applied');
    const after = await everything(sallyport);
    expect((await apply(sallyport, next)).is).toBe('same');
    expect(await everything(sallyport)).toEqual(after);
  });

  test('says each change, makes them all, writes each down with why, and tells whom it is about', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    const next = {
      ...document,
      policy: {
        ...document.policy,
        policies: [
          { ...operators, require: 'phr' },
          { name: 'tokens', when: { people: ['bob'] }, require: 'mfa' },
          everybody,
        ],
      },
      roles: { [keeper]: ['root', 'ann'], 'help-desk': [], auditor: ['cleo'] },
      groups: { operators: ['bob'], staff: [] },
      madeFrom: { ...document.madeFrom, groups: (await exported(sallyport, 'staff')).madeFrom.groups },
    };
    const before = await everything(sallyport);
    const tried = await apply(sallyport, next, { dryRun: true, weaken: true });
    expect([tried.is, await everything(sallyport)]).toEqual(['tried', before]);
    const applied = await apply(sallyport, next, { weaken: true });
    expect({ ...tried, is: 'applied' }).toEqual(applied);
    expect(lines(applied).sort()).toEqual([
      '+ group operators: bob',
      `+ role ${keeper}: ann`,
      '+ rule tokens: mfa',
      '- group operators: ann',
      '- group staff: ann',
      '~ role of cleo: help-desk -> auditor',
      '~ rule operators: require: mfa -> phr',
    ]);
    expect([(await found(sallyport, 'ann')).role, (await found(sallyport, 'ann')).groups]).toEqual([keeper, []]);
    expect([(await found(sallyport, 'cleo')).role, (await found(sallyport, 'bob')).groups]).toEqual([
      'auditor',
      ['operators'],
    ]);
    const entries = (await rowsOf(sallyport, 'audit')).map(({ event, actor, detail }) => `${event} ${actor} ${detail}`);
    expect(entries.sort()).toEqual([
      'account.changed host {"joined":"operators","reason":"as agreed"}',
      'account.changed host {"left":"operators, staff","reason":"as agreed"}',
      'policy.changed host {"version":1,"reason":"as agreed"}',
      'role.changed host {"role":"auditor","reason":"as agreed"}',
      `role.changed host {"role":"${keeper}","reason":"as agreed"}`,
    ]);
    expect(await letters(sallyport, 'cleo@example.org')).toEqual(['What you may do for others was changed']);
    expect(await letters(sallyport, 'root@example.org')).toEqual(['There is one more system administrator']);
  });

  test('leaves alone what it does not name', async () => {
    const sallyport = await open();
    const { madeFrom } = await exported(sallyport);
    expect((await apply(sallyport, { madeFrom, roles: { auditor: ['bob'] } })).is).toBe('applied');
    expect(await exported(sallyport, 'staff')).toMatchObject({
      madeFrom: { policy: 0 },
      roles: { [keeper]: ['root'], 'help-desk': ['cleo'], auditor: ['bob'] },
      groups: { operators: ['ann'], staff: ['ann'] },
    });
  });

  test.each<[string, (document: Arrangement) => object, (sallyport: Sallyport) => Promise<unknown>]>([
    [
      'the policy',
      ({ policy }) => ({ policy: { ...policy, policies: [{ ...everybody, require: 'phr' }] } }),
      ({ house: { gate } }) =>
        gate.policy(gate.database.read).then((policy) => applyPolicy(gate, host, { policy, after: 0 })),
    ],
    [
      'a role',
      () => ({ roles: { auditor: ['bob'] } }),
      async (sallyport) => giveRole(sallyport.house.gate, host, (await found(sallyport, 'ann')).id, 'auditor'),
    ],
    [
      'a group',
      () => ({ groups: { operators: ['bob', 'ann'] } }),
      async (sallyport) => apply(sallyport, { groups: { operators: ['ann', 'root'] } }, { force: true }),
    ],
  ])('made before somebody else changed %s, it changes nothing unless that is said', async (_, change, meanwhile) => {
    const sallyport = await open();
    const document = await exported(sallyport);
    await meanwhile(sallyport);
    const before = await everything(sallyport);
    const next = { madeFrom: document.madeFrom, ...change(document) };
    const outrun = await apply(sallyport, next);
    expect([outrun.is, outrun.outrun.length, await everything(sallyport)]).toEqual(['outrun', 1, before]);
    expect((await apply(sallyport, next, { force: true, weaken: true })).is).toBe('applied');
    // Made from nothing at all is made from something else.
    const { madeFrom: __, ...unmade } = { ...document, groups: { operators: [] } };
    expect((await apply(sallyport, unmade, { weaken: true })).is).toBe('outrun');
  });

  test('what asks less of anybody is said, and done only when that is meant', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    const before = await everything(sallyport);
    const laxer = {
      ...document,
      policy: { ...document.policy, policies: [{ ...operators, require: 'sfa' }, everybody] },
    };
    const elsewhere = { ...document, groups: { operators: [] } };
    for (const next of [laxer, elsewhere]) {
      const { is, weaker } = await apply(sallyport, next);
      expect([is, weaker]).toEqual(['weaker', [expect.stringContaining('asks for less')]]);
    }
    expect(await everything(sallyport)).toEqual(before);
    expect((await apply(sallyport, laxer, { weaken: true })).is).toBe('applied');
  });

  test('nobody is shut out who could put it right: not by roles, the policy, a group, or all of it together', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    const before = await everything(sallyport);
    const denied = { name: 'x', when: { groups: ['shut'] }, require: 'deny' };
    const policy = (...rules: object[]) => ({ ...document.policy, policies: [...rules, everybody] });
    for (const next of [
      { roles: { [keeper]: [] } },
      { roles: { [keeper]: [], administrator: ['root'] } },
      { policy: policy({ name: 'x', when: { people: ['root'] }, require: 'deny' }) },
      { policy: policy(denied), groups: { shut: ['root'] } },
      { roles: { [keeper]: ['ann'] }, policy: policy(denied), groups: { shut: ['ann'] } },
      { roles: { auditor: ['bob'] }, policy: { ...document.policy, policies: [{ ...everybody, require: 'deny' }] } },
    ])
      expect([next, (await apply(sallyport, next, { force: true, weaken: true })).is]).toEqual([next, 'refused']);
    expect(await everything(sallyport)).toEqual(before);
    // Another one in the same breath is enough.
    expect((await apply(sallyport, { roles: { [keeper]: ['ann'] } }, { force: true })).is).toBe('applied');
  });

  test('names that are nobody’s change nothing, and are all said; an address is no name here', async () => {
    const sallyport = await open();
    const before = await everything(sallyport);
    const next = { roles: { auditor: ['zed', 'bob'] }, groups: { operators: ['ann', 'bob@example.org'] } };
    expect(await apply(sallyport, next, { force: true, weaken: true })).toMatchObject({
      is: 'refused',
      mistakes: [
        'role auditor: nobody has the user name zed',
        'group operators: nobody has the user name bob@example.org',
      ],
    });
    expect(await everything(sallyport)).toEqual(before);
  });

  test('whoever a directory keeps is in groups by its word alone', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    const ann = await found(sallyport, 'ann');
    const directory = {
      ...gate.directory,
      find: async (_: unknown, id: string | null) => (id === ann.id ? { entry: 'e', since: 0 as never } : null),
    };
    const house = { ...sallyport.house, gate: { ...gate, directory } };
    const theirs = { ...sallyport, house };
    expect((await exported(theirs)).groups).toEqual({ operators: [] });
    // What is exported takes nobody out, and nobody can be put in.
    expect((await apply(theirs, await exported(theirs))).is).toBe('same');
    expect((await found(sallyport, 'ann')).groups).toEqual(['operators', 'staff']);
    expect(await apply(theirs, { groups: { operators: ['ann'] } }, { force: true })).toMatchObject({
      is: 'refused',
      mistakes: ['group operators: ann is kept elsewhere, and put in groups there'],
    });
  });

  test('of two that take the last two from each other one is refused', async () => {
    const sallyport = await open();
    const { gate } = sallyport.house;
    await giveRole(gate, host, (await found(sallyport, 'ann')).id, keeper);
    const came = await Promise.all(
      ['root', 'ann'].map((name) => apply(sallyport, { roles: { [keeper]: [name] } }, { force: true })),
    );
    expect((await rowsOf(sallyport, 'account')).filter(({ role }) => role === keeper).length).toBeGreaterThan(0);
    expect(came.map(({ is }) => is)).toContain('applied');
  });

  test('a document is read whole, and all that is wrong with it is said', async () => {
    const { house } = await open();
    const bad = {
      secret: 'x',
      roles: { root: [], auditor: ['ann', 'ann'], 'help-desk': ['ann'] },
      groups: { auditor: ['bob'], a: 'bob' },
    };
    expect(readArrangement(bad, house.nameable)).toMatchObject({ is: 'bad', mistakes: { length: 3 } });
    const wrong = {
      roles: { auditor: ['ann', 'ann'], 'help-desk': ['ann'] },
      groups: { auditor: ['bob'] },
      policy: { policies: [{ ...everybody, methods: { second: ['fax'] } }] },
    };
    expect(readArrangement(wrong, house.nameable)).toEqual({
      is: 'bad',
      mistakes: [
        'policies: everybody names the method fax, which there is not',
        'roles.auditor: ann is named twice',
        'roles: ann is given two',
        'groups.auditor: this is a role',
      ],
    });
  });

  test('the policy of the configuration is in force until another one is applied, and a change of a role alone applies none', async () => {
    const sallyport = await open();
    const document = await exported(sallyport);
    await apply(sallyport, { ...document, roles: { auditor: ['bob'] } });
    expect(await findLatest(sallyport.house.gate.database.read)).toBe(0);
  });
});

test('from the command line: out to a file, changed, tried, and in again', { timeout: 90_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-arrangement-'));
  const variables = { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: await newPostgres() };
  await command(['user', 'add', 'root', '--admin', '--password-stdin'], variables, 'seven quiet herons at dusk');
  await command(['user', 'add', 'ann', '--password-stdin'], variables, 'eight quiet herons at dusk');
  const file = join(folder, 'arrangement.yaml');
  const { out } = await command(['export', '--group', 'staff'], variables);
  writeFileSync(file, out);
  expect(await command(['apply', file], variables)).toMatchObject({
    code: 0,
    out: expect.stringContaining('stands so already'),
  });

  writeFileSync(file, readFileSync(file, 'utf8').replace('staff: []', 'staff: [ann]').replace('mfa-if-owned', 'sfa'));
  const tried = await command(['apply', file, '--dry-run', '--weaken'], variables);
  expect(tried.out).toMatch(
    /~ rule everybody: require: mfa-if-owned -> sfa\n\+ group staff: ann\n! weaker: asks for less/,
  );
  expect(tried.out).toContain('Nothing was changed');
  expect(await command(['apply', file], variables)).toMatchObject({
    code: 1,
    err: expect.stringContaining('--weaken'),
  });
  expect(await command(['apply', file, '--weaken'], variables)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Applied.'),
  });

  writeFileSync(file, readFileSync(file, 'utf8').replace('staff: [ann]', 'staff: [root]'));
  expect(await command(['apply', file], variables)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
  writeFileSync(file, 'roles: [');
  expect(await command(['apply', file], variables)).toMatchObject({
    code: 1,
    err: expect.stringContaining('1 mistake'),
  });
});
