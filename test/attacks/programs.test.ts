import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../src/core/api-tokens/store.ts';
import { removeApiToken } from '../../src/core/api-tokens/store.ts';
import { roles } from '../../src/core/roles/roles.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { programBudget } from '../../src/proving/budgets.ts';
import { officeOfProgram } from '../../src/proving/office.ts';
import { disablePerson } from '../../src/proving/people.ts';
import { caller } from '../support/caller.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { atOnce, owner, programToken, rowsOf, waysInOf } from './tools.ts';

const because = { reason: 'a reason' };

describe.each(kinds)('programs that reach for more than is theirs, on %s', (kind) => {
  let sallyport: Sallyport;
  let ann: string;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { applications: [] });
    await owner(sallyport, 'ann', { email: 'ann@example.org' });
    ann = String((await rowsOf(sallyport, 'account')).find(({ username }) => username === 'ann')?.['id']);
  });
  afterAll(() => sallyport.close());

  const withScopes = async (name: string, ...scopes: Scope[]) =>
    caller(sallyport, await programToken(sallyport, { name, scopes }));
  const deeds = ['unlock', 'sign-out', 'disable', 'enable', 'reset'] as const;
  const bodyOf = (deed: string) => (deed === 'reset' ? { ...because, method: 'all' } : because);

  test('whoever has a role is nobody’s to disable, sign out, unlock or reset', async () => {
    const call = await withScopes('everything', 'people:read', 'people:act', 'people:methods');
    for (const role of roles) {
      const holder = await sallyport.person(`a-${role}`, { role });
      const before = await rowsOf(sallyport, 'account');
      const ways = await waysInOf(sallyport);
      for (const deed of deeds) {
        const answer = await call('POST', `/people/${holder}/${deed}`, { body: bodyOf(deed) });
        expect([role, deed, answer.statusCode]).toEqual([role, deed, 404]);
      }
      expect(await rowsOf(sallyport, 'account')).toEqual(before);
      expect(await waysInOf(sallyport)).toBe(ways);
    }
  });

  test('a token does what it is for, and no more', async () => {
    const scopes = { read: ['people:read'], act: ['people:act'], methods: ['people:methods'] } as const;
    const before = await rowsOf(sallyport, 'totp');
    const may: Record<string, readonly string[]> = {
      read: [],
      act: ['unlock', 'sign-out', 'disable', 'enable'],
      methods: [],
    };
    for (const [name, given] of Object.entries(scopes)) {
      const call = await withScopes(`only-${name}`, ...given);
      for (const deed of deeds.filter((one) => !(name === 'methods' && one === 'reset'))) {
        const { statusCode } = await call('POST', `/people/${ann}/${deed}`, { body: bodyOf(deed) });
        expect([name, deed, statusCode]).toEqual([name, deed, may[name]?.includes(deed) ? 200 : 403]);
      }
      expect((await call('GET', '/people')).statusCode).toBe(name === 'read' ? 200 : 403);
      expect((await call('GET', '/audit')).statusCode).toBe(403);
    }
    expect(await rowsOf(sallyport, 'totp')).toEqual(before);
  });

  test('nothing is done without a reason, nor with a field too many, nor to nobody', async () => {
    const call = await withScopes('careless', 'people:act', 'people:methods');
    const before = await rowsOf(sallyport, 'account');
    for (const body of [{}, { reason: '' }, { reason: '  ' }, { reason: 'a\nb' }, { reason: 'x'.repeat(201) }, []])
      expect((await call('POST', `/people/${ann}/disable`, { body })).statusCode).toBe(400);
    expect((await call('POST', `/people/${ann}/disable`, { body: { ...because, role: 'auditor' } })).statusCode).toBe(
      400,
    );
    for (const method of ['password', 'fax', '', 'ALL'])
      expect((await call('POST', `/people/${ann}/reset`, { body: { ...because, method } })).statusCode).toBe(400);
    expect((await call('POST', `/people/${'A'.repeat(22)}/disable`, { body: because })).statusCode).toBe(404);
    expect((await call('POST', `/people/ann/disable`, { body: because })).statusCode).toBe(400);
    expect(await rowsOf(sallyport, 'account')).toEqual(before);
  });

  test('a token that is revoked, or past, while it acts does nothing any more', async () => {
    const { gate } = sallyport.house;
    const rowOf = async (name: string) =>
      (await rowsOf(sallyport, 'api_token')).find((row) => row['name'] === name) as { id: never; name: string };
    await programToken(sallyport, { name: 'revoked-meanwhile', scopes: ['people:act'] });
    const revoked = await rowOf('revoked-meanwhile');
    await gate.database.transaction((tx) => removeApiToken(tx, 'revoked-meanwhile'));
    await programToken(sallyport, { name: 'past-meanwhile', scopes: ['people:act'], lifetime: minutes(1) });
    const past = await rowOf('past-meanwhile');
    sallyport.clock.pass(minutes(1));
    for (const token of [revoked, past]) {
      const office = officeOfProgram(token as never, '127.0.0.1', 'late');
      expect(await disablePerson(gate, office, ann as never)).toBe('not-theirs');
    }
  });

  test('who is guessed at is unlocked by programs three times a day, and no limit on guessing falls', async () => {
    const { gate } = sallyport.house;
    const bo = await sallyport.person('bo');
    const call = await withScopes('unlocks', 'people:act', 'people:methods');
    const again = await withScopes('unlocks-too', 'people:act');
    const unlock = (by = call) => by('POST', `/people/${bo}/unlock`, { body: because });
    const statuses = [await unlock(), await unlock(again), await unlock(), await unlock(), await unlock(again)];
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);
    const reset = await call('POST', `/people/${bo}/reset`, { body: { ...because, method: 'all' } });
    expect([reset.statusCode, Number(reset.headers['retry-after'])]).toEqual([429, 24 * 60 * 60]);
    expect((await call('POST', `/people/${bo}/disable`, { body: because })).statusCode).toBe(200);
    sallyport.clock.pass(hours(24));
    expect(await gate.database.transaction((tx) => removeApiToken(tx, 'unlocks'))).toBe(true);
  });

  test('tries at those with a role are written down, once an hour for each token', async () => {
    const call = await withScopes('tries', 'people:act');
    const holder = await sallyport.person('tried', { role: 'administrator' });
    const written = async () =>
      (await rowsOf(sallyport, 'audit')).filter(
        ({ event, actor }) => event === 'program.refused' && actor === 'token:tries',
      );
    for (let n = 0; n < 3; n++) await call('POST', `/people/${holder}/disable`, { body: because });
    expect(await written()).toMatchObject([{ account_id: null, detail: '{"act":"disable"}' }]);
    sallyport.clock.pass(hours(1) + 1);
    await call('POST', `/people/${holder}/disable`, { body: because });
    expect(await written()).toHaveLength(2);
  });

  test('whoever reads with a token from elsewhere is written down beside whoever it was given to', async () => {
    const token = await programToken(sallyport, { name: 'reads', scopes: ['people:read'], networks: ['0.0.0.0/0'] });
    for (const remoteAddress of ['127.0.0.1', '10.9.9.9', '127.0.0.1'])
      await sallyport.app.inject({
        url: '/api/v1/people',
        remoteAddress,
        headers: { host: 'localhost:4000', authorization: `Bearer ${token}` },
      });
    const written = (await rowsOf(sallyport, 'audit')).filter(({ actor }) => actor === 'token:reads');
    expect(written).toMatchObject([
      { event: 'people.exported', address: '127.0.0.1' },
      { event: 'people.exported', address: '10.9.9.9' },
    ]);
  });

  test('a token that was taken empties no house: it does six hundred things an hour', async () => {
    const call = await withScopes('taken', 'people:act');
    await sallyport.house.gate.database.transaction(async (tx) => {
      const now = sallyport.clock.now();
      for (let n = 0; n < 595; n++) await charge(tx, programBudget('taken', now), now);
    });
    const answers = await atOnce(10, () => call('POST', `/people/${ann}/enable`, { body: because }));
    const codes = answers.map(({ statusCode }) => statusCode).sort();
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429, 429]);
    const refused = answers.find(({ statusCode }) => statusCode === 429);
    expect(refused?.json()).toMatchObject({ code: 'too-many-requests' });
    // Until the clock strikes.
    const left = hours(1) - (sallyport.clock.now() % hours(1));
    expect(Number(refused?.headers['retry-after'])).toBe(Math.floor(left / 1000));
    sallyport.clock.pass(hours(1));
    expect((await call('POST', `/people/${ann}/enable`, { body: because })).statusCode).toBe(200);
  });
});
