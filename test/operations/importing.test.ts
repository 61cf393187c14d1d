import { scryptSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPeople } from '../../src/cli/people-file.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { importPeople } from '../../src/proving/importing.ts';
import { host } from '../../src/proving/office.ts';
import { rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { command } from '../support/server-process.ts';
import { signIn } from '../support/verbs.ts';

const password = 'nine old boats at low tide';
const header = 'username,email,name,groups,disabled,hash';
const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const byScrypt = (salt: string) =>
  `$scrypt$ln=12,r=8,p=1$${b64(Buffer.from(salt))}$${b64(scryptSync(password, salt, 32, { N: 4096, r: 8, p: 1 }))}`;

describe.each(kinds)('people of another system, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const comeIn = (text: string, file = 'people.csv') => {
    const { people, mistakes } = readPeople(file, text);
    expect(mistakes).toEqual([]);
    return importPeople(sallyport.house.gate, host, people, () => undefined);
  };
  const account = (name: string) => findAccountByName(sallyport.house.gate.database.read, name);
  const hashOf = async (name: string) => {
    const id = (await account(name))?.id;
    return String((await rowsOf(sallyport, 'password')).find((row) => row['account_id'] === id)?.['phc']);
  };

  test('sign in with the password they have, which is hashed anew as ours are', async () => {
    const rows = [
      header,
      `ann,ann@example.org,"Lee, Ann",staff|boats,,"${await bcrypt(password, 4)}"`,
      `bob,,,,,"${byScrypt('salt of bob')}"`,
    ];
    expect(await comeIn(rows.join('\r\n'))).toEqual([]);
    expect(await account('ann@example.org')).toMatchObject({ name: 'Lee, Ann', groups: ['staff', 'boats'] });
    for (const [name, before] of [
      ['ann', /^\$2b\$/],
      ['bob', /^\$scrypt\$/],
    ] as const) {
      expect(await hashOf(name)).toMatch(before);
      expect((await signIn(new Browser(sallyport.app), name, `${password}!`)).wrong).toMatch(/didn’t work/);
      expect(await hashOf(name)).toMatch(before);
      expect((await signIn(new Browser(sallyport.app), name, password)).url).toBe('/account');
      expect(await hashOf(name)).toMatch(/^\$argon2id\$/);
      expect((await signIn(new Browser(sallyport.app), name, password)).url).toBe('/account');
    }
  });

  test('come from a list in JSON too; who was kept out stays so', async () => {
    const people = [
      { username: 'cyd', groups: ['staff'], disabled: true, hash: byScrypt('salt of cyd') },
      { username: 'dan', email: 'dan@example.org' },
    ];
    expect(await comeIn(JSON.stringify(people), 'people.json')).toEqual([]);
    expect((await signIn(new Browser(sallyport.app), 'cyd', password)).wrong).toMatch(/didn’t work/);
    expect((await signIn(new Browser(sallyport.app), 'dan', '')).url).toMatch(/^\/sign-in\//);
  });

  test('come all or none: one whose name is taken keeps everybody out', async () => {
    await sallyport.person('here-before');
    const many = Array.from({ length: 600 }, (_, index) => `many-${index},,,,,`);
    expect(await comeIn([header, ...many, 'HERE-before,,,,,'].join('\n'))).toEqual(['here-before']);
    expect(await account('many-0')).toBeNull();
  });

  test('the command says what is wrong with each row, imports nobody then, and all of them when nothing is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-import-'));
    const variables = {
      SALLYPORT_DATA: folder,
      ...(kind === 'postgres' && { SALLYPORT_DATABASE: await newPostgres() }),
    };
    const file = join(folder, 'people.csv');
    const bad = [
      'a b,,,,,',
      'eve,no address,,,,',
      'fay,,,,,5f4dcc3b5aa765d61d8327deb882cf99',
      'Eve,,,,perhaps,',
      'gus,,',
    ];
    writeFileSync(file, [header, ...bad, 'hal,,,,,'].join('\n'));
    const refused = await command(['user', 'import', file], variables);
    expect(refused.code).toBe(1);
    for (const sentence of [
      'line 2: username has 1 to 64 characters',
      'line 3: email is no mail address',
      'line 4: hash is no hash of a kind that is taken',
      'line 5: disabled',
      'line 6:',
    ])
      expect(refused.out).toContain(sentence);
    expect(refused.err).toContain('Nobody is imported: 5 rows');

    writeFileSync(file, [header, 'hal,,,,,', 'ivy,ivy@example.org,,,,'].join('\n'));
    expect((await command(['user', 'import', file, '--dry-run'], variables)).out).toContain('2 people would come in');
    expect((await command(['user', 'import', file], variables)).out).toContain('2 people came in');
    expect((await command(['user', 'import', file, '--dry-run'], variables)).out).toContain(
      'line 3: ivy@example.org is somebody here already',
    );
  });
});

test.each([
  ['people.json', '{}', 'it is no list of people'],
  ['people.json', '[', 'it is no JSON'],
  ['people.csv', 'name,password', 'line 1: it names the columns'],
  ['people.csv', 'username,password\nann,secret', 'password is none of them'],
  ['people.csv', 'username\nann\nANN', 'line 3: ann stands in line 2 too'],
])('what is no file of people is none: %s %s', (file, text, why) => {
  expect(readPeople(file, text).mistakes[0]).toContain(why);
});
