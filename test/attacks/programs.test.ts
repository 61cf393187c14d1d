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

  test('a token that was taken empties no house: it does six hundred things an hour', async () => {
    const call = await withScopes('taken', 'people:act');
    await sallyport.house.gate.database.transaction(async (tx) => {
      const now = sallyport.clock.now();
      for (let n = 0; n < 595; n++) await charge(tx, programBudget('taken', now), now);
    });
    const answers = await atOnce(10, () => call('POST', `/people/${ann}/unlock`, { body: because }));
    const codes = answers.map(({ statusCode }) => statusCode).sort();
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429, 429]);
    const refused = answers.find(({ statusCode }) => statusCode === 429);
    expect(refused?.json()).toMatchObject({ code: 'too-many-requests' });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    sallyport.clock.pass(hours(1));
    expect((await call('POST', `/people/${ann}/unlock`, { body: because })).statusCode).toBe(200);
  });
});
