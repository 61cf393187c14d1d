import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveDisabled } from '../../src/core/accounts/store.ts';
import { openMetrics } from '../../src/http/metrics.ts';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import type { Radius } from '../../src/protocols/radius/index.ts';
import { codes, types } from '../../src/protocols/radius/packet.ts';
import { owner, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { at, heard, radiusFor, requestOf, sealed, type, vpn } from '../support/radius.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { codeFor, codeSentTo, mailbox, setUpSentCode, signIn, typeCode } from '../support/verbs.ts';

const rule = (require: string, more: object = {}) => ({ name: `all ${require}`, require, ...more });

describe.each(kinds)('a VPN that asks by RADIUS, on %s', (kind) => {
  let sallyport: Sallyport;
  let radius: Radius;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, {
      policies: [
        rule('mfa', { name: 'inside', when: { applications: ['inside'], networks: ['10.0.0.0/8'] }, require: 'sfa' }),
        rule('mfa', { name: 'never', when: { applications: ['never'] }, require: 'deny', help: 'Not at night.' }),
        rule('mfa', { name: 'keys', when: { applications: ['keys'] }, require: 'phr' }),
        rule('mfa', { name: 'asks for two', when: { applications: ['two', 'inside'] } }),
        rule('mfa-if-owned', { methods: { second: ['totp', 'email-code'] } }),
      ],
    });
    radius = radiusFor(sallyport, [
      vpn,
      { ...vpn, id: 'office', networks: ['10.0.1.7'], application: 'inside' },
      { ...vpn, id: 'tells', networks: ['10.0.2.7'], application: 'inside', tellsAddress: true },
      { ...vpn, id: 'never', networks: ['10.0.3.7'], language: 'de' },
      { ...vpn, id: 'keys', networks: ['10.0.4.7'] },
      { ...vpn, id: 'two', networks: ['10.0.5.7'] },
      { ...vpn, id: 'one-field', networks: ['10.0.6.7'], code: 'appended' },
    ]);
  });
  afterAll(() => sallyport.close());

  let people = 0;
  const withApp = async () => {
    const name = `net-${people++}`;
    const kept = await owner(sallyport, name);
    sallyport.clock.pass(seconds(30));
    return { ...kept, name };
  };

  test('lets in whoever has nothing but a password, where that is enough; and nobody with a wrong one', async () => {
    await sallyport.person('plain');
    expect(await type(radius, { name: 'PLAIN@example.org', typed: password })).toMatchObject({
      is: 'accept',
      name: 'plain',
    });
    const wrong = await type(radius, { name: 'plain', typed: 'not it' });
    expect(wrong).toEqual(await type(radius, { name: 'nobody-here', typed: password }));
    expect(wrong).toMatchObject({ is: 'reject', reply: '', state: undefined });
    expect((await type(radius, { name: 'plain', typed: '' }))?.is).toBe('reject');
    expect(await rowsOf(sallyport, 'session')).toEqual([]);
  });

  test('asks for a code, and lets in on the right one, once; it stands on their own page and signs nobody in', async () => {
    const { name, secret, home } = await withApp();
    const sessions = await rowsOf(sallyport, 'session');
    const asked = await type(radius, { name, typed: password });
    expect(asked).toMatchObject({
      is: 'challenge',
      reply: 'Type your code: Authenticator app. Or answer with a number: 1 Backup codes.',
    });
    const otp = codeFor(sallyport, secret);
    expect(await type(radius, { name, typed: otp, state: asked?.state })).toMatchObject({ is: 'accept', name });
    expect((await type(radius, { name, typed: otp, state: asked?.state }))?.is).toBe('reject');
    expect((await rowsOf(sallyport, 'session')).length).toBe(sessions.length);
    expect((await home.visit('/account/activity')).text).toContain('Signed in without a browser');
  });

  test('says that something is no code, and asks again; a wrong one begins anew', async () => {
    const { name, secret } = await withApp();
    const asked = await type(radius, { name, typed: password });
    const again = await type(radius, { name, typed: 'what code?', state: asked?.state });
    expect(again).toMatchObject({
      is: 'challenge',
      reply: expect.stringMatching(/^That can’t be a code\. Type your code/),
    });
    const wrong = codeFor(sallyport, secret) === '000000' ? '111111' : '000000';
    expect(await type(radius, { name, typed: wrong, state: again?.state })).toMatchObject({ is: 'reject', reply: '' });
    expect((await type(radius, { name, typed: codeFor(sallyport, secret), state: again?.state }))?.is).toBe('reject');
  });

  test('takes a backup code instead, by its number', async () => {
    const { name, backupCodes } = await withApp();
    const asked = await type(radius, { name, typed: password });
    const other = await type(radius, { name, typed: '1', state: asked?.state });
    expect(other).toMatchObject({
      is: 'challenge',
      reply: 'Type your code: Backup codes. Or answer with a number: 1 Authenticator app.',
    });
    expect((await type(radius, { name, typed: backupCodes[0] ?? '', state: other?.state }))?.is).toBe('accept');
  });

  test('sends a code by mail once the password was right, and not before', async () => {
    await sallyport.person('by-mail');
    const browser = await signIn(new Browser(sallyport.app), 'by-mail');
    await setUpSentCode(sallyport, browser, mailbox('box@example.org'));
    const before = await codeSentTo(sallyport, 'box@example.org');
    await type(radius, { name: 'by-mail', typed: 'not it' });
    expect(await codeSentTo(sallyport, 'box@example.org')).toBe(before);
    const asked = await type(radius, { name: 'by-mail', typed: password });
    expect(asked).toMatchObject({
      is: 'challenge',
      reply: expect.stringContaining('We sent you a code (Code by email)'),
    });
    const code = await codeSentTo(sallyport, 'box@example.org');
    expect(code).not.toBe(before);
    expect((await type(radius, { name: 'by-mail', typed: code, state: asked?.state }))?.is).toBe('accept');
  });

  test('takes password and code in one field, where it says so, with a comma or without', async () => {
    const { name, secret } = await withApp();
    const oneField = (typed: string) => type(radius, { name, typed }, '10.0.6.7');
    expect((await oneField(`${password}${codeFor(sallyport, secret)}`))?.is).toBe('accept');
    expect((await oneField(`${password}${codeFor(sallyport, secret)}`))?.is).toBe('reject');
    sallyport.clock.pass(minutes(1));
    expect((await oneField(`${password},${codeFor(sallyport, secret)}`))?.is).toBe('accept');
    expect((await oneField(password))?.is).toBe('challenge');
  });

  test('lets nobody in whom the policy does not, and says so to whoever knows the password alone', async () => {
    await sallyport.person('late');
    expect(await type(radius, { name: 'late', typed: password }, '10.0.3.7')).toMatchObject({
      is: 'reject',
      reply: 'Not at night.',
    });
    expect(await type(radius, { name: 'late', typed: 'not it' }, '10.0.3.7')).toMatchObject({
      is: 'reject',
      reply: '',
    });
  });

  test('of whoever has too little, or would need a key, says where to go', async () => {
    await sallyport.person('only-password');
    const { name } = await withApp();
    const first = {
      is: 'reject',
      reply: 'Sign in at localhost:4000 in a browser first: something is to be set up there.',
    };
    expect(await type(radius, { name: 'only-password', typed: password }, '10.0.5.7')).toMatchObject(first);
    expect(await type(radius, { name, typed: password }, '10.0.4.7')).toMatchObject(first);
  });

  test('where nobody tells from where they come, the office’s rule is not theirs because the VPN stands there', async () => {
    await sallyport.person('roamer');
    const from = (address: string) => ({
      name: 'roamer',
      typed: password,
      more: [{ type: types.callingStationId, value: Buffer.from(address) }],
    });
    expect((await type(radius, from('10.1.1.1'), '10.0.1.7'))?.is).toBe('reject');
    expect((await type(radius, from('10.1.1.1'), '10.0.2.7'))?.is).toBe('accept');
    expect((await type(radius, from('203.0.113.9'), '10.0.2.7'))?.is).toBe('reject');
    expect((await type(radius, from('00-10-A4-23-19-C0'), '10.0.2.7'))?.is).toBe('reject');
  });

  test('is told that we are there, and that only PAP is taken; what proxies put in comes back as it was', async () => {
    const packet = { identifier: 9, authenticator: Buffer.alloc(16, 7), attributes: [] };
    const status = sealed({ ...packet, code: codes.statusServer });
    expect(heard((await radius.answer(status, at)) ?? Buffer.alloc(0), status).is).toBe('accept');
    const states = ['one', 'two'].map((text) => ({ type: types.proxyState, value: Buffer.from(text) }));
    const chap = sealed({
      ...packet,
      code: codes.accessRequest,
      attributes: [
        { type: types.userName, value: Buffer.from('plain') },
        { type: 3, value: Buffer.alloc(17) },
        ...states,
      ],
    });
    const answer = (await radius.answer(chap, at)) ?? Buffer.alloc(0);
    expect(heard(answer, chap)).toMatchObject({ is: 'reject', reply: 'Only PAP is taken here.' });
    expect(answer.subarray(-10).toString('latin1')).toBe('\x21\x05one\x21\x05two');
  });

  test('whoever runs the house reads how often what came of it, and once a minute of a secret that does not fit', async () => {
    const warned: object[] = [];
    const watched = radiusFor(sallyport, [{ ...vpn, id: 'watched' }], warned);
    await sallyport.person('counted');
    for (const typed of [password, 'not it', 'not it either']) await type(watched, { name: 'counted', typed });
    for (let n = 0; n < 3; n++)
      await watched.answer(requestOf({ name: 'counted', typed: password }, 'another secret altogether'), at);
    expect(warned).toEqual([{ client: 'watched' }]);
    sallyport.clock.pass(minutes(1));
    await watched.answer(Buffer.from('nonsense'), at);
    expect(warned).toHaveLength(2);
    const text = await openMetrics(sallyport.house.gate).metrics();
    const lines = text.split('\n').filter((line) => line.includes('client="watched"'));
    expect(lines.sort()).toEqual([
      'sallyport_radius_requests_total{outcome="accepted",client="watched"} 1',
      'sallyport_radius_requests_total{outcome="dropped",client="watched"} 4',
      'sallyport_radius_requests_total{outcome="rejected",client="watched"} 2',
    ]);
  });

  test('a code that the policy asks for besides one factor is asked for, and whoever is shut out meanwhile stays out', async () => {
    const confirms = { name: 'besides', require: 'sfa', confirm: 'each-sign-in', methods: { second: ['email-code'] } };
    const other = await openSallyport(kind, { policies: [confirms] });
    const line = radiusFor(other);
    const id = await other.person('besides');
    const home = await signIn(new Browser(other.app), 'besides');
    // To confirm themselves they say first where codes are to go.
    await home.press('Send code', { address: 'besides@box.example' });
    await typeCode(home, await codeSentTo(other, 'besides@box.example'));
    other.clock.pass(minutes(2));
    const asked = await type(line, { name: 'besides', typed: password });
    expect(asked?.is).toBe('challenge');
    const code = await codeSentTo(other, 'besides@box.example');
    expect((await type(line, { name: 'besides', typed: code, state: asked?.state }))?.is).toBe('accept');
    other.clock.pass(minutes(2));
    const again = await type(line, { name: 'besides', typed: password });
    const { gate } = other.house;
    await gate.database.transaction((tx) => saveDisabled(tx, id, gate.clock.now()));
    const last = await codeSentTo(other, 'besides@box.example');
    expect((await type(line, { name: 'besides', typed: last, state: again?.state }))?.is).toBe('reject');
    await other.close();
  });

  test('a phone is asked, and answered for as soon as it said yes', async () => {
    const withDuo = await openWithDuo(kind, {}, undefined, { policies: [rule('mfa-if-owned')] });
    await personWithDuo(withDuo, 'caller');
    const gate = radiusFor(withDuo);
    const asked = await type(gate, { name: 'caller', typed: password });
    expect(asked).toMatchObject({
      is: 'challenge',
      reply: expect.stringContaining('Approve it on your phone (Duo), then answer OK.'),
    });
    const waiting = await type(gate, { name: 'caller', typed: 'OK', state: asked?.state });
    expect(waiting).toMatchObject({ is: 'challenge', reply: expect.stringMatching(/^Not approved yet\. Approve/) });
    press(withDuo.tenant, 'caller', 'allow');
    expect((await type(gate, { name: 'caller', typed: '', state: waiting?.state }))?.is).toBe('accept');
    const other = await type(gate, { name: 'caller', typed: password });
    press(withDuo.tenant, 'caller', 'deny');
    expect((await type(gate, { name: 'caller', typed: 'OK', state: other?.state }))?.is).toBe('reject');
    await withDuo.close();
  });
});
