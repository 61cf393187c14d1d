import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openGate, openMeans } from '../../src/app.ts';
import { addAccount } from '../../src/core/accounts/store.ts';
import { newId } from '../../src/kernel/ids.ts';
import { pause } from '../../src/kernel/timers.ts';
import { codeAt, stepAt } from '../../src/methods/totp/rules.ts';
import { setUpFor } from '../../src/proving/set-up-for.ts';
import { settings } from '../../src/settings.ts';
import type { Means } from '../../src/store/means.ts';
import { Browser } from '../support/browser.ts';
import { newPostgres } from '../support/databases.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { signIn } from '../support/verbs.ts';
import { journey, type Person, password, person } from './load.ts';
import { mustHold } from './truths.ts';

/** Numbers that are the same in every run: a kill that found something can be had again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const veterans = ['ann', 'bob', 'cleo'];

describe.each([
  { kind: 'sqlite', kills: 22 },
  { kind: 'postgres', kills: 8 },
])('a server on $kind that is killed $kills times', ({ kind, kills }) => {
  test('keeps what it acknowledged, refuses what was used, and leaves nothing by half', {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-crash-'));
    const url = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    const variables = { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: url };
    const novices = Array.from({ length: kills }, (_, n) => `novice-${n}`);
    const means = await openMeans(settings.parse({ publicUrl: 'http://localhost:4000', data: folder, database: url }));
    for (const name of [...veterans, ...novices]) await addTo(means, name);
    const known = veterans.map(person);
    const chance = dice(20_260_115);

    const calm = await startServer(variables);
    await Promise.all(known.map((who) => journey(calm, who, 0)));
    await calm.end('SIGKILL');

    for (const name of novices) {
      const here = [...known.slice(0, veterans.length), person(name)];
      known.push(...here.slice(veterans.length));
      expect(await loadUntilKilled(await startServer(variables), here, chance)).toEqual([]);
      await allMustHold(means, here);
    }

    await allMustHold(means, known);
    const server = await startServer(variables);
    await usedCodesAreRefused(server, known.slice(0, veterans.length));
    mustHaveMet(known, kills);
    expect(await server.end()).toBe(0);
    await means.database.close();
  });
});

/** Set-ups, codes, sessions: a load that did nothing would prove nothing. */
function mustHaveMet(known: readonly Person[], kills: number): void {
  const total = (of: (who: Person) => number) => known.reduce((sum, who) => sum + of(who), 0);
  expect(total(({ secret }) => (secret === null ? 0 : 1))).toBeGreaterThan(veterans.length);
  expect(total(({ usedCodes }) => usedCodes.size)).toBeGreaterThan(kills / 2);
  expect(total(({ sessions }) => sessions.length)).toBeGreaterThan(kills);
}

async function addTo(means: Means, username: string): Promise<void> {
  const id = newId<'account'>(means.chance);
  const account = {
    id,
    username,
    email: null,
    name: username,
    groups: [],
    role: null,
    language: 'en' as const,
    disabledAt: null,
    createdAt: means.clock.now(),
  };
  const gate = openGate(settings.parse({ publicUrl: 'http://localhost:4000' }), means);
  const save = await setUpFor(gate, account, 'password', { password });
  await means.database.transaction(async (tx) => {
    await addAccount(tx, account);
    await save(tx);
  });
}

/** Everybody at once, until the server is gone in the middle of it. @returns what went wrong before that */
async function loadUntilKilled(
  server: ServerProcess,
  people: readonly Person[],
  chance: () => number,
): Promise<readonly string[]> {
  let killed = false;
  const wrongs: string[] = [];
  const journeys = people.map(async (who) => {
    while (!killed) {
      try {
        await journey(server, who, chance());
      } catch (failure) {
        if (!killed) wrongs.push(String(failure));
      }
    }
  });
  // By progress and not by the clock, so that a slow machine is killed at the same places; then a moment more or less.
  const target = 40 + Math.floor(chance() * 70);
  while (server.answers() < target && wrongs.length === 0) await pause(2);
  await pause(chance() * 30);
  killed = true;
  await server.end('SIGKILL');
  await Promise.all(journeys);
  return wrongs;
}

async function allMustHold({ database }: Means, people: readonly Person[]): Promise<void> {
  for (const who of people) await mustHold(database.read, who);
}

async function usedCodesAreRefused(server: ServerProcess, people: readonly Person[]): Promise<void> {
  await Promise.all(people.map((who) => usedCodesOf(server, who)));
}

async function usedCodesOf({ app }: ServerProcess, who: Person): Promise<void> {
  if (who.secret === null) return;
  const browser = await signIn(new Browser(app), who.name, password);
  const step = stepAt(Date.now() as never);
  if (who.usedSteps.has(step)) {
    await browser.press('Continue', { code: codeAt(who.secret, step) });
    expect(browser.wrong).toMatch(/already been used/);
  }
  if (who.usedCodes.size === 0) return;
  await browser.press('Try another way');
  await browser.press('Backup codes');
  for (const code of [...who.usedCodes].slice(0, 3)) {
    await browser.press('Continue', { code });
    expect(browser.wrong).toMatch(/already been used/);
  }
}
