import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { type Client, filter, scimClient } from '../support/scim.ts';
import { rowsOf } from './tools.ts';

describe.each(kinds)('what makes no sense of people who are kept here, on %s', (kind) => {
  let sallyport: Sallyport;
  let client: Client;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    client = await scimClient(sallyport);
  });
  afterAll(() => sallyport.close());

  const everything = () =>
    Promise.all(['account', 'scim_user', 'scim_group', 'audit'].map((table) => rowsOf(sallyport, table)));

  test.each([
    ['everybody by a filter', 'displayName co "a"', 'invalidFilter'],
    ['everybody but one', 'not (userName eq "a")', 'invalidFilter'],
    ['everybody, or one', 'userName eq "a" or active eq true', 'invalidFilter'],
    ['no filter', 'userName', 'invalidFilter'],
    ['a filter without an end', '('.repeat(900), 'invalidFilter'],
    ['a filter that is too long', `userName eq "${'a'.repeat(2000)}"`, 'invalidFilter'],
    ['a filter for more than are looked up', Array(60).fill('id eq "a"').join(' or '), 'tooMany'],
  ])('%s is refused', async (_, text, scimType) => {
    expect((await client.ask('GET', `/Users?${filter(text)}`)).told).toMatchObject({ status: '400', scimType });
  });

  test.each([
    ['a name with a space', { op: 'replace', path: 'userName', value: 'a b' }, 'invalidValue'],
    ['a name that is none', { op: 'replace', path: 'userName', value: 7 }, 'invalidValue'],
    ['no name', { op: 'remove', path: 'userName' }, 'mutability'],
    ['an address that is none', { op: 'replace', path: 'emails', value: [{ value: 'nobody' }] }, 'invalidValue'],
    ['a truth that is none', { op: 'replace', path: 'active', value: 'maybe' }, 'invalidValue'],
    ['an attribute that is none', { op: 'replace', path: 'shoeSize', value: 7 }, 'invalidPath'],
    ['a way into our own insides', { op: 'add', path: '__proto__.polluted', value: 'yes' }, 'invalidPath'],
    ['another way in', { op: 'add', path: 'constructor', value: 'yes' }, 'invalidPath'],
    ['a change without a path', { op: 'remove' }, 'noTarget'],
    ['a change that is none', { op: 'move', path: 'userName' }, 'invalidSyntax'],
    ['a text with what nobody sees', { op: 'replace', path: 'displayName', value: 'a\u202eb\0' }, 'invalidValue'],
  ])('%s is refused, and nothing is half done', async (_, operation, scimType) => {
    const id = await client.adds(`odd-${Math.abs(hash(JSON.stringify(operation)))}`);
    const before = await everything();
    const answer = await client.changes(
      `/Users/${id}`,
      { op: 'replace', path: 'displayName', value: 'Odd' },
      operation,
    );
    expect(answer.told).toMatchObject({ status: '400', scimType });
    expect([await everything(), ({} as Record<string, unknown>)['polluted']]).toEqual([before, undefined]);
  });

  test.each(['', '[]', '"x"', '{', '{"__proto__":{}}', '{"Operations":[]}', '{"Operations":"x"}'])(
    'a body like %s is refused',
    async (body) => {
      const id = await client.adds(`body-${Math.abs(hash(body))}`);
      for (const [method, path] of [
        ['PATCH', `/Users/${id}`],
        ['PATCH', '/Groups/none'],
        ['POST', '/Groups'],
      ] as const)
        expect([method, [400, 404].includes((await client.ask(method, path, body)).statusCode)]).toEqual([
          method,
          true,
        ]);
    },
  );
});

/** A small number for a text, so that names differ. */
const hash = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);
