import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import { answerAny, ask } from '../../src/proving/dialogue.ts';
import { finish, trigger } from '../../src/proving/triggered.ts';
import { atOnce, owner, programToken, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { type DuoSallyport, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { type Plugin, pluginAt } from '../support/plugin.ts';
import { openSallyport, password } from '../support/sallyport.ts';
import { shows, tableOf, tokenCalled, tokens } from '../support/tokens.ts';
import { codeFor, codeSentTo, mailbox, setUpSentCode, signIn, typeCode } from '../support/verbs.ts';

const policies = [
  { name: 'never', require: 'deny', when: { applications: ['never'] }, help: 'Not at night.' },
  {
    name: 'sent codes too',
    require: 'mfa-if-owned',
    methods: { second: ['totp', 'duo', 'email-code', 'hardware-token'] },
  },
];
const at = (id: string, network: string, more: object = {}) => ({ id, name: id, networks: [network], ...more });

describe.each(kinds)('a plugin that was written for privacyIDEA, on %s', (kind) => {
  let sallyport: DuoSallyport;
  let portal: Plugin;
  let jira: Plugin;
  let service: string;
  beforeAll(async () => {
    const clients = [
      at('portal', '10.0.0.9'),
      at('jira', '10.0.1.9', { pass: 'code' }),
      at('never', '10.0.2.9'),
      at('other', '10.0.3.9', { pass: 'code' }),
    ];
    sallyport = await openWithDuo(kind, {}, undefined, {
      policies,
      privacyidea: { clients },
      methods: { 'hardware-token': {} },
    });
    portal = pluginAt(sallyport);
    jira = pluginAt(sallyport, '10.0.1.9');
    service = await programToken(sallyport, { name: 'jira', scopes: ['otp:trigger'], networks: ['10.0.0.0/8'] });
  });
  afterAll(() => sallyport.close());

  let people = 0;
  const withApp = async () => {
    const name = `plug-${people++}`;
    const kept = await owner(sallyport, name);
    sallyport.clock.pass(seconds(30));
    return { ...kept, name };
  };
  const withMail = async () => {
    const name = `mail-${people++}`;
    await sallyport.person(name);
    await setUpSentCode(sallyport, await signIn(new Browser(sallyport.app), name), mailbox(`${name}@box.example`));
    return { name, code: () => codeSentTo(sallyport, `${name}@box.example`) };
  };
  const wrongFor = (secret: string) => (codeFor(sallyport, secret) === '000000' ? '111111' : '000000');

  test('is told yes of a password with a code behind it, in the shape that it reads', async () => {
    const { name, secret } = await withApp();
    expect((await portal.check(name, `${password}${codeFor(sallyport, secret)}`)).body).toEqual({
      id: 1,
      jsonrpc: '2.0',
      detail: { message: 'It’s right.' },
      result: { authentication: 'ACCEPT', status: true, value: true },
      time: expect.any(Number),
      version: 'Sallyport',
    });
    expect(await portal.check(name, `${password}${codeFor(sallyport, secret)}`)).toMatchObject({
      value: false,
      authentication: 'REJECT',
    });
    expect(await rowsOf(sallyport, 'session')).toHaveLength(people);
  });

  test('is told no of all that is wrong, whoever it is of', async () => {
    await sallyport.person('plain');
    await sallyport.person('shut');
    const { gate } = sallyport.house;
    const id = (await findAccountByName(gate.database.read, 'shut'))?.id ?? expect.fail();
    await gate.database.transaction((tx) => saveDisabled(tx, id, gate.clock.now()));
    expect((await portal.check('plain', password)).authentication).toBe('ACCEPT');
    const no = await portal.check('plain', 'not it');
    expect(no).toMatchObject({
      status: 200,
      value: false,
      authentication: 'REJECT',
      detail: { message: 'That isn’t right.' },
    });
    for (const [name, pass] of [
      ['nobody-here', password],
      ['shut', password],
      ['plain', ''],
    ] as const)
      expect(await portal.check(name, pass)).toEqual(no);
  });

  test('asks for a code after the password, and again where it was wrong, by one transaction', async () => {
    const { name, secret } = await withApp();
    const asked = await portal.check(name, password);
    expect(asked).toMatchObject({
      value: false,
      authentication: 'CHALLENGE',
      detail: {
        preferred_client_mode: 'interactive',
        transaction_ids: [asked.transaction],
        multi_challenge: [
          {
            client_mode: 'interactive',
            type: 'totp',
            serial: 'TOTP',
            transaction_id: asked.transaction,
            message: 'Type your code: Authenticator app',
          },
        ],
      },
    });
    expect((await portal.check(name, wrongFor(secret), asked.transaction)).authentication).toBe('REJECT');
    expect((await portal.check('somebody-else', codeFor(sallyport, secret), asked.transaction)).authentication).toBe(
      'REJECT',
    );
    expect((await jira.check(name, codeFor(sallyport, secret), asked.transaction)).authentication).toBe('REJECT');
    const answers = await atOnce(3, () => portal.check(name, codeFor(sallyport, secret), asked.transaction));
    expect(answers.filter(({ authentication }) => authentication === 'ACCEPT')).toHaveLength(1);
  });

  test('asks a phone, polls what came of it, and hears yes once', async () => {
    await personWithDuo(sallyport, 'phoned');
    const asked = await portal.check('phoned', password);
    expect(asked.detail).toMatchObject({ multi_challenge: [{ client_mode: 'poll', type: 'push' }] });
    expect(await portal.poll(asked.transaction)).toMatchObject({
      value: false,
      detail: { challenge_status: 'pending' },
    });
    expect((await portal.check('phoned', '', asked.transaction)).authentication).toBe('CHALLENGE');
    press(sallyport.tenant, 'phoned', 'allow');
    expect(await portal.poll(asked.transaction)).toMatchObject({ value: true, detail: { challenge_status: 'accept' } });
    expect(await portal.poll(asked.transaction)).toMatchObject({ value: true });
    expect((await portal.check('phoned', '', asked.transaction)).authentication).toBe('ACCEPT');
    expect((await portal.check('phoned', '', asked.transaction)).authentication).toBe('REJECT');
    expect((await portal.poll(asked.transaction)).value).toBe(false);
  });

  test('hears the policy of its application, and of whom it does not let in', async () => {
    await sallyport.person('late');
    expect(await pluginAt(sallyport, '10.0.2.9').check('late', password)).toMatchObject({
      authentication: 'REJECT',
      detail: { message: 'Not at night.' },
    });
  });

  test('that asks for the password itself, asks of a code alone: as of one PIN, five times', async () => {
    const { name, secret } = await withApp();
    expect((await jira.check(name, codeFor(sallyport, secret))).authentication).toBe('ACCEPT');
    expect((await jira.check(name, codeFor(sallyport, secret))).authentication).toBe('REJECT');
    expect((await jira.check(name, password)).authentication).toBe('REJECT');
    sallyport.clock.pass(seconds(30));
    for (let n = 0; n < 5; n++) await jira.check(name, wrongFor(secret));
    expect((await jira.check(name, codeFor(sallyport, secret))).authentication).toBe('REJECT');
    sallyport.clock.pass(minutes(16));
    expect((await jira.check(name, codeFor(sallyport, secret))).authentication).toBe('ACCEPT');
  });

  test('names a hardware token by its serial number, and with it whoever bears it', async () => {
    await sallyport.person('bearer');
    const token = tokenCalled('C-7');
    await tokens(sallyport, 'import', tableOf(mkdtempSync(join(tmpdir(), 'sallyport-')), [token]));
    await tokens(sallyport, 'assign', 'C-7', 'bearer');
    const code = () => shows(token, sallyport.clock.now());
    const first = { authentication: 'REJECT', detail: { message: expect.stringContaining('in a browser first') } };
    expect(await portal.checkSerial('C-7', `${password}${code()}`)).toMatchObject(first);
    sallyport.clock.pass(seconds(30));
    const home = await typeCode(await signIn(new Browser(sallyport.app), 'bearer'), code());
    await home.press('Continue', { stored: 'yes' });
    sallyport.clock.pass(seconds(30));
    expect((await jira.checkSerial('C-7', code())).authentication).toBe('ACCEPT');
    expect((await jira.checkSerial('C-7', code())).authentication).toBe('REJECT');
    expect((await jira.checkSerial('C-8', code())).authentication).toBe('REJECT');
    sallyport.clock.pass(seconds(30));
    expect((await portal.checkSerial('C-7', `${password}${code()}`)).authentication).toBe('ACCEPT');
  });

  test('has a code sent by its own token, and it comes back once, of that person and by that plugin', async () => {
    const { name, code } = await withMail();
    const before = await code();
    const token = await jira.token('jira', service);
    // Plugins take it apart to see when it is over.
    const { exp } = JSON.parse(String(Buffer.from(token.split('.')[1] ?? '', 'base64url'))) as { exp: number };
    expect(exp * 1000).toBeGreaterThan(sallyport.clock.now());
    const asked = await jira.trigger(name, token);
    expect(asked).toMatchObject({
      value: 1,
      authentication: 'CHALLENGE',
      detail: { multi_challenge: [{ type: 'email', client_mode: 'interactive' }] },
    });
    expect(await code()).not.toBe(before);
    const check = (plugin: Plugin, user: string) => async () =>
      (await plugin.check(user, await code(), asked.transaction)).authentication;
    expect(await check(pluginAt(sallyport, '10.0.3.9'), name)()).toBe('REJECT');
    expect(await check(portal, name)()).toBe('REJECT');
    expect(await check(jira, 'somebody-else')()).toBe('REJECT');
    expect((await atOnce(5, check(jira, name))).filter((one) => one === 'ACCEPT')).toHaveLength(1);
    expect(await check(jira, name)()).toBe('REJECT');
  });

  test('a code that was sent is guessed at five times, and serves nobody who is shut out meanwhile', async () => {
    const { name, code } = await withMail();
    const asked = await jira.trigger(name, service);
    const right = await code();
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    for (let n = 0; n < 4; n++) await jira.check(name, wrong, asked.transaction);
    expect((await jira.check(name, right, asked.transaction)).authentication).toBe('ACCEPT');
    const other = await withMail();
    const begun = await jira.trigger(other.name, service);
    for (let n = 0; n < 5; n++) await jira.check(other.name, 'no code', begun.transaction);
    expect((await jira.check(other.name, await other.code(), begun.transaction)).authentication).toBe('REJECT');
    const third = await withMail();
    const last = await jira.trigger(third.name, service);
    const { gate } = sallyport.house;
    const id = (await findAccountByName(gate.database.read, third.name))?.id ?? expect.fail();
    await gate.database.transaction((tx) => saveDisabled(tx, id, gate.clock.now()));
    expect((await jira.check(third.name, await third.code(), last.transaction)).authentication).toBe('REJECT');
    expect((await jira.trigger(third.name, service)).value).toBe(0);
  });

  test('has a phone asked by its own token, and finishes with what came of it', async () => {
    await personWithDuo(sallyport, 'rung');
    const asked = await jira.trigger('rung', service);
    expect(asked.detail).toMatchObject({ multi_challenge: [{ type: 'push', client_mode: 'poll' }] });
    expect((await jira.poll(asked.transaction)).value).toBe(false);
    expect((await jira.check('rung', '', asked.transaction)).authentication).toBe('REJECT');
    press(sallyport.tenant, 'rung', 'allow');
    expect((await jira.poll(asked.transaction)).value).toBe(true);
    expect((await jira.check('rung', '', asked.transaction)).authentication).toBe('ACCEPT');
  });

  test('what was sent where no password was asked stands for none, by whoever it was sent: nor a password for what was sent', async () => {
    const { name, code } = await withMail();
    const { gate } = sallyport.house;
    const asker = {
      name: 'privacyidea:both',
      application: { id: 'both', name: 'Both' },
      address: '10.0.0.1',
      language: 'en',
    } as const;
    const { secret } = await trigger(gate, asker, name);
    expect(await answerAny(gate, asker, { secret, name, text: await code() })).toMatchObject({ is: 'no' });
    sallyport.clock.pass(minutes(1));
    const begun = await ask(gate, asker, { name, password, code: null });
    if (begun.is !== 'more') expect.fail();
    const given = { secret: begun.secret, name, text: await code(), address: '10.0.0.1' };
    expect(await finish(gate, asker, given)).toBe(false);
    expect(await answerAny(gate, asker, { secret: begun.secret, name, text: given.text })).toMatchObject({ is: 'yes' });
  });

  test('nothing is sent without a token for it, from elsewhere, or where passwords are asked', async () => {
    const { name, code } = await withMail();
    const before = await code();
    const elsewhere = await programToken(sallyport, { name: `near-${people}`, scopes: ['otp:trigger'] });
    const less = await programToken(sallyport, {
      name: `less-${people}`,
      scopes: ['otp:verify'],
      networks: ['10.0.0.0/8'],
    });
    for (const [plugin, token] of [
      [jira, ''],
      [jira, 'A'.repeat(43)],
      [jira, elsewhere],
      [jira, less],
      [portal, service],
    ] as const)
      expect([(await plugin.trigger(name, token)).status, await code()]).toEqual([401, before]);
    expect([
      await jira.token('jira', 'A'.repeat(43)),
      await jira.token('other', service),
      await jira.token('jira', less),
    ]).toEqual(['', '', '']);
    expect(await jira.trigger('nobody-here', service)).toMatchObject({ status: 200, value: 0 });
    await sallyport.person('has-none');
    expect((await jira.trigger('has-none', service)).detail).toEqual(
      (await jira.trigger('nobody-here', service)).detail,
    );
  });

  test('nobody else is answered, and what makes no sense is told so', async () => {
    const stranger = pluginAt(sallyport, '10.0.9.9');
    expect((await stranger.check('plain', password)).body).toMatchObject({
      result: { status: false, error: { code: 4031 } },
    });
    expect((await stranger.poll('x')).status).toBe(401);
    expect(await portal.check('', 'x')).toMatchObject({
      status: 400,
      body: { result: { status: false, error: { code: 905 } } },
    });
  });

  test('there is nothing of it where nobody is named', async () => {
    const without = await openSallyport(kind);
    const { statusCode } = await without.app.inject({
      method: 'POST',
      url: '/validate/check',
      headers: { host: 'localhost:4000' },
    });
    expect(statusCode).toBe(404);
    await without.close();
  });
});
