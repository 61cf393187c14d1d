import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccount } from '../../src/core/accounts/store.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import type { AccountId } from '../../src/methods/method.ts';
import { codeAt, stepAt } from '../../src/methods/totp/rules.ts';
import { setUpFor } from '../../src/proving/set-up-for.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Browser } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';
import { newPostgres } from '../support/databases.ts';
import { openOn, type Sallyport } from '../support/open.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { signIn } from '../support/verbs.ts';
import { atOnce, isIn, post } from './tools.ts';

const times = 50;
/** So many sign-ins under way that two processors are kept busy and nobody waits long. */
const abreast = 5;

/** Some have an app alone: making backup codes for fifty people would take longer than all else. */
const policies = [
  { name: 'an app alone', when: { groups: ['app'] }, require: 'mfa-if-owned', methods: { backup: [] } },
  { name: 'everybody', require: 'mfa-if-owned' },
];

describe('two servers over one PostgreSQL', () => {
  let servers: readonly ServerProcess[];
  /** The same house once more, in this process, to put people into it. */
  let beside: Sallyport;
  beforeAll(async () => {
    const [data, url] = [mkdtempSync(join(tmpdir(), 'sallyport-two-')), await newPostgres()];
    beside = await openOn(openDatabase(url), { data, hashing: { waiting: 1000 } }, { clock: testClock(Date.now()) });
    const variables = { SALLYPORT_DATA: data, SALLYPORT_DATABASE: url, SALLYPORT_POLICIES: JSON.stringify(policies) };
    servers = await Promise.all([startServer(variables), startServer(variables)]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.end()));
    await beside.close();
  });

  /** Sets a method up for somebody. @returns what its page would have shown */
  async function give(id: AccountId, method: string, answer: (shown: string) => Record<string, string>) {
    const { gate } = beside.house;
    const account = await findAccount(gate.database.read, id);
    let shown = '';
    const save = await setUpFor(gate, account ?? { id, username: '' }, method, (memo) => {
      shown = [...memo.values()][0] ?? '';
      return answer(shown);
    });
    await gate.database.transaction(save);
    return shown;
  }
  const withApp = async (name: string): Promise<string> => {
    const before = stepAt(beside.clock.now()) - 1;
    return give(await beside.person(name, { groups: ['app'] }), 'totp', (secret) => ({ code: codeAt(secret, before) }));
  };

  /** One person at both servers, before the second factor, answers in the same instant. @returns how many got in */
  async function bothAnswer(name: string, method: string, answer: () => string): Promise<number> {
    const browsers = await Promise.all(servers.map(({ app }) => signIn(new Browser(app), name)));
    await Promise.all(browsers.map((browser) => post(browser, `${browser.url}/choose`, { method })));
    const code = answer();
    await Promise.all(browsers.map((browser) => post(browser, `${browser.url}/prove/${method}`, { code })));
    return (await Promise.all(browsers.map(isIn))).filter(Boolean).length;
  }

  /** Everything, a few abreast. */
  async function all(work: (n: number) => Promise<number>): Promise<readonly number[]> {
    const results: number[] = [];
    for (let n = 0; n < times; n += abreast) results.push(...(await atOnce(abreast, (lane) => work(n + lane))));
    return results;
  }

  test('fifty times the same code of an app at both at once: each time one gets in', async () => {
    const secrets = await Promise.all(Array.from({ length: times }, (_, n) => withApp(`app-${n}`)));
    const letIn = await all((n) =>
      bothAnswer(`app-${n}`, 'totp', () => codeAt(secrets[n] ?? '', stepAt(Date.now() as Instant))),
    );
    expect(letIn).toEqual(Array(times).fill(1));
  }, 120_000);

  test('the same backup code at both at once, one after the other until none is left: each time one gets in', async () => {
    const id = await beside.person('codes');
    await give(id, 'totp', (secret) => ({ code: codeAt(secret, stepAt(beside.clock.now())) }));
    const codes = (await give(id, 'backup-codes', () => ({ stored: 'yes' }))).split(' ');
    const letIn: number[] = [];
    for (const code of codes.slice(1)) letIn.push(await bothAnswer('codes', 'backup-codes', () => code));
    expect(letIn).toEqual(codes.slice(1).map(() => 1));
  }, 120_000);
});
