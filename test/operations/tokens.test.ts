import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/app.ts';
import { listEntries } from '../../src/core/audit/store.ts';
import { settings } from '../../src/settings.ts';
import { Browser } from '../support/browser.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openOn, type Sallyport } from '../support/open.ts';
import { sealedByKey } from '../support/pskc.ts';
import { command } from '../support/server-process.ts';
import { button, shows, tableOf, tokenCalled } from '../support/tokens.ts';
import { codesShown, signIn, typeCode } from '../support/verbs.ts';

describe.each(kinds)('hardware tokens, on %s', (kind) => {
  let folder: string;
  let sallyport: Sallyport;
  let tokens: (...words: readonly string[]) => Promise<{ code: number | null; out: string; err: string }>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-tokens-'));
    const database = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    const config = join(folder, 'config.yaml');
    writeFileSync(config, 'methods:\n  hardware-token: {}\n');
    tokens = (...words) =>
      command(['tokens', ...words, '--config', config], { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: database });
    const given = settings.parse({ publicUrl: 'http://localhost:4000', data: folder, database });
    sallyport = await openOn(openStore(given), { data: folder, methods: { 'hardware-token': {} } });
  });
  afterEach(() => sallyport.close());

  const inStock = async () => {
    const { rows } = await sql<{ n: number | string }>`select count(*) as n from hardware_token`.execute(
      sallyport.house.gate.database.read,
    );
    return Number(rows[0]?.n);
  };

  test('five thousand come in within seconds; what is wrong is told by line, and stops the rest', {
    timeout: 120_000,
  }, async () => {
    const many = Array.from({ length: 5000 }, (_, n) => tokenCalled(`S-${n}`));
    const again = `S-7,${tokenCalled('X').secret}\nS-X,${tokenCalled('S-9').secret}\nS-Y,short\n`;
    const file = tableOf(folder, many, again);
    const refused = ['line 5002\tS-7\tthe serial number is twice in the file'];
    const stopped = await tokens('import', file);
    expect([stopped.code, await inStock()]).toEqual([1, 0]);
    expect(stopped.out).toContain(refused[0]);
    expect(stopped.out).toContain('line 5003\tS-X\tanother token of the file has the same secret');
    expect(stopped.out).toContain('line 5004\tS-Y\t');
    expect(stopped.err).toContain('3 of 5003 are refused, so none came in');

    const dry = await tokens('import', file, '--dry-run');
    expect([dry.code, dry.out.endsWith('5000 would come in, 3 are refused.\n'), await inStock()]).toEqual([0, true, 0]);
    const done = await tokens('import', file, '--accept-good');
    expect([done.code, await inStock()]).toEqual([0, 5000]);
    expect(done.out).toContain('5000 came in, 3 are refused.');
    expect(`${done.out}${done.err}`).not.toContain(tokenCalled('S-1').secret);
    const { rows } = await sql`select * from hardware_token where serial = 'S-1'`.execute(
      sallyport.house.gate.database.read,
    );
    expect(JSON.stringify(rows)).not.toContain(tokenCalled('S-1').secret);

    const twice = await tokens('import', file);
    expect(twice.out).toContain('line 2\tS-0\tthe stock has a token of this serial number');
  });

  test('a key container comes in with its key, and with no other', { timeout: 60_000 }, async () => {
    const [file, key, other] = ['tokens.pskc', 'key', 'other'].map((name) => join(folder, name));
    writeFileSync(file ?? '', sealedByKey);
    writeFileSync(key ?? '', '12345678901234567890123456789012\n');
    writeFileSync(other ?? '', '00000000000000000000000000000000\n');
    const wrong = await tokens('import', file ?? '', '--key-file', other ?? '');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('it does not open')]);
    const right = await tokens('import', file ?? '', '--key-file', key ?? '');
    expect([right.code, await inStock()]).toEqual([0, 1]);
  });

  test('is given, signs in, falls out of step, is put right, and taken back', { timeout: 90_000 }, async () => {
    const account = await sallyport.person('ann');
    await sallyport.person('bob');
    const token = tokenCalled('B-1', button);
    expect((await tokens('import', tableOf(folder, [token, tokenCalled('C-1')]))).code).toBe(0);
    expect((await tokens('assign', 'B-1', 'ann')).out).toBe('B-1 is ann’s.\n');
    expect((await tokens('assign', 'B-1', 'bob')).err).toContain('B-1 is ann’s');
    expect((await tokens('list', '--assigned')).out).toBe('B-1\tHOTP\t6\t-\tann\n');
    expect((await tokens('list', '--free')).out).toBe('C-1\tTOTP\t6\t30\t-\n');

    const now = sallyport.clock.now();
    const browser = await signIn(new Browser(sallyport.app), 'ann');
    await typeCode(browser, shows(token, now, 40));
    expect(browser.url).not.toBe('/account');
    expect((await tokens('resync', 'B-1', shows(token, now, 41), shows(token, now, 43))).code).toBe(1);
    expect((await tokens('resync', 'B-1', shows(token, now, 41), shows(token, now, 42))).out).toContain(
      'in step again',
    );
    await typeCode(browser, shows(token, now, 42));
    expect(browser.url).not.toBe('/account');
    await typeCode(browser, shows(token, now, 43));
    expect(codesShown(browser)).toHaveLength(15);
    await browser.press('Continue', { stored: 'yes' });
    expect(browser.url).toBe('/account');

    expect((await tokens('withdraw', 'B-1')).code).toBe(0);
    await browser.visit('/account');
    expect(browser.url).not.toBe('/account');
    const events = (await listEntries(sallyport.house.gate.database.read, account, 50)).map(({ event, actor }) => [
      event,
      actor,
    ]);
    for (const event of ['method.added', 'method.kept-up', 'method.removed'])
      expect(events).toContainEqual([event, 'host']);
  });
});
