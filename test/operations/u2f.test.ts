import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/app.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { listEntries } from '../../src/core/audit/store.ts';
import { settings } from '../../src/settings.ts';
import { pointOf } from '../support/authenticator.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { openOn, type Sallyport } from '../support/open.ts';
import { command } from '../support/server-process.ts';

/** A registration as other systems hand it over. */
const registrationOf = (user: string, more: object = {}) => ({
  user,
  keyHandle: randomBytes(64).toString('base64url'),
  publicKey: pointOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey).toString('base64url'),
  appId: 'https://jira.example.org/app-id.json',
  counter: 12,
  ...more,
});

describe.each(kinds)('keys of the U2F days, on %s', (kind) => {
  let folder: string;
  let sallyport: Sallyport;
  let bring: (
    rows: unknown,
    ...options: readonly string[]
  ) => Promise<{ code: number | null; out: string; err: string }>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-u2f-'));
    const database = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    const file = join(folder, 'registrations.json');
    bring = (rows, ...options) => {
      writeFileSync(file, typeof rows === 'string' ? rows : JSON.stringify(rows));
      return command(['u2f', 'import', file, ...options], { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: database });
    };
    sallyport = await openOn(
      openStore(settings.parse({ publicUrl: 'http://localhost:4000', data: folder, database })),
      {
        data: folder,
      },
    );
    await sallyport.person('ann');
  });
  afterEach(() => sallyport.close());

  async function kept(): Promise<number> {
    const { methods, database } = sallyport.house.gate;
    const ann = await findAccountByName(database.read, 'ann');
    return (await methods.get('webauthn')?.list(database.read, ann?.id ?? expect.fail()))?.length ?? expect.fail();
  }

  test('what is wrong is told by row, and stops the rest; what is good comes in when that is said', async () => {
    const good = registrationOf('ann');
    const rows = [
      good,
      registrationOf('nobody'),
      registrationOf('ann', { keyHandle: good.keyHandle }),
      registrationOf('ann', { publicKey: 'BBBB' }),
      registrationOf('ann', { appId: 'http://jira.example.org' }),
      registrationOf('ann', { counter: -1 }),
      'no row at all',
    ];
    const stopped = await bring(rows);
    expect([stopped.code, await kept()]).toEqual([1, 0]);
    expect(stopped.err).toContain('6 of 7 are refused, so none came in');
    expect(stopped.out.trimEnd().split('\n')).toEqual([
      'row 2\tnobody\tnobody is called so',
      'row 3\tann\tthis key is kept already',
      'row 4\tann\tpublicKey is no point of P-256, of 65 bytes',
      'row 5\tappId cannot be read',
      'row 6\tcounter cannot be read',
      'row 7\tall of it cannot be read',
    ]);
    const dry = await bring(rows, '--dry-run');
    expect([dry.code, await kept()]).toEqual([0, 0]);
    expect(dry.out).toContain('1 would come in, 6 are refused.');
    const done = await bring(rows, '--accept-good');
    expect([done.code, await kept()]).toEqual([0, 1]);
    expect(done.out).toContain('1 came in, 6 are refused.');
    expect((await bring([good])).out).toContain('row 1\tann\tthis key is kept already');
  }, 60_000);

  test('whose key it is, is written down and told', async () => {
    await bring([registrationOf('ann')]);
    const { read } = sallyport.house.gate.database;
    const ann = await findAccountByName(read, 'ann');
    const [entry] = await listEntries(read, ann?.id ?? expect.fail(), 1);
    expect(entry).toMatchObject({ event: 'method.added', actor: 'host' });
  });

  test('what is no list is refused whole', async () => {
    for (const text of ['', '{"user": "ann"}', 'user,keyHandle'])
      expect([(await bring(text)).code, await kept()]).toEqual([1, 0]);
  });
});
