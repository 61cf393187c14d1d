import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endWhatLivesAgain } from '../../src/cli/restored.ts';
import { halfway, isIn, owner, programToken, rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { button, shows, tableOf, tokenCalled, tokens } from '../support/tokens.ts';
import { codeFor, typeCode } from '../support/verbs.ts';

/** What is as it was, and why it may be: it lets nobody in by itself, or nobody can know better. */
const kept = [
  'account account_name account_word account_group password totp webauthn webauthn_user hardware_token duo email_code sms_code security_questions',
  'label consent sign_out throttle audit decision browser browser_account demo_account policy policy_draft',
  'otp_replay sent_code sent_code_turn channel_failure logout_notice signing_key seal_key schema_migration',
  'address_before audit_head audit_checkpoint audit_stream directory_entry',
  'scim_user scim_group scim_member scim_last_number scim_shelf',
  'tally tally_mark people_total account_gone',
]
  .join(' ')
  .split(' ');

const ended = [
  'session attempt remembered_device opt_in link recovery_request recovery_wait join_request join_link address_change outbox api_token',
  'oidc_record oidc_ground backup_code duo_push pass parked proof_ticket temporary_code hand_out otp_answer radius_request',
]
  .join(' ')
  .split(' ');

describe.each(kinds)('a database that came back from a backup, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { methods: { 'hardware-token': {} } });
  });
  afterAll(() => sallyport.close());

  const tables = async (): Promise<readonly string[]> => {
    const { database } = sallyport.house.gate;
    const named =
      kind === 'sqlite'
        ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
        : sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`;
    return (await named.execute(database.read)).rows.map(({ name }) => name);
  };
  /** As a backup and its restore: these tables are then as they were. */
  const backup = async () => {
    const names = ['session', 'attempt', 'otp_replay', 'backup_code', 'totp', 'api_token', 'remembered_device'];
    const rows = new Map<string, readonly Record<string, unknown>[]>();
    for (const name of names) rows.set(name, await rowsOf(sallyport, name));
    return () =>
      sallyport.house.gate.database.transaction(async (tx) => {
        const own = tx.withTables<Record<string, Record<string, unknown>>>();
        for (const name of names) {
          await own.deleteFrom(name).execute();
          for (const row of rows.get(name) ?? []) await own.insertInto(name).values(row).execute();
        }
      });
  };
  const getsIn = async (name: string, code: string): Promise<boolean> => {
    const browser = await halfway(sallyport, name);
    await typeCode(browser, code);
    return isIn(browser);
  };

  test('a code that was used after the backup does not work again; without the command it would', async () => {
    const { secret } = await owner(sallyport, 'ann');
    const restore = await backup();
    const code = codeFor(sallyport, secret);
    expect(await getsIn('ann', code)).toBe(true);
    expect(await getsIn('ann', code)).toBe(false);
    await restore();
    expect(await getsIn('ann', code)).toBe(true);
    await restore();
    await endWhatLivesAgain(sallyport.house.gate);
    for (const ahead of [-1, 0, 1]) {
      const refused = await halfway(sallyport, 'ann');
      await typeCode(refused, codeFor(sallyport, secret, ahead));
      expect(refused.title).toBe('Enter the code from your app');
    }
    sallyport.clock.pass(90_000);
    const browser = await halfway(sallyport, 'ann');
    await typeCode(browser, codeFor(sallyport, secret));
    // In, once the codes for bad days are new.
    expect(browser.title).toMatch(/backup codes/i);
  });

  test('nobody is in, no device is excused, no backup code and no program’s token serves', async () => {
    const { home, backupCodes } = await owner(sallyport, 'bob');
    const token = await programToken(sallyport);
    const under = await halfway(sallyport, 'bob');
    await endWhatLivesAgain(sallyport.house.gate);
    expect([await isIn(home), await rowsOf(sallyport, 'session')]).toEqual([false, []]);
    expect((await under.visit(under.url)).response.statusCode).toBe(410);
    const asked = await sallyport.app.inject({
      url: '/api/v1/policy',
      headers: { host: 'localhost:4000', authorization: `Bearer ${token}` },
    });
    expect(asked.statusCode).toBe(401);
    const again = await halfway(sallyport, 'bob');
    expect(again.title).toBe('Enter the code from your app');
    expect(again.response.body).not.toContain('Backup codes');
    expect(backupCodes).toHaveLength(15);
    expect((await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'database.restored')).not.toEqual([]);
  });

  test('a code of a token with a button does not work again either, and two in a row bring it back', async () => {
    const [token, folder] = [tokenCalled('4711', button), mkdtempSync(join(tmpdir(), 'sallyport-restored-'))];
    await sallyport.person('dan');
    await tokens(sallyport, 'import', tableOf(folder, [token]));
    await tokens(sallyport, 'assign', '4711', 'dan');
    const restore = await backup();
    const code = shows(token, sallyport.clock.now(), 3);
    const answered = async (fields: Record<string, string>) => {
      const browser = await halfway(sallyport, 'dan');
      await browser.press('Continue', fields);
      return browser.title;
    };
    expect(await answered({ code })).toMatch(/backup codes/i);
    await restore();
    await endWhatLivesAgain(sallyport.house.gate);
    expect(await answered({ code })).toBe('Enter the code from your token');
    const [first = '', second = ''] = [20, 21].map((ahead) => shows(token, sallyport.clock.now(), ahead));
    expect(await answered({ code: first, next: second })).toMatch(/backup codes/i);
  });

  test('every table is ended, or kept by decision', async () => {
    await owner(sallyport, 'cleo');
    await endWhatLivesAgain(sallyport.house.gate);
    expect([...(await tables())].sort()).toEqual([...kept, ...ended].sort());
    for (const table of ended) expect([table, await rowsOf(sallyport, table)]).toEqual([table, []]);
  });
});
