import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/app.ts';
import { systemChance } from '../../src/kernel/chance.ts';
import { addKey } from '../../src/kernel/key-file.ts';
import { settings } from '../../src/settings.ts';
import { Browser } from '../support/browser.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openOn, type Sallyport } from '../support/open.ts';
import { command } from '../support/server-process.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

describe.each(kinds)('the keys, on %s', (kind) => {
  let folder: string;
  let file: string;
  let variables: Record<string, string>;
  let sallyport: Sallyport;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-keys-'));
    file = join(folder, 'keys.json');
    const database = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    variables = { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: database };
    const given = settings.parse({ publicUrl: 'http://localhost:4000', data: folder, database });
    sallyport = await openOn(openStore(given), { data: folder });
  });
  afterEach(() => sallyport.close());

  test('a file that was removed or belongs to another database is refused, and none is written', {
    timeout: 90_000,
  }, async () => {
    const kept = join(folder, 'kept.json');
    copyFileSync(file, kept);
    rmSync(file);
    const gone = await command(['user', 'list'], variables);
    expect([gone.code, gone.err]).toEqual([
      1,
      expect.stringMatching(/no key file .* put back the one it was made with/),
    ]);
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();

    const ring = JSON.parse(readFileSync(kept, 'utf8')) as {
      active: string;
      keys: Record<string, string>;
      lookup: string;
    };
    const other = Buffer.alloc(32, 7).toString('base64url');
    const wrong = [
      { ...ring, active: 'kothers', keys: { kothers: other } },
      { ...ring, keys: { [ring.active]: other } },
      { ...ring, lookup: other },
    ];
    for (const swapped of wrong) {
      writeFileSync(file, JSON.stringify(swapped));
      const refused = await command(['user', 'list'], variables);
      expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^Not started: .*put back the file/)]);
    }
    copyFileSync(kept, file);
    expect((await command(['user', 'list'], variables)).code).toBe(0);
  });

  test('are changed beside a running server, which goes on with what it knows', { timeout: 90_000 }, async () => {
    await sallyport.person('ann');
    const { secret } = await setUpAuthenticator(sallyport, await signIn(new Browser(sallyport.app), 'ann'));
    const before = readFileSync(file, 'utf8');
    // Somebody is at a page whose memory was sealed with the old key.
    const waiting = await signIn(new Browser(sallyport.app), 'ann');
    const rotated = await command(['keys', 'rotate'], variables);
    expect([rotated.code, rotated.out]).toEqual([0, expect.stringMatching(/^Sealed [1-9]\d* values/)]);

    const old = (JSON.parse(before) as { active: string }).active;
    const after = readFileSync(file, 'utf8');
    expect(after).not.toContain(old);
    expect(Object.keys((JSON.parse(after) as { keys: object }).keys)).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    await typeCode(waiting, codeFor(sallyport, secret));
    expect(waiting.url).toBe('/account');
    expect((await sallyport.app.inject('/readyz')).statusCode).toBe(200);
  });

  test('a change that was cut off is gone on with, not begun anew', { timeout: 90_000 }, async () => {
    const active = addKey(file, systemChance);
    const rotated = await command(['keys', 'rotate'], variables);
    expect(rotated.out).toContain('going on with it');
    expect(Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { keys: object }).keys)).toEqual([active]);
  });
});
