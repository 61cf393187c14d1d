import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccount } from '../../src/core/accounts/store.ts';
import { saveLink } from '../../src/core/directory/store.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { handOver, takeBack } from '../../src/proving/handing-over.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, enablePerson, erasePerson, giveRole } from '../../src/proving/people.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { type Client, filter, patchOf, scimClient } from '../support/scim.ts';
import { linkSentTo, signIn } from '../support/verbs.ts';
import { isIn, letters, owner, rowsOf, waysInOf } from './tools.ts';

describe.each(kinds)('a program that keeps people here, on %s', (kind) => {
  let sallyport: Sallyport;
  let client: Client;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    client = await scimClient(sallyport);
  });
  afterAll(() => sallyport.close());

  const accountOf = (id: string) => findAccount(sallyport.house.gate.database.read, id as AccountId);
  const totalOf = async () => (await client.ask('GET', '/Users?count=0')).told.totalResults;
  const gate = () => sallyport.house.gate;
  /** All that is kept of accounts and of what programs keep. */
  const everything = async () => ({
    ways: await waysInOf(sallyport),
    users: await rowsOf(sallyport, 'scim_user'),
    groups: await rowsOf(sallyport, 'scim_group'),
    members: await rowsOf(sallyport, 'scim_member'),
    carried: await rowsOf(sallyport, 'account_group'),
  });
  const seen = (id: string) => ['/Users', `/Users/${id}`, '/Groups', '/Schemas', '/ServiceProviderConfig'];
  const everyChange = (id: string): readonly (readonly ['PUT' | 'PATCH' | 'DELETE', string, unknown?])[] => [
    ['PUT', `/Users/${id}`, { userName: 'taken-over', emails: [{ value: 'mallory@example.net', primary: true }] }],
    ['PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false })],
    ['PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'emails', value: [{ value: 'mallory@example.net' }] })],
    ['DELETE', `/Users/${id}`],
  ];

  describe('somebody it did not make', () => {
    test('is not seen, found, changed, disabled or deleted', async () => {
      const { home } = await owner(sallyport, 'ann');
      const [ann] = (await rowsOf(sallyport, 'account')).filter(({ username }) => username === 'ann');
      const id = String(ann?.['id']);
      const before = await everything();
      for (const text of ['userName eq "ann"', 'emails.value eq "ann@example.org"', `id eq "${id}"`])
        expect([text, (await client.ask('GET', `/Users?${filter(text)}`)).told.totalResults]).toEqual([text, 0]);
      expect((await client.ask('GET', `/Users/${id}`)).statusCode).toBe(404);
      expect((await client.ask('GET', '/Users')).told.totalResults).toBe(0);
      for (const [method, path, body] of everyChange(id))
        expect([method, (await client.ask(method, path, body)).statusCode]).toEqual([method, 404]);
      const crew = await client.addsGroup('crew-of-strangers');
      const joined = await client.changes(`/Groups/${crew}`, { op: 'add', path: 'members', value: [{ value: id }] });
      expect(joined.told).toMatchObject({ status: '400', scimType: 'invalidValue' });
      await client.ask('DELETE', `/Groups/${crew}`);
      expect([await everything(), await isIn(home)]).toEqual([before, true]);
    });

    test.each([
      ['their name', { userName: 'Ben' }],
      ['their address', { userName: 'other', emails: [{ value: 'BEN@example.org', primary: true }] }],
      ['their address as a name', { userName: 'ben@example.org' }],
      ['their name as an address', { userName: 'other', emails: [{ value: 'ben@sign-in', primary: true }] }],
    ])('is not taken over by %s', async (what, said) => {
      if (what === 'their name') {
        await sallyport.person('ben');
        await sallyport.person('ben@sign-in', { email: 'elsewhere@example.org' });
      }
      const mine = await client.adds(`mine-${what.length}`);
      const before = await everything();
      const tries = [
        await client.ask('POST', '/Users', said),
        await client.ask('PUT', `/Users/${mine}`, said),
        await client.changes(`/Users/${mine}`, { op: 'replace', value: said }),
      ];
      for (const { told } of tries) expect(told).toMatchObject({ status: '409', scimType: 'uniqueness' });
      expect(await everything()).toEqual(before);
    });
  });

  test('whoever was here before is reached once the host hands them over, unless they have a role, and no more once taken back', async () => {
    const id = await sallyport.person('hanna', { groups: ['house'] });
    const [root, before] = [await sallyport.person('root', { role: 'auditor' }), await totalOf()];
    const elsewhere = await sallyport.person('dirk');
    const entry = { entry: 'e', dn: 'cn=dirk', since: sallyport.clock.now(), askedAt: sallyport.clock.now() };
    await gate().database.transaction((tx) => saveLink(tx, { ...entry, account: elsewhere, shutOutAt: null }));
    const tries = [root, elsewhere, id, id];
    const came: string[] = [];
    for (const one of tries) came.push(await handOver(gate(), one));
    expect(came).toEqual(['office', 'directory', 'done', 'already']);
    const found = await client.ask('GET', `/Users?${filter('userName eq "hanna"')}`);
    expect([found.told.Resources[0].id, await totalOf()]).toEqual([id, before + 1]);
    const crew = await client.addsGroup('crew-of-hanna', [id]);
    await client.changes(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'Hanna' });
    expect(await accountOf(id)).toMatchObject({ name: 'Hanna', groups: ['house', 'crew-of-hanna'] });
    expect([await takeBack(gate(), id), await totalOf()]).toEqual(['done', before]);
    expect((await client.ask('GET', `/Users/${id}`)).statusCode).toBe(404);
    expect((await client.ask('GET', `/Groups/${crew}`)).told.members).toEqual([]);
  });

  test('an external id is one person’s, and one group’s', async () => {
    await client.adds('ext-1', { externalId: 'E1' });
    const two = await client.adds('ext-2', { externalId: 'E2' });
    expect((await client.ask('POST', '/Users', { userName: 'ext-3', externalId: 'E1' })).statusCode).toBe(409);
    const moved = await client.changes(`/Users/${two}`, { op: 'replace', path: 'externalId', value: 'E1' });
    expect(moved.told).toMatchObject({ status: '409', scimType: 'uniqueness' });
    await client.ask('POST', '/Groups', { displayName: 'ext', externalId: 'G1' });
    expect((await client.ask('POST', '/Groups', { displayName: 'ext2', externalId: 'G1' })).statusCode).toBe(409);
  });

  describe('whoever has a role', () => {
    test('is seen, and touched in nothing, not even by what is done to a group they are in', async () => {
      const id = await client.adds('rita', { externalId: 'R' });
      const crew = await client.addsGroup('crew-of-rita', [id]);
      await giveRole(gate(), host, id as AccountId, 'help-desk');
      const before = await everything();
      expect((await client.ask('GET', `/Users/${id}`)).told).toMatchObject({ userName: 'rita', active: true });
      const toGroup: readonly (readonly ['PUT' | 'PATCH' | 'DELETE', string, unknown?])[] = [
        ['PATCH', `/Groups/${crew}`, patchOf({ op: 'remove', path: 'members', value: [{ value: id }] })],
        ['PATCH', `/Groups/${crew}`, patchOf({ op: 'replace', path: 'displayName', value: 'renamed' })],
        ['PUT', `/Groups/${crew}`, { displayName: 'crew-of-rita', members: [] }],
        ['DELETE', `/Groups/${crew}`],
      ];
      for (const [method, path, body] of [...everyChange(id), ...toGroup]) {
        const answer = await client.ask(method, path, body);
        expect([method, path, answer.statusCode, answer.told.detail]).toEqual([
          method,
          path,
          403,
          expect.stringContaining('role'),
        ]);
      }
      const made = await client.ask('POST', '/Groups', { displayName: 'another', members: [{ value: id }] });
      expect(made.statusCode).toBe(403);
      expect(await everything()).toEqual(before);
    });

    test('never has it by a program, by whatever name it is called', async () => {
      const roles = [{ value: 'system-administrator', primary: true }];
      const id = await client.adds('roland', { roles, role: 'system-administrator', entitlements: roles });
      await client.changes(`/Users/${id}`, { op: 'add', path: 'roles', value: roles });
      await client.changes(`/Users/${id}`, { op: 'replace', value: { role: 'auditor', roles } });
      expect((await accountOf(id))?.role).toBeNull();
      for (const displayName of ['system-administrator', 'Help-Desk', 'auditor '])
        expect((await client.ask('POST', '/Groups', { displayName, members: [{ value: id }] })).told).toMatchObject({
          status: '409',
        });
      const crew = await client.addsGroup('crew-of-roland', [id]);
      expect(
        (await client.changes(`/Groups/${crew}`, { op: 'replace', path: 'displayName', value: 'administrator' })).told,
      ).toMatchObject({ status: '409' });
      expect((await accountOf(id))?.groups).toEqual(['crew-of-roland']);
    });
  });

  describe('a group that others carry', () => {
    test('is not joined by making one of its name', async () => {
      await sallyport.person('bea', { groups: ['Board'] });
      const id = await client.adds('gus');
      const before = await everything();
      for (const displayName of ['Board', 'board', 'ＢＯＡＲＤ'])
        expect((await client.ask('POST', '/Groups', { displayName, members: [{ value: id }] })).statusCode).toBe(409);
      const crew = await client.addsGroup('crew-of-gus', [id]);
      expect((await client.ask('PUT', `/Groups/${crew}`, { displayName: 'Board' })).statusCode).toBe(409);
      await client.ask('DELETE', `/Groups/${crew}`);
      expect(await everything()).toEqual(before);
    });

    test('a group of people does not reach through: groups are written by groups alone', async () => {
      const crew = await client.addsGroup('crew-of-nobody');
      const id = await client.adds('hal', { groups: [{ value: crew, display: 'Board' }] });
      await client.changes(`/Users/${id}`, { op: 'add', path: 'groups', value: [{ value: crew }] });
      expect((await accountOf(id))?.groups).toEqual([]);
      const nested = { op: 'add', path: 'members', value: [{ value: crew, type: 'Group' }] };
      expect((await client.changes(`/Groups/${crew}`, nested)).told.detail).toContain('groups in groups');
    });
  });

  describe('how somebody signs in', () => {
    test('is not set by a program: no password, nothing behind it, and nobody is signed in', async () => {
      const id = await client.adds('ida', { password, x509Certificates: [{ value: 'MII' }] });
      const before = await waysInOf(sallyport);
      const tries = [
        await client.ask('PUT', `/Users/${id}`, { userName: 'ida', password }),
        await client.changes(`/Users/${id}`, { op: 'replace', path: 'password', value: password }),
        await client.changes(`/Users/${id}`, { op: 'add', value: { Password: password } }),
      ];
      for (const { told } of tries) {
        expect(told).toMatchObject({ status: '400', scimType: 'mutability' });
        expect(told.detail).toContain('synchronisation of passwords');
      }
      expect([await waysInOf(sallyport), await rowsOf(sallyport, 'password')]).toEqual([
        before,
        expect.not.arrayContaining([expect.objectContaining({ account_id: id })]),
      ]);
      expect((await rowsOf(sallyport, 'session')).filter(({ account_id }) => account_id === id)).toEqual([]);
    });

    test('another address does not quietly become somebody’s: the one before brings it back', async () => {
      const id = await client.adds('jan');
      await client.changes(`/Users/${id}`, { op: 'replace', path: 'emails', value: 'jan@example.net' });
      expect(await letters(sallyport, 'jan@example.org')).toContain('The email address of your account was changed');
      expect((await rowsOf(sallyport, 'link')).filter(({ account_id }) => account_id === id)).toEqual([]);
      expect((await rowsOf(sallyport, 'address_before')).filter(({ account_id }) => account_id === id)).toHaveLength(1);
    });
  });

  describe('somebody who is disabled', () => {
    test('is out everywhere at once', async () => {
      const id = await client.adds('kim');
      const home = await homeOf('kim');
      expect(await isIn(home)).toBe(true);
      await client.changes(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
      expect(await isIn(home)).toBe(false);
      expect((await rowsOf(sallyport, 'session')).filter(({ account_id }) => account_id === id)).toEqual([]);
      expect(await letters(sallyport, 'kim@example.org')).toContain('Your account was disabled');
      const log = (await rowsOf(sallyport, 'audit')).filter(({ account_id }) => account_id === id);
      expect(log).toContainEqual(expect.objectContaining({ event: 'account.disabled', actor: 'token:entra' }));
    });

    test('by an administrator is let in by nobody but an administrator', async () => {
      const id = await client.adds('lea');
      await disablePerson(gate(), host, id as AccountId);
      const tries = [
        await client.changes(`/Users/${id}`, { op: 'replace', path: 'active', value: true }),
        await client.ask('PUT', `/Users/${id}`, { userName: 'lea', active: true }),
      ];
      for (const { told } of tries)
        expect(told).toMatchObject({ status: '403', detail: expect.stringContaining('administrator') });
      expect((await client.ask('PUT', `/Users/${id}`, { userName: 'lea', displayName: 'Lea' })).told.active).toBe(
        false,
      );
      sallyport.clock.pass(1000);
      await enablePerson(gate(), host, id as AccountId);
      const [off, on] = [
        await client.changes(`/Users/${id}`, { op: 'replace', path: 'active', value: false }),
        await client.changes(`/Users/${id}`, { op: 'replace', path: 'active', value: true }),
      ];
      expect([off.told.active, on.told.active]).toEqual([false, true]);
    });
  });

  test('somebody who is deleted is gone as by the host, and no count or version is left behind', async () => {
    const id = await client.adds('mia', { externalId: 'M' });
    const crew = await client.addsGroup('crew-of-mia', [id]);
    const home = await homeOf('mia');
    const tag = (await client.ask('GET', `/Groups/${crew}`)).headers['etag'];
    const total = await totalOf();
    expect((await client.ask('DELETE', `/Users/${id}`)).statusCode).toBe(204);
    expect([await isIn(home), await accountOf(id)]).toEqual([false, null]);
    expect(await totalOf()).toBe(total - 1);
    const after = await client.ask('GET', `/Groups/${crew}`);
    expect([after.told.members, after.headers['etag'] === tag]).toEqual([[], false]);
    const other = await client.adds('mia', { externalId: 'M' });
    await erasePerson(gate(), other as AccountId);
    expect(await totalOf()).toBe(total - 1);
    expect((await client.ask('DELETE', `/Users/${other}`)).statusCode).toBe(404);
  });

  describe('without leave for it', () => {
    test('whoever may read writes nothing, and whoever may write reads nothing', async () => {
      const reader = await scimClient(sallyport, { name: 'reader', scopes: ['scim:read'] });
      const writer = await scimClient(sallyport, { name: 'writer', scopes: ['scim:write'] });
      const other = await scimClient(sallyport, { name: 'other', scopes: ['policy:write', 'otp:verify'] });
      const id = await client.adds('nia');
      const before = await everything();
      const calls = [
        ...[reader, other].flatMap((one) => everyChange(id).map((call) => ({ one, call }))),
        { one: reader, call: ['POST', '/Users', { userName: 'x' }] as const },
        { one: reader, call: ['POST', '/Groups', { displayName: 'x' }] as const },
        ...[writer, other].flatMap((one) => seen(id).map((path) => ({ one, call: ['GET', path, undefined] as const }))),
      ];
      for (const { one, call } of calls) {
        const [method, path, body] = call;
        const { statusCode, headers } = await one.ask(method, path, body);
        expect([call, statusCode, headers['www-authenticate']]).toEqual([
          call,
          403,
          'Bearer error="insufficient_scope"',
        ]);
      }
      expect(await everything()).toEqual(before);
    });

    test('what comes by itself is no token, and a form is no request', async () => {
      const { home } = await owner(sallyport, 'otto');
      const cookie = [...home.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const ask = (headers: Record<string, string>, payload = '{"userName":"forged"}') =>
        sallyport.app.inject({
          method: 'POST',
          url: '/scim/v2/Users',
          headers: { host: 'localhost:4000', 'content-type': 'application/scim+json', ...headers },
          payload,
        });
      expect((await ask({ cookie, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(401);
      const authorization = `Bearer ${client.token}`;
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/scim+jsonx'])
        expect([type, (await ask({ authorization, 'content-type': type }, 'userName=forged')).statusCode]).toEqual([
          type,
          415,
        ]);
      const found = await client.ask('GET', `/Users?${filter('userName eq "forged"')}`);
      expect(found.told.totalResults).toBe(0);
    });
  });

  /** They take the link of their letter, choose a password and sign in. */
  async function homeOf(name: string) {
    const browser = await new Browser(sallyport.app).visit(await linkSentTo(sallyport, `${name}@example.org`));
    await browser.press('Begin');
    await browser.press('Save password', { password });
    return signIn(new Browser(sallyport.app), name);
  }
});
