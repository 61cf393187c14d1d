import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { AccountId } from '../../src/core/accounts/store.ts';
import { policyDocument } from '../../src/core/policies/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { days, minutes } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { unlockPerson } from '../../src/proving/people.ts';
import { type Applied, applyPolicy, weighPolicy } from '../../src/proving/policies.ts';
import { halfway, letters, owner, post, removalOf, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { command, startServer } from '../support/server-process.ts';
import {
  codeFor,
  mailbox,
  secretShown,
  setUpAuthenticator,
  setUpSentCode,
  signIn,
  takesSentCodes,
  typeCode,
} from '../support/verbs.ts';

const everybody = (require: string, more = {}) => ({ policies: [{ name: 'everybody', require, ...more }] });
const config = { ...takesSentCodes, policies: [{ name: 'of the file', require: 'sfa' }] };

describe.each(kinds)('the policy, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, config);
  });
  afterAll(() => sallyport.close());

  const apply = async (given: object): Promise<Applied> => {
    const { gate } = sallyport.house;
    const after = await findLatest(gate.database.read);
    return applyPolicy(gate, host, { policy: policyDocument.parse(given), after });
  };
  const titleFor = async (name: string) => (await signIn(new Browser(sallyport.app), name)).title;

  test('what is applied decides from the very next answer on, for whoever is in as well', async () => {
    await sallyport.person('ann');
    const home = await signIn(new Browser(sallyport.app), 'ann');
    expect(home.url).toBe('/account');
    expect(await apply(everybody('mfa'))).toMatchObject({ is: 'applied', version: 1 });
    await home.visit('/account');
    expect(home.url).not.toBe('/account');
    expect(await titleFor('ann')).toMatch(/Set up/);
    await apply(everybody('sfa'));
    expect((await home.visit('/account')).url).toBe('/account');
    const [entry] = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'policy.changed');
    expect(entry).toMatchObject({ actor: 'host', detail: '{"version":1}' });
  });

  test('so do the limits of sessions, also for those that were begun before', async () => {
    await sallyport.person('bob');
    const home = await signIn(new Browser(sallyport.app), 'bob');
    sallyport.clock.pass(minutes(3));
    expect((await home.visit('/account')).url).toBe('/account');
    await apply({ ...everybody('sfa'), sessions: { oneFactor: { idle: minutes(2) } } });
    sallyport.clock.pass(minutes(3));
    expect((await home.visit('/account')).url).not.toBe('/account');
    await apply(everybody('sfa'));
  });

  test('whoever may change nothing is offered nothing, and gets nothing by asking past the page', async () => {
    const { home } = await owner(sallyport, 'cleo');
    const removal = await removalOf(home);
    await apply(everybody('mfa-if-owned', { setUp: 'when-asked' }));
    await home.visit('/account/security');
    expect(home.response.body).toContain('decides what you sign in with');
    expect(home.page.querySelectorAll('form[action*="/totp/"], form[action*="/backup-codes/"]')).toHaveLength(0);
    expect(home.page.querySelectorAll('form[action$="/password/set-up"]')).toHaveLength(1);
    const before = await rowsOf(sallyport, 'totp');
    for (const to of ['/account/security/totp/set-up', '/account/security/backup-codes/set-up', removal])
      expect([to, (await post(home, to, {})).statusCode]).toEqual([to, 404]);
    expect((await post(home, '/account/security/password/set-up', {})).statusCode).toBe(303);
    expect(await rowsOf(sallyport, 'totp')).toEqual(before);
    await apply(everybody('sfa'));
  });

  test('a change begun while it was allowed does not end once it is not', async () => {
    await sallyport.person('dora');
    const home = await signIn(new Browser(sallyport.app), 'dora');
    await home.visit('/account/security');
    await home.press('Set up: Authenticator app');
    const secret = secretShown(home);
    await apply(everybody('mfa-if-owned', { setUp: 'never' }));
    await typeCode(home, codeFor(sallyport, secret));
    const account = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'dora')?.['id'];
    expect((await rowsOf(sallyport, 'totp')).filter((row) => row['account_id'] === account)).toEqual([]);
    await apply(everybody('sfa'));
  });

  test('after as many wrong codes as it says an account takes none, until somebody unlocks it', async () => {
    await apply({ ...everybody('mfa-if-owned'), guessing: { lockAfter: 3 } });
    const { secret } = await owner(sallyport, 'eve');
    const browser = await halfway(sallyport, 'eve');
    for (const wrong of ['000000', '000001', '000002']) await typeCode(browser, wrong);
    sallyport.clock.pass(days(40));
    const later = await halfway(sallyport, 'eve');
    expect(later.title).toBe('Too many wrong codes');
    const [letter] = await letters(sallyport, 'eve@example.org');
    expect(letter).toMatch(/locked|no more/i);
    const account = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'eve')?.['id'];
    await unlockPerson(sallyport.house.gate, host, account as AccountId);
    const again = await halfway(sallyport, 'eve');
    await typeCode(again, codeFor(sallyport, secret));
    expect(again.url).toBe('/account');
    await apply(everybody('sfa'));
  });

  test('made from one that is not in force any more, it changes nothing', async () => {
    const { gate } = sallyport.house;
    const version = await findLatest(gate.database.read);
    const policy = policyDocument.parse(everybody('mfa'));
    expect(await applyPolicy(gate, host, { policy, after: version - 1 })).toEqual({ is: 'outrun', version });
    expect(await findLatest(gate.database.read)).toBe(version);
  });

  test('one that lets nobody in is refused', async () => {
    expect(await apply(everybody('deny'))).toMatchObject({ is: 'refused' });
  });

  describe('with one administrator', () => {
    beforeAll(async () => {
      await sallyport.person('root', { role: 'system-administrator' });
    });

    const last = { name: 'everybody', require: 'sfa' };
    const mailBesides = { methods: { second: ['email-code'], backup: [] } };
    test.each([
      ['denies them', [{ name: 'a', when: { groups: ['system-administrator'] }, require: 'deny' }, last]],
      ['takes mail alone', [{ name: 'a', require: 'mfa', methods: { second: ['email-code'] } }]],
      ['asks for what nothing here can be', [{ name: 'a', require: 'phrh' }]],
      ['asks for a code by mail besides one factor', [{ ...last, ...mailBesides, confirm: 'each-sign-in' }]],
    ])('a policy that %s is refused, and the one in force stays', async (_, policies) => {
      const before = await findLatest(sallyport.house.gate.database.read);
      expect(await apply({ policies })).toEqual({
        is: 'refused',
        mistakes: [expect.stringContaining('no administrator could sign in')],
      });
      expect(await findLatest(sallyport.house.gate.database.read)).toBe(before);
    });

    test('a policy that asks for such a code another time, while none can be sent, is taken', async () => {
      const postponed = { ...mailBesides, confirm: 'each-sign-in', confirmWhenDown: 'postpone' };
      expect(await apply({ policies: [{ ...last, ...postponed }] })).toMatchObject({ is: 'applied' });
      await apply(everybody('sfa'));
    });

    test('a policy that asks for what they may set up on the way is taken', async () => {
      expect(await apply(everybody('mfa'))).toMatchObject({ is: 'applied' });
      await apply(everybody('sfa'));
    });

    test('who has codes by mail alone would be shut out where nothing else may stand beside them', async () => {
      await apply({ policies: takesSentCodes.policies });
      const root = await signIn(new Browser(sallyport.app), 'root');
      await setUpSentCode(sallyport, root, mailbox('root@example.org'));
      // Mail is down: all they own cannot be proven, so nothing else can be set up on the way.
      expect(await apply(everybody('mfa', { methods: { second: ['totp', 'email-code'], backup: [] } }))).toMatchObject({
        is: 'refused',
      });
      await setUpAuthenticator(sallyport, root);
      expect(await apply(everybody('mfa', { methods: { second: ['totp', 'email-code'] } }))).toMatchObject({
        is: 'applied',
      });
      await apply(everybody('sfa'));
    });

    test('its author is told what they may not have meant', async () => {
      const { gate } = sallyport.house;
      const policy = policyDocument.parse({
        policies: [
          { name: 'inside', when: { networks: ['10.0.0.0/8'], groups: ['nobody-yet'] }, require: 'sfa' },
          { name: 'office', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' },
          { name: 'all', require: 'deny' },
          { name: 'late', require: 'mfa' },
        ],
      });
      expect(await weighPolicy(gate.database.read, gate, policy)).toEqual({
        mistakes: [],
        warnings: [
          'policies: some administrators could not sign in from everywhere by themselves',
          'policies: late is never reached, for all before it matches everybody',
          'policies: nobody is in the group nobody-yet so far',
        ],
      });
    });
  });
});

