import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskOf } from '../../src/cli/host-commands.ts';
import { commands } from '../../src/methods/totp/commands.ts';
import { base32Of, usual } from '../../src/otp/codes.ts';
import { letters, programToken, rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { oathtool } from '../support/oathtool.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

const folder = mkdtempSync(join(tmpdir(), 'pins-'));
const keyOf = (whom: string) => base32Of(Buffer.from(`made for ${whom}`.padEnd(20, '.')));

/** S-7: several people by import, a key each. */
describe.each(kinds)('PINs of several people, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { realms: [{ id: 'counter', name: 'Counter' }] });
    for (const name of ['ann', 'ben', 'cleo', 'dora']) await sallyport.person(name);
  });
  afterAll(() => sallyport.close());

  /** @returns what is said, and what it ended with */
  async function bring(lines: readonly string[], options: Record<string, boolean> = {}) {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    const said: string[] = [];
    const desk = { ...deskOf(sallyport.house.gate, 'totp'), say: (line: string) => void said.push(line) };
    const ended = await commands[0]?.run(desk, [file], options).then(
      () => null,
      (failure: Error) => failure.message,
    );
    return { said, ended };
  }
  let forms = 0;
  const verify = async (realm: string, user: string, otp: string) => {
    const token = await programToken(sallyport, { name: `form-${forms++}`, scopes: ['otp:verify'], realm });
    const { body } = await sallyport.app.inject({
      method: 'POST',
      url: '/api/v1/otp/verify',
      headers: { host: 'localhost:4000', authorization: `Bearer ${token}` },
      payload: { user, otp },
    });
    return (JSON.parse(body) as { valid: boolean }).valid;
  };

  test('come in by a table, each with a key of their own, and each is told', async () => {
    const slow = { algorithm: 'SHA256', digits: 8, period: 60 } as const;
    const { said, ended } = await bring([
      'user;key;realm;digits;period;algorithm',
      `ann;${keyOf('ann')};counter;;;`,
      `ben@example.org;${Buffer.from('x'.repeat(32)).toString('hex')};counter;8;60;SHA-256`,
      `cleo;${keyOf('cleo')};;;;`,
    ]);
    expect([said, ended]).toEqual([['3 came in, 0 are refused. Delete the file: it holds their keys.'], null]);
    expect(await verify('counter', 'ann', oathtool(sallyport, keyOf('ann')))).toBe(true);
    expect(await verify('', 'ann', oathtool(sallyport, keyOf('ann')))).toBe(false);
    expect(await verify('counter', 'ben', oathtool(sallyport, `hex:${'78'.repeat(32)}`, slow))).toBe(true);
    expect(await verify('', 'cleo', oathtool(sallyport, keyOf('cleo'), usual))).toBe(true);
    for (const name of ['ann', 'ben', 'cleo'])
      expect([name, await letters(sallyport, `${name}@example.org`)]).toEqual([name, ['A way to sign in was added']]);
    expect(JSON.stringify(await rowsOf(sallyport, 'audit'))).not.toContain(keyOf('ann'));
  });

  test('what must not come in is said line by line, and nothing comes in', async () => {
    const before = (await rowsOf(sallyport, 'totp')).length;
    const bad = [
      'user,key,realm,digits',
      `nobody,${keyOf('nobody')},,`,
      `dora,${keyOf('ann')},,`,
      `dora,short,,`,
      `dora,${keyOf('dora')},vault,`,
      `dora,${keyOf('dora')},,7`,
      `dora,${keyOf('dora')},,`,
      `dora,${keyOf('other')},,`,
      `ann,${keyOf('dora')},,`,
      `,${keyOf('somebody')},,`,
      `dora,"${keyOf('dora')},,`,
    ];
    const { said, ended } = await bring(bad);
    expect(said).toEqual([
      'line 2\tnobody\tnobody is called so',
      'line 3\tdora\tthe key is somebody else’s',
      'line 4\tdora\tthe key is no Base32 or hexadecimal of 16 bytes or more',
      'line 5\tdora\tthere is no realm vault',
      'line 6\tdora\tit shows 7 digits; known are 6 and 8',
      'line 8\tdora\tthey are in the file twice for this realm',
      'line 9\tann\tthe key is somebody else’s',
      'line 10\t-\tnobody is named',
      'line 11\t-\ta quotation mark is not closed',
    ]);
    expect(ended).toMatch(/^9 of 10 are refused, so none came in/);
    expect((await rowsOf(sallyport, 'totp')).length).toBe(before);
    expect((await bring(bad, { dryRun: true })).said.at(-1)).toBe('1 would come in, 9 are refused.');
    expect((await bring(bad, { acceptGood: true })).said.at(-1)).toMatch(/^1 came in, 9 are refused/);
    expect(await bring(['name,secret', 'dora,x'])).toMatchObject({
      ended: expect.stringContaining('"user" and "key"'),
    });
  });

  test('of a person who has one there already, the new one takes its place', async () => {
    await bring(['user,key,realm', `ann,${keyOf('ann again')},counter`]);
    sallyport.clock.pass(60_000);
    expect(await verify('counter', 'ann', oathtool(sallyport, keyOf('ann')))).toBe(false);
    expect(await verify('counter', 'ann', oathtool(sallyport, keyOf('ann again')))).toBe(true);
  });
});
