import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { addEntries } from '../../src/core/audit/store.ts';
import type { Described } from '../../src/surfaces/api/openapi.ts';
import { owner, programToken, rowsOf } from '../attacks/tools.ts';
import { caller } from '../support/caller.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

describe.each(kinds)('programs that look after people, on %s', (kind) => {
  let sallyport: Sallyport;
  let call: ReturnType<typeof caller>;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { applications: [] });
    call = caller(sallyport, await programToken(sallyport));
  });
  afterAll(() => sallyport.close());
  const entries = async (event: string) => (await rowsOf(sallyport, 'audit')).filter((row) => row['event'] === event);

  test('people are listed, found and read, and that they were read is written down once an hour', async () => {
    const { home: _, ...ann } = await owner(sallyport, 'ann', { email: 'ann@example.org' });
    expect(ann).toBeDefined();
    const list = await call('GET', '/people');
    expect(list.json()).toMatchObject({ next: null, people: [{ username: 'ann', secondFactor: true, role: null }] });
    const [{ id }] = list.json().people;
    expect((await call('GET', '/people?search=an&filter=enabled')).json().people).toHaveLength(1);
    expect((await call('GET', '/people?filter=disabled')).json().people).toEqual([]);
    const one = (await call('GET', `/people/${id}`)).json();
    expect(one).toMatchObject({ id, email: 'ann@example.org', sessions: 1, rememberedDevices: 0 });
    expect(one.methods.map(({ method }: { method: string }) => method)).toEqual(['password', 'totp', 'backup-codes']);
    expect(JSON.stringify(one)).not.toContain(ann.secret);
    await call('GET', '/people');
    const by = { actor: 'token:program' };
    expect(await entries('people.exported')).toMatchObject([{ ...by, account_id: null }]);
    expect(await entries('people.read')).toMatchObject([
      { ...by, account_id: null },
      { ...by, account_id: id },
    ]);
  });

  test('somebody is disabled, let in again, unlocked, signed out and reset, with a reason that stays', async () => {
    const { home } = await owner(sallyport, 'ben', { email: 'ben@example.org' });
    const [{ id }] = (await call('GET', '/people?search=ben')).json().people;
    const act = (path: string, body: object = { reason: 'ticket 7' }) =>
      call('POST', `/people/${id}/${path}`, { body });
    expect((await act('disable')).json()).toEqual({ done: true });
    expect((await home.send('GET', '/account')).statusCode).not.toBe(200);
    expect((await call('GET', `/people/${id}`)).json()).toMatchObject({ disabled: true, sessions: 0 });
    for (const path of ['enable', 'unlock', 'sign-out']) expect((await act(path)).json()).toEqual({ done: true });
    expect((await act('reset', { method: 'totp', reason: 'lost' })).json()).toEqual({ done: true });
    expect((await call('GET', `/people/${id}`)).json()).toMatchObject({ disabled: false, secondFactor: false });
    for (const event of ['account.disabled', 'account.enabled', 'account.unlocked', 'session.ended', 'account.reset'])
      expect([event, await entries(event)]).toMatchObject([event, [{ actor: 'token:program', account_id: id }]]);
    const [{ detail }] = (await entries('account.reset')) as [{ detail: string }];
    expect(JSON.parse(detail)).toMatchObject({ reason: 'lost' });
  });

  test('the log is read a page at a time', async () => {
    const { database } = sallyport.house.gate;
    const entry = { event: 'account.unlocked', account: null, actor: 'host', address: 'host', detail: {} } as const;
    await database.transaction((tx) => addEntries(tx, sallyport.house.gate, Array(120).fill(entry)));
    const first = (await call('GET', '/audit')).json();
    expect(first.entries).toHaveLength(100);
    const second = (await call('GET', `/audit?after=${first.next}`)).json();
    const ids = [...first.entries, ...second.entries].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const about = (await call('GET', '/audit?person=ben&kind=account.reset')).json();
    expect(about.entries).toMatchObject([{ event: 'account.reset', name: 'ben', actor: 'token:program' }]);
    expect((await call('GET', '/audit?person=nobody')).statusCode).toBe(404);
    expect((await call('GET', '/audit?persons=ben')).statusCode).toBe(400);
  });

  test('what programs are told is OpenAPI, and says of every address what it answers', async () => {
    const { body } = await sallyport.app.inject({ url: '/openapi.json', headers: { host: 'localhost:4000' } });
    const { valid, errors } = await new Validator().validate(JSON.parse(body));
    expect([valid, errors]).toEqual([true, undefined]);
    const { paths } = JSON.parse(body) as Described;
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => `${method.toUpperCase()} ${path} ${security[0].token}`),
    );
    const programs = routesOf(sallyport.house).filter(
      ({ binding, path }) => binding === 'bearer' && !path.startsWith('/scim/'),
    );
    expect(told.sort()).toEqual(
      programs.map(({ method, path, scope }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')} ${scope}`).sort(),
    );
  });
});
