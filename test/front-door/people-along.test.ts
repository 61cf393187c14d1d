import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { cellsOf } from '../../src/kernel/csv.ts';
import { importPeople } from '../../src/proving/importing.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, giveRole, signOutPerson } from '../../src/proving/people.ts';
import { whileTheyMay } from '../../src/surfaces/admin/download.tsx';
import { owner, post, rowsOf } from '../attacks/tools.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

/** Names that a spreadsheet would calculate, or that would break a line. */
const nasty = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', 'Lee, "Ann"', 'two\r\nlines', 'Zoë 🦊'];

describe.each(kinds)('the list of people, taken along, on %s', (kind) => {
  let sallyport: Sallyport;
  let home: Browser;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    const many = Array.from({ length: 1100 }, (_, n) => ({ username: `many-${n}`, name: `Many ${n}` }));
    const odd = nasty.map((name, n) => ({ username: `odd-${n}`, name }));
    const more = { at: '', email: null, groups: ['staff', 'all'], hash: null };
    const people = [...many, ...odd].map((one, n) => ({ ...more, ...one, disabled: n % 100 === 0 }));
    await importPeople(sallyport.house.gate, host, people, () => undefined);
    ({ home } = await owner(sallyport, 'audrey', { role: 'auditor' }));
  });
  afterAll(() => sallyport.close());

  const take = async (query = ''): Promise<string> => {
    await home.visit(`/admin/people${query}`);
    await home.press('Download this list');
    expect(home.response.statusCode).toBe(200);
    return home.response.body;
  };
  const noted = async () => (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'people.exported');

  test('is everybody, once, in lines of RFC 4180, and that is written down', async () => {
    const text = await take();
    expect(home.response.headers['content-disposition']).toBe('attachment; filename="sallyport-people.csv"');
    expect(home.response.headers['content-type']).toMatch(/^text\/csv/);
    const [head = '', ...lines] = text.split('\r\n').filter((line) => line !== '');
    expect(head.replace(/^\uFEFF/, '')).toBe(
      '"username","email","name","groups","disabled","role","second_factor","locked","added_at","seen_at","id"',
    );
    const names = lines.flatMap((line) => /^"([\w-]+)",/.exec(line)?.[1] ?? []);
    expect([names.length, new Set(names).size]).toEqual([1110, 1110]);
    const audrey = cellsOf(lines.find((line) => line.startsWith('"audrey"')) ?? '', ',');
    const moment = expect.stringMatching(/^2026-01-15T/);
    expect(audrey).toEqual([
      'audrey',
      'audrey@example.org',
      'audrey',
      '',
      'false',
      'auditor',
      'true',
      'false',
      moment,
      moment,
      expect.any(String),
    ]);
    const [entry] = await noted();
    expect([entry?.['account_id'], entry?.['detail']]).toEqual([null, '{"searched":false}']);
  });

  test('holds nothing that a spreadsheet calculates, and loses nothing', async () => {
    const text = await take('?q=odd');
    for (const name of nasty) {
      const cell = /^[=+\-@\t＝]/.test(name) ? `'${name}` : name.replaceAll('"', '""');
      expect(text).toContain(`,"${cell}",`);
    }
    expect(text).not.toMatch(/"[=+\-@\t＝]/);
    expect((await noted()).at(-1)?.['detail']).toBe('{"searched":true}');
  });

  test('is those whom the page shows, however many pages they fill', async () => {
    const linesIn = (text: string) => text.trimEnd().split('\r\n').length - 1;
    expect(linesIn(await take('?state=disabled'))).toBe(12);
    expect((await noted()).map(({ detail }) => detail)).toContain('{"state":"disabled","searched":false}');
    expect(linesIn(await take('?q=many'))).toBe(1100);
    expect(linesIn(await take('?q=many&state=disabled'))).toBe(11);
    expect(linesIn(await take('?q=nobody'))).toBe(0);
  });

  test('takes a proof of minutes ago, and a role that may look', async () => {
    await home.visit('/admin/people');
    const before = (await noted()).length;
    sallyport.clock.pass(minutes(6));
    const old = await post(home, '/admin/people', {});
    expect([old.statusCode, old.headers.location]).toEqual([303, expect.stringMatching(/^\/sign-in\//)]);
    const { home: nobody } = await owner(sallyport, 'nick');
    await nobody.visit('/account');
    expect((await post(nobody, '/admin/people', {})).statusCode).toBe(404);
    expect((await noted()).length).toBe(before);
  });

  test('ends where whoever takes it may look no more', async () => {
    const { gate } = sallyport.house;
    const shut = {
      'their role is taken': (id: string) => giveRole(gate, host, id as never, null),
      'they are disabled': (id: string) => disablePerson(gate, host, id as never),
      'they are signed out': (id: string) => signOutPerson(gate, host, id as never),
    };
    for (const [n, [how, out]] of Object.entries(shut).entries()) {
      const { home: helper } = await owner(sallyport, `helper-${n}`, { role: 'help-desk' });
      expect((await helper.send('GET', '/admin/people')).statusCode).toBe(200);
      const account = (await rowsOf(sallyport, 'account')).find(({ username }) => username === `helper-${n}`);
      const session = (await rowsOf(sallyport, 'session')).find(({ account_id }) => account_id === account?.['id']);
      const asked = { session: { id: session?.['id'], account: account?.['id'] } } as never;
      const got: string[] = [];
      const parts = async function* () {
        yield 'one';
        await out(String(account?.['id']));
        yield 'two';
      };
      const taking = async () => {
        for await (const part of whileTheyMay(sallyport.house, asked, parts())) got.push(part);
      };
      await expect(taking(), how).rejects.toThrow('not-found');
      expect([how, got]).toEqual([how, ['one']]);
    }
  });
});
