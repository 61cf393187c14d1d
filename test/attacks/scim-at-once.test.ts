import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccount } from '../../src/core/accounts/store.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { erasePerson } from '../../src/proving/people.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { type Client, scimClient } from '../support/scim.ts';
import { atOnce, rowsOf } from './tools.ts';

describe.each(kinds)('programs that keep people, many at once, on %s', (kind) => {
  let sallyport: Sallyport;
  let client: Client;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    client = await scimClient(sallyport);
  });
  afterAll(() => sallyport.close());

  const gate = () => sallyport.house.gate;
  const accountOf = (id: string) => findAccount(gate().database.read, id as AccountId);
  const totalOf = async () => (await client.ask('GET', '/Users?count=0')).told.totalResults;

  test('of many who make the same person one does, and all are counted', async () => {
    const total = await totalOf();
    const answers = await atOnce(8, () => client.ask('POST', '/Users', { userName: 'pat', externalId: 'P' }));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array(7).fill(409)]);
    const others = await atOnce(8, (n) => client.ask('POST', '/Users', { userName: `pat-${n}` }));
    expect(others.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201));
    expect(await totalOf()).toBe(total + 9);
    const numbers = (await rowsOf(sallyport, 'scim_user')).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('who joins and leaves at once ends in what was said last, and groups say what accounts say', async () => {
    const people = await Promise.all(['q1', 'q2', 'q3', 'q4'].map((name) => client.adds(name)));
    const crews = await Promise.all(['quartet', 'quintet'].map((name) => client.addsGroup(name)));
    const member = (id: string) => ({ path: 'members', value: [{ value: id }] });
    await atOnce(24, (n) =>
      client.changes(`/Groups/${crews[n % 2]}`, {
        op: n % 3 === 0 ? 'remove' : 'add',
        ...member(people[n % 4] ?? ''),
      }),
    );
    for (const [index, crew] of crews.entries()) {
      const told = (await client.ask('GET', `/Groups/${crew}`)).told.members.map(
        ({ value }: { value: string }) => value,
      );
      const name = ['quartet', 'quintet'][index] ?? '';
      const carry = await Promise.all(
        people.map(async (id) => ((await accountOf(id))?.groups.includes(name) ? id : '')),
      );
      expect([name, [...told].sort()]).toEqual([name, carry.filter((id) => id !== '').sort()]);
    }
  });

  test('who is erased by the host while a group is changed leaves nothing of theirs', async () => {
    const crew = await client.addsGroup('crew-of-late');
    for (let n = 0; n < 4; n += 1) {
      const id = await client.adds(`late-${n}`);
      await Promise.all([
        erasePerson(gate(), id as AccountId),
        client.changes(`/Groups/${crew}`, { op: 'add', path: 'members', value: [{ value: id }] }),
      ]);
      expect(await accountOf(id)).toBeNull();
    }
    expect((await client.ask('GET', `/Groups/${crew}`)).told.members).toEqual([]);
  });
});