test('a file comes into force beside two running servers, and back again', { timeout: 90_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-policy-'));
  const variables = {
    SALLYPORT_DATA: folder,
    SALLYPORT_DATABASE: await newPostgres(),
  };
  const secret = 'seven quiet herons at dusk';
  await command(['user', 'add', 'ann', '--password-stdin'], variables, secret);
  const servers = [await startServer(variables), await startServer(variables)];
  const titles = () => Promise.all(servers.map(async ({ app }) => (await signIn(new Browser(app), 'ann', secret)).url));
  const run = (...words: string[]) => command(['policy', ...words], variables);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  expect(await titles()).toEqual(['/account', '/account']);
  const exported = await run('export');
  expect(parse(exported.out)).toMatchObject(everybody('mfa-if-owned'));

  const bad = file('bad.yaml', stringify({ policies: [{ name: 'a', require: 'lots' }], sesions: {} }));
  expect(await run('apply', bad)).toMatchObject({ code: 1, err: expect.stringContaining('2 mistakes') });
  const unknown = file('unknown.yaml', stringify(everybody('mfa', { methods: { second: ['fax', 'sms-code'] } })));
  const { err } = await run('check', unknown);
  expect(err).toContain('names the method fax, which there is not');
  const when = { anyOf: [{ application: 'nowhere' }, { owns: 'telex' }] };
  const nobody = file('nobody.yaml', stringify(everybody('mfa', { passwordless: { methods: ['webauthn'], when } })));
  const refused = (await run('check', nobody)).err;
  expect(refused).toContain('names the application nowhere, which there is not');
  expect(refused).toContain('names the method telex, which there is not');
  expect(err).toContain('names the method sms-code');
  expect(await run('history')).toMatchObject({ out: expect.stringContaining('None was applied') });

  const strict = file('strict.yaml', stringify(everybody('mfa')));
  expect(await run('apply', strict)).toMatchObject({ code: 0, out: 'The policy is in force, as version 1.\n' });
  for (const url of await titles()) expect(url).toMatch(/^\/sign-in\//);
  expect(await run('apply', file('back.yaml', exported.out))).toMatchObject({ code: 0 });
  expect(await titles()).toEqual(['/account', '/account']);
  expect((await run('history')).out).toMatch(/^2\t\S+, by host\n1\t\S+, by host\n$/);
  expect((await run('show', '--number', '1')).out).toMatch(/^# Version 1, .*\npolicies:\n {2}- name: everybody/);
  expect(await run('show', '--number', '7')).toMatchObject({ code: 1, err: 'There is no version 7.\n' });
  expect(await Promise.all(servers.map((server) => server.end()))).toEqual([0, 0]);
});

test('a token for a program is made, listed and ended on the host', { timeout: 60_000 }, async () => {
  const variables = { SALLYPORT_DATA: mkdtempSync(join(tmpdir(), 'sallyport-token-')) };
  const run = (...words: string[]) => command(['api-token', ...words], variables);
  const made = await run('create', 'console', '--scope', 'policy:read', '--network', '10.0.0.0/8', '--expires', '2h');
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/\n[\w-]{43}\n$/) });
  const again = ['create', 'console', '--scope', 'policy:read', '--network', '10.0.0.0/8'];
  expect(await run(...again)).toMatchObject({ code: 1, err: expect.stringContaining('already') });
  for (const [at, word] of [
    ['console', 'a b'],
    ['policy:read', 'policy:read,people'],
    ['10.0.0.0/8', 'office'],
  ] as const)
    expect(await run(...again.map((one) => (one === at ? word : one)))).toMatchObject({ code: 1 });
  expect(await run(...again, '--expires', '91d')).toMatchObject({ code: 1, err: expect.stringContaining('90d') });
  const resetting = ['create', 'resets', '--scope', 'people:methods'];
  const office = [...resetting, '--network', '10.0.0.0/8'];
  for (const [given, why] of [
    [[...office, '--expires', '25h'], '24h at most'],
    [[...resetting, '--network', '0.0.0.0/0', '--expires', '1h'], 'no wider'],
    [[...office, '--network', '2001::/16', '--expires', '1h'], 'no wider'],
  ] as const)
    expect(await run(...given)).toMatchObject({ code: 1, err: expect.stringContaining(why) });
  expect((await run('list')).out).toMatch(/^console\tpolicy:read\t10\.0\.0\.0\/8\tuntil \S+\tnever used\n$/);
  expect(await run('revoke', 'console')).toMatchObject({ code: 0 });
  expect((await run('list')).out).toBe('');
  expect(await run('revoke', 'console')).toMatchObject({ code: 1, err: 'There is no token console.\n' });
});
