import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { findAttempt } from '../../src/core/attempts/store.ts';
import { hours, minutes, seconds } from '../../src/kernel/clock.ts';
import type { Radius } from '../../src/protocols/radius/index.ts';
import { types } from '../../src/protocols/radius/packet.ts';
import { networkBudget } from '../../src/proving/budgets.ts';
import { kinds } from '../support/databases.ts';
import { at, heard, radiusFor, requestOf, secret as shared, type, vpn } from '../support/radius.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { codeFor } from '../support/verbs.ts';
import { atOnce, costOf, owner, rowsOf } from './tools.ts';

/** D37: datagrams that anybody may send, hear, keep and send again. */
describe.each(kinds)('somebody on the line of a VPN, on %s', (kind) => {
  let sallyport: Sallyport;
  let radius: Radius;
  const wifi = '10.0.9.9';
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    radius = radiusFor(sallyport, [vpn, { ...vpn, id: 'wifi', networks: [wifi] }]);
  });
  afterAll(() => sallyport.close());

  let people = 0;
  const withApp = async () => {
    const name = `line-${people++}`;
    const kept = await owner(sallyport, name);
    sallyport.clock.pass(seconds(30));
    return { ...kept, name };
  };
  const wrongFor = (secret: string) => (codeFor(sallyport, secret) === '000000' ? '111111' : '000000');
  const failuresOf = async (name: string) => {
    const id = (await findAccountByName(sallyport.house.gate.database.read, name))?.id;
    const rows = await rowsOf(sallyport, 'throttle');
    return Object.fromEntries(
      rows
        .filter(({ budget }) => String(budget).includes(String(id)))
        .map(({ budget, failures }) => [String(budget).split(':')[0], Number(failures)]),
    );
  };

  test('is not answered from elsewhere, without a Message-Authenticator, with another secret, or changed by a bit', async () => {
    await sallyport.person('target');
    const right = { name: 'target', typed: password };
    const attempts = await rowsOf(sallyport, 'attempt');
    expect(await radius.answer(requestOf(right), '10.0.0.8')).toBe(null);
    expect(await radius.answer(requestOf(right, shared, false), at)).toBe(null);
    expect(await radius.answer(requestOf(right, 'a secret that is somebody else’s'), at)).toBe(null);
    const request = requestOf(right);
    for (let byte = 0; byte < request.length; byte++) {
      const changed = Buffer.from(request);
      changed[byte] = (changed[byte] ?? 0) ^ 1;
      expect(await radius.answer(changed, at), `byte ${byte}`).toBe(null);
    }
    expect(await rowsOf(sallyport, 'attempt')).toEqual(attempts);
    expect((await type(radius, right))?.is).toBe('accept');
  });

  test('a request that comes again is answered as it was, charged and consumed once, in whatever process', async () => {
    const { name, secret } = await withApp();
    const other = radiusFor(sallyport);
    const asked = await type(radius, { name, typed: password });
    const request = requestOf({ name, typed: codeFor(sallyport, secret), state: asked?.state });
    const answers = await atOnce(10, (n) => (n % 2 === 0 ? radius : other).answer(request, at));
    const [answer, ...more] = answers.filter((one) => one !== null);
    expect(heard(answer ?? expect.fail(), request).is).toBe('accept');
    for (const one of [...more, await other.answer(request, at), await radius.answer(request, at)])
      expect(one).toEqual(answer);
    const guess = requestOf({ name, typed: 'not it' });
    await atOnce(5, () => radius.answer(guess, at));
    await other.answer(guess, at);
    expect((await failuresOf(name))['first']).toBe(1);
  });

  test('what is sent again later is not weighed, and not answered', async () => {
    await sallyport.person('heard');
    const request = requestOf({ name: 'heard', typed: password });
    expect(heard((await radius.answer(request, at)) ?? expect.fail(), request).is).toBe('accept');
    const entries = (await rowsOf(sallyport, 'audit')).length;
    sallyport.clock.pass(minutes(1));
    expect(await radius.answer(request, at)).toBe(null);
    expect(await rowsOf(sallyport, 'audit')).toHaveLength(entries);
  });

  test('a State serves its client and its person alone, until something is proven by it', async () => {
    const { name, secret } = await withApp();
    const { name: other, secret: theirs } = await withApp();
    const begun = async () => (await type(radius, { name, typed: password }))?.state;
    const code = () => codeFor(sallyport, secret);
    expect((await type(radius, { name, typed: code(), state: await begun() }, wifi))?.is).toBe('reject');
    expect((await type(radius, { name: other, typed: codeFor(sallyport, theirs), state: await begun() }))?.is).toBe(
      'reject',
    );
    expect((await type(radius, { name: other, typed: code(), state: await begun() }))?.is).toBe('reject');
    expect((await type(radius, { name, typed: code(), state: Buffer.from('x'.repeat(43)) }))?.is).toBe('reject');
    const old = await begun();
    sallyport.clock.pass(minutes(10));
    expect((await type(radius, { name, typed: code(), state: old }))?.is).toBe('reject');
    const last = await begun();
    expect((await type(radius, { name, typed: code(), state: last }))?.is).toBe('accept');
    sallyport.clock.pass(seconds(30));
    expect((await type(radius, { name, typed: code(), state: last }))?.is).toBe('reject');
  });

  test('a State is no cookie: it opens no page', async () => {
    const { name } = await withApp();
    const state = String((await type(radius, { name, typed: password }))?.state);
    const { gate } = sallyport.house;
    const [row] = (await rowsOf(sallyport, 'attempt'))
      .filter(({ purpose }) => String(purpose).includes('radius:vpn'))
      .slice(-1);
    expect(await findAttempt(gate.database.read, gate, String(row?.['id']) as never, state)).toBe(null);
    const page = await sallyport.app.inject({
      url: `/sign-in/${row?.['id']}`,
      headers: { host: 'localhost:4000', cookie: `__Host-attempt=${state}` },
    });
    expect(page.statusCode).not.toBe(200);
    for (const text of [JSON.stringify(await rowsOf(sallyport, 'radius_request')), JSON.stringify(row)])
      expect(text).not.toContain(state);
  });

  test('wrong codes count with those that are typed on our pages, and a locked person is told after a password alone', async () => {
    const { name, secret } = await withApp();
    for (let n = 0; n < 6; n++) {
      const asked = await type(radius, { name, typed: password });
      expect((await type(radius, { name, typed: wrongFor(secret), state: asked?.state }))?.is).toBe('reject');
    }
    expect((await failuresOf(name))['second']).toBe(6);
    expect(await type(radius, { name, typed: password })).toMatchObject({
      is: 'reject',
      reply: expect.stringContaining('Too many'),
    });
    expect(await type(radius, { name, typed: 'not it' })).toMatchObject({ is: 'reject', reply: '' });
  });

  test('guesses at all accounts through one VPN end before they are many, and another line is another', async () => {
    await sallyport.person('spread');
    const { gate } = sallyport.house;
    const { key } = networkBudget('radius:vpn', gate.clock.now());
    const row = { budget: key, failures: 4999, blocked_until: 0, failed_at: gate.clock.now(), turned_away: 0 };
    await gate.database.transaction((tx) =>
      tx
        .withTables<{ throttle: typeof row }>()
        .insertInto('throttle')
        .values(row)
        .onConflict((one) => one.column('budget').doUpdateSet(row))
        .execute(),
    );
    expect((await type(radius, { name: 'spread-1', typed: 'x' }))?.is).toBe('reject');
    expect((await type(radius, { name: 'spread', typed: password }))?.is).toBe('reject');
    expect((await type(radius, { name: 'spread', typed: password }, wifi))?.is).toBe('accept');
    sallyport.clock.pass(hours(1));
    expect((await type(radius, { name: 'spread', typed: password }))?.is).toBe('accept');
  });

  test('an empty password is nobody’s: it is not even weighed', async () => {
    await sallyport.person('empty');
    const entries = (await rowsOf(sallyport, 'audit')).length;
    expect((await type(radius, { name: 'empty', typed: '' }))?.is).toBe('reject');
    expect(await rowsOf(sallyport, 'audit')).toHaveLength(entries);
    expect(await failuresOf('empty')).toEqual({});
  });

  test('of many at once with one code one gets in, by several sign-ins or the same', async () => {
    const { name, secret } = await withApp();
    const begun = async () => (await type(radius, { name, typed: password }))?.state;
    const states = [await begun(), await begun(), await begun(), await begun()];
    const code = codeFor(sallyport, secret);
    const answers = await atOnce(4, (n) => type(radius, { name, typed: code, state: states[n] }));
    expect(answers.filter((one) => one?.is === 'accept')).toHaveLength(1);
    sallyport.clock.pass(seconds(30));
    const state = await begun();
    const again = await atOnce(5, () => type(radius, { name, typed: codeFor(sallyport, secret), state }));
    expect(again.filter((one) => one?.is === 'accept').length).toBeLessThanOrEqual(1);
  });

  test('unknown, wrong, disabled and a directory’s nobody: the same packet, for the same work', async () => {
    await sallyport.person('right');
    await sallyport.person('gone');
    const { gate } = sallyport.house;
    const id = (await findAccountByName(gate.database.read, 'gone'))?.id ?? expect.fail();
    await gate.database.transaction((tx) => saveDisabled(tx, id, gate.clock.now()));
    await type(radius, { name: 'somebody-else', typed: password });
    const costs = new Set<string>();
    for (const [name, typed] of [
      ['right', 'not it'],
      ['nobody-here', password],
      ['gone', password],
    ] as const) {
      const { answer, ...cost } = await costOf(sallyport, () => type(radius, { name, typed }));
      costs.add(JSON.stringify({ ...answer, ...cost }));
    }
    expect([...costs]).toHaveLength(1);
    // Nothing is left to go on with.
    const begun = (await rowsOf(sallyport, 'attempt')).filter(({ account_id }) => account_id === id);
    expect(begun).toEqual([]);
  });

  test('one client that asks without end keeps no other waiting, and is not answered beyond what is weighed at once', async () => {
    await sallyport.person('patient');
    const flood = atOnce(200, (n) => type(radius, { name: `nobody-${n}`, typed: 'x' }));
    const other = type(radius, { name: 'patient', typed: password }, wifi);
    const answers = await flood;
    expect(answers.filter((one) => one !== null).length).toBeLessThanOrEqual(64);
    expect((await other)?.is).toBe('accept');
    expect((await type(radius, { name: 'patient', typed: password }))?.is).toBe('accept');
  });

  test('while the database is gone nobody is let in, and whoever asks again afterwards is', async () => {
    await sallyport.person('waits');
    const request = requestOf({ name: 'waits', typed: password });
    const { gate } = sallyport.house;
    const { hash } = gate;
    const matches = hash.matches;
    Object.assign(hash, { matches: () => Promise.reject(new Error('gone')) });
    await expect(radius.answer(request, at)).rejects.toThrow('gone');
    Object.assign(hash, { matches });
    expect(heard((await radius.answer(request, at)) ?? expect.fail(), request).is).toBe('accept');
    expect(Object.values(await failuresOf('waits')).every((n) => n === 0)).toBe(true);
  });

  test('while the directory is down a code is no guess, and given again it is right', async () => {
    const { name, secret } = await withApp();
    const asked = await type(radius, { name, typed: password });
    const request = requestOf({ name, typed: codeFor(sallyport, secret), state: asked?.state });
    const down = vi.spyOn(sallyport.house.gate.directory, 'letsIn').mockRejectedValue(new Error('down'));
    await expect(radius.answer(request, at)).rejects.toThrow('down');
    down.mockRestore();
    expect(heard((await radius.answer(request, at)) ?? expect.fail(), request).is).toBe('accept');
  });

  test.each([
    ['two names', [{ type: types.userName, value: Buffer.from('target') }]],
    [
      'two states',
      [
        { type: types.state, value: Buffer.from('a') },
        { type: types.state, value: Buffer.from('b') },
      ],
    ],
    [
      'more of proxies than goes back',
      Array.from({ length: 9 }, () => ({ type: types.proxyState, value: Buffer.alloc(250) })),
    ],
  ])('what may not be asked is not answered, and counts for nobody: %s', async (_, more) => {
    const attempts = await rowsOf(sallyport, 'attempt');
    expect(await radius.answer(requestOf({ name: 'target', typed: password, more }), at)).toBe(null);
    expect(await rowsOf(sallyport, 'attempt')).toEqual(attempts);
  });
});
