import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccount } from '../../src/core/accounts/store.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { letters, owner, rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { type Client, filter, scimClient } from '../support/scim.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
describe.each(kinds)('people kept here by another system, on %s', (kind) => {
  let sallyport: Sallyport;
  let client: Client;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    client = await scimClient(sallyport);
  });
  afterAll(() => sallyport.close());

  const accountOf = (id: string) => findAccount(sallyport.house.gate.database.read, id as AccountId);

  // What Entra ID sends, as its documentation of a SCIM endpoint shows it.
  describe('by Entra ID', () => {
    let id: string;
    let team: string;

    test('a connection is tried by looking for nobody', async () => {
      const answer = await client.ask('GET', `/Users?${filter('userName eq "2f4b0c21-0f4c-4c2e-9a0c-7b9f6e0d7b11"')}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8');
      expect(answer.told).toEqual({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    });

    test('somebody is made, read and found', async () => {
      const made = await client.ask('POST', '/Users', {
        schemas: [user, enterprise],
        externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
        userName: 'ann.lee@example.org',
        active: true,
        emails: [{ primary: true, type: 'work', value: 'ann.lee@example.org' }],
        meta: { resourceType: 'User' },
        name: { formatted: 'Ann Lee', familyName: 'Lee', givenName: 'Ann' },
        roles: [],
        title: 'Engineer',
        [enterprise]: { department: 'Research' },
      });
      id = made.told.id;
      expect([made.statusCode, made.headers['location']]).toEqual([201, `http://localhost:4000/scim/v2/Users/${id}`]);
      expect(made.told).toMatchObject({
        schemas: [user],
        externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
        userName: 'ann.lee@example.org',
        name: { formatted: 'Ann Lee', familyName: 'Lee', givenName: 'Ann' },
        emails: [{ value: 'ann.lee@example.org', type: 'work', primary: true }],
        active: true,
        groups: [],
        meta: { resourceType: 'User', version: made.headers['etag'] },
      });
      expect((await client.ask('GET', `/Users/${id}`)).told).toEqual(made.told);
      for (const text of [
        'userName eq "ANN.LEE@example.org"',
        'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
        'emails[type eq "work"].value eq "ann.lee@example.org"',
        `${user}:userName eq "ann.lee@example.org" and active eq true`,
        `id eq "${id}" or userName eq "nobody"`,
      ])
        expect([text, (await client.ask('GET', `/Users?${filter(text)}`)).told.Resources]).toEqual([text, [made.told]]);
    });

    test('they get the letter of everybody who is added, and choose their password', async () => {
      expect(await letters(sallyport, 'ann.lee@example.org')).toEqual(['Your account is ready: choose a password']);
    });

    test('attributes are replaced one by one', async () => {
      const answer = await client.changes(
        `/Users/${id}`,
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ann.king@example.org' },
        { op: 'Replace', path: 'name.familyName', value: 'King' },
        { op: 'Add', path: `${enterprise}:department`, value: 'Sales' },
        { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '+49 30 1234' },
        { op: 'Add', path: 'title', value: 'Lead' },
      );
      expect(answer.statusCode).toBe(200);
      expect(answer.told).toMatchObject({
        name: { familyName: 'King', givenName: 'Ann' },
        emails: [{ value: 'ann.king@example.org', type: 'work', primary: true }],
      });
      const renamed = await client.changes(`/Users/${id}`, { op: 'Replace', path: 'userName', value: 'ann.king' });
      expect(renamed.told.userName).toBe('ann.king');
      expect(await letters(sallyport, 'ann.lee@example.org')).toContain(
        'The email address of your account was changed',
      );
    });

    test('a group is made, found, named and filled', async () => {
      const made = await client.ask('POST', '/Groups', {
        schemas: [group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
        externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
        displayName: 'Team',
        meta: { resourceType: 'Group' },
      });
      team = made.told.id;
      expect([made.statusCode, made.told.displayName, made.told.members]).toEqual([201, 'Team', []]);
      const found = await client.ask('GET', `/Groups?excludedAttributes=members&${filter('displayName eq "Team"')}`);
      expect(found.told.Resources).toMatchObject([{ id: team, displayName: 'Team' }]);
      expect(found.told.Resources[0].members).toBeUndefined();
      const renamed = await client.changes(`/Groups/${team}`, { op: 'Replace', path: 'displayName', value: 'Crew' });
      expect([renamed.statusCode, renamed.body]).toEqual([204, '']);
      const joined = await client.changes(`/Groups/${team}`, {
        op: 'Add',
        path: 'members',
        value: [{ $ref: null, value: id }],
      });
      expect(joined.statusCode).toBe(204);
      expect((await accountOf(id))?.groups).toEqual(['Crew']);
      const isIn = `/Groups?excludedAttributes=members&${filter(`id eq "${team}" and members eq "${id}"`)}`;
      expect((await client.ask('GET', isIn)).told.totalResults).toBe(1);
      expect((await client.ask('GET', `/Users/${id}`)).told.groups).toMatchObject([{ value: team, display: 'Crew' }]);
      await client.changes(`/Groups/${team}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] });
      expect((await accountOf(id))?.groups).toEqual([]);
      expect((await client.ask('GET', isIn)).told.totalResults).toBe(0);
      expect((await client.ask('GET', `/Groups/${team}?excludedAttributes=members`)).told.members).toBeUndefined();
      expect((await client.ask('DELETE', `/Groups/${team}`)).statusCode).toBe(204);
      expect((await client.ask('GET', `/Groups/${team}`)).statusCode).toBe(404);
    });

    test('somebody is disabled, with the old way to write it too, let in again, and deleted', async () => {
      const put = async (value: unknown) =>
        (await client.changes(`/Users/${id}`, { op: 'Replace', path: 'active', value })).told.active;
      expect([await put(false), await put('True'), await put('False')]).toEqual([false, true, false]);
      expect(await letters(sallyport, 'ann.king@example.org')).toContain('Your account was disabled');
      expect((await client.ask('DELETE', `/Users/${id}`)).statusCode).toBe(204);
      expect((await client.ask('GET', `/Users/${id}`)).statusCode).toBe(404);
      expect(await accountOf(id)).toBeNull();
      expect(await client.adds('ann.king')).not.toBe(id);
    });
  });

  // What Okta sends, as its documentation of SCIM 2.0 shows it.
  describe('by Okta', () => {
    let id: string;

    test('a connection is tried by a page of people and of groups', async () => {
      const people = (await client.ask('GET', '/Users?startIndex=1&count=2')).told;
      expect([people.startIndex, people.itemsPerPage, people.totalResults]).toEqual([1, 1, 1]);
      expect((await client.ask('GET', '/Groups?startIndex=1&count=100')).told.totalResults).toBe(0);
    });

    test('somebody is made, with the password that stands in for one: nobody gets in by it', async () => {
      const none = `/Users?${filter('userName eq "bob@example.org"')}&startIndex=1&count=100`;
      expect((await client.ask('GET', none)).told.totalResults).toBe(0);
      const made = await client.ask('POST', '/Users', {
        schemas: [user],
        userName: 'bob@example.org',
        name: { givenName: 'Bob', familyName: 'Stone' },
        emails: [{ primary: true, value: 'bob@example.org', type: 'work' }],
        displayName: 'Bob Stone',
        locale: 'en-US',
        externalId: '00ujl29u0le5T6Aj10h7',
        groups: [],
        password: '1mz050nq',
        active: true,
      });
      id = made.told.id;
      expect([made.statusCode, made.told.password]).toEqual([201, undefined]);
      expect((await rowsOf(sallyport, 'password')).filter(({ account_id }) => account_id === id)).toEqual([]);
    });

    test('everything is said anew', async () => {
      const now = (await client.ask('GET', `/Users/${id}`)).told;
      const answer = await client.ask('PUT', `/Users/${id}`, {
        ...now,
        name: { givenName: 'Robert', familyName: 'Stone' },
        displayName: 'Robert Stone',
        emails: [{ primary: true, value: 'robert@example.org', type: 'work', display: 'Robert' }],
      });
      expect([answer.statusCode, answer.told.displayName, answer.told.name.givenName]).toEqual([
        200,
        'Robert Stone',
        'Robert',
      ]);
      expect(answer.told.emails[0].value).toBe('robert@example.org');
    });

    test('somebody is disabled and let in again by an object without a path', async () => {
      const off = await client.changes(`/Users/${id}`, { op: 'replace', value: { active: false } });
      expect([off.statusCode, off.told.active]).toEqual([200, false]);
      const on = await client.changes(`/Users/${id}`, { op: 'replace', value: { active: true } });
      expect(on.told.active).toBe(true);
    });

    test('groups are pushed', async () => {
      const made = await client.ask('POST', '/Groups', { schemas: [group], displayName: 'Sales', members: [] });
      const sales = made.told.id;
      const named = await client.changes(`/Groups/${sales}`, {
        op: 'replace',
        value: { id: sales, displayName: 'Sales Europe' },
      });
      expect(named.statusCode).toBe(204);
      const other = await client.adds('cleo');
      await client.changes(`/Groups/${sales}`, { op: 'add', path: 'members', value: [{ value: other, display: 'c' }] });
      const both = await client.changes(
        `/Groups/${sales}`,
        { op: 'remove', path: `members[value eq "${other}"]` },
        { op: 'add', path: 'members', value: [{ value: id, display: 'bob@example.org' }] },
      );
      expect(both.statusCode).toBe(204);
      expect([(await accountOf(other))?.groups, (await accountOf(id))?.groups]).toEqual([[], ['Sales Europe']]);
      const put = await client.ask('PUT', `/Groups/${sales}`, {
        schemas: [group],
        id: sales,
        displayName: 'Sales',
        members: [{ value: other, display: 'cleo' }],
      });
      expect(put.told).toMatchObject({ displayName: 'Sales', members: [{ value: other, type: 'User' }] });
      expect([(await accountOf(other))?.groups, (await accountOf(id))?.groups]).toEqual([['Sales'], []]);
      expect((await client.ask('DELETE', `/Groups/${sales}`)).statusCode).toBe(204);
      expect((await accountOf(other))?.groups).toEqual([]);
    });
  });

  test('whoever looks after them reads who keeps them', async () => {
    const id = await client.adds('gil');
    const other = await sallyport.person('gina');
    const { home } = await owner(sallyport, 'root', { role: 'system-administrator' });
    const reads = async (one: string) =>
      (await home.visit(`/admin/people/${one}`)).response.body.includes('kept by another system');
    expect([await reads(id), await reads(other)]).toEqual([true, false]);
  });

  describe('as the RFCs have it', () => {
    test('what is served is told', async () => {
      const config = (await client.ask('GET', '/ServiceProviderConfig')).told;
      expect(config).toMatchObject({
        patch: { supported: true },
        bulk: { supported: false },
        etag: { supported: true },
      });
      expect((await client.ask('GET', '/ResourceTypes')).told.Resources.map(({ id }: { id: string }) => id)).toEqual([
        'User',
        'Group',
      ]);
      expect((await client.ask('GET', '/ResourceTypes/User')).told.endpoint).toBe('/Users');
      expect((await client.ask('GET', `/Schemas/${user}`)).told.attributes.length).toBeGreaterThan(5);
      expect((await client.ask('GET', '/Schemas')).told.totalResults).toBe(2);
      expect((await client.ask('GET', '/Schemas?filter=a')).statusCode).toBe(403);
      for (const [path, status] of [
        ['/Me', '501'],
        ['/Bulk', '501'],
        ['/Users/.search', '501'],
        ['/nothing', '404'],
      ] as const)
        expect([path, (await client.ask('POST', path, {})).told]).toMatchObject([path, { status }]);
    });

    test('only some attributes are told, where only some are asked for', async () => {
      const id = await client.adds('dora', { name: { givenName: 'Dora', familyName: 'Ito' } });
      const told = async (query: string) => (await client.ask('GET', `/Users/${id}?${query}`)).told;
      expect(await told('attributes=userName,name.givenName')).toEqual({
        schemas: [user],
        id,
        userName: 'dora',
        name: { givenName: 'Dora' },
      });
      expect(Object.keys(await told('excludedAttributes=emails,groups,meta,name.familyName'))).toEqual([
        'schemas',
        'id',
        'userName',
        'name',
        'active',
      ]);
    });

    test('a version that is known is not told again, and one that is over is not changed', async () => {
      const id = await client.adds('eve');
      const first = await client.ask('GET', `/Users/${id}`);
      const tag = String(first.headers['etag']);
      expect((await client.ask('GET', `/Users/${id}`, undefined, { 'if-none-match': tag })).statusCode).toBe(304);
      const put = (name: string, headers: Record<string, string>) =>
        client.ask('PUT', `/Users/${id}`, { userName: 'eve', displayName: name }, headers);
      expect((await put('Eve', { 'if-match': tag })).statusCode).toBe(200);
      expect((await put('Eva', { 'if-match': tag })).told).toMatchObject({ status: '412' });
      expect((await client.ask('DELETE', `/Users/${id}`, undefined, { 'if-match': tag })).statusCode).toBe(412);
      const crew = await client.addsGroup('Eves', [id]);
      const told = await client.ask('GET', `/Groups/${crew}`);
      const ofGroup = { 'if-match': String(told.headers['etag']) };
      expect(told.told.meta.version).toBe(told.headers['etag']);
      expect((await client.ask('PUT', `/Groups/${crew}`, { displayName: 'Eva' }, ofGroup)).statusCode).toBe(200);
      expect((await client.ask('PUT', `/Groups/${crew}`, { displayName: 'Eva' }, ofGroup)).statusCode).toBe(412);
    });

    test('what changes nothing leaves no trace, and the version as it is', async () => {
      const id = await client.adds('fay', { displayName: 'Fay' });
      const [before, log] = [(await client.ask('GET', `/Users/${id}`)).told, await rowsOf(sallyport, 'audit')];
      const same = await client.ask('PUT', `/Users/${id}`, before);
      expect([same.told, await rowsOf(sallyport, 'audit')]).toEqual([before, log]);
    });

    test('pages go on from any number, also over gaps', async () => {
      const more: string[] = [];
      for (let n = 0; n < 7; n += 1) more.push(await client.adds(`page-${n}`));
      const all = (await client.ask('GET', '/Users?count=200')).told;
      const ids = all.Resources.map(({ id }: { id: string }) => id);
      expect([all.totalResults, ids.length, ids.slice(-7)]).toEqual([ids.length, ids.length, more]);
      await client.ask('DELETE', `/Users/${more[2]}`);
      const left = ids.filter((id: string) => id !== more[2]);
      const walked: string[] = [];
      for (let start = 1; start <= left.length; start += 3) {
        const page = (await client.ask('GET', `/Users?startIndex=${start}&count=3`)).told;
        expect([page.totalResults, page.startIndex]).toEqual([left.length, start]);
        walked.push(...page.Resources.map(({ id }: { id: string }) => id));
      }
      expect(walked).toEqual(left);
      const none = (await client.ask('GET', '/Users?startIndex=-3&count=0')).told;
      expect([none.totalResults, none.startIndex, none.Resources]).toEqual([left.length, 1, []]);
      expect((await client.ask('GET', '/Users?startIndex=9999')).told.Resources).toEqual([]);
    });
  });
});
