import fs, { mkdtempSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { afterCommit, openDatabase } from '../../src/store/database.ts';
import { Browser } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';
import { openOn } from '../support/open.ts';
import { signIn } from '../support/verbs.ts';

type Done = (failure: Error | null) => void;

/** The disk, for as long as the test keeps it waiting. */
const disk = { keeps: true, waiting: [] as Done[] };
beforeAll(() => {
  const sync = (_: number, done: Done) => (disk.keeps ? disk.waiting.push(done) : done(null));
  vi.spyOn(fs, 'fdatasync').mockImplementation(sync as typeof fs.fdatasync);
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const answers = (done: Error | null) => disk.waiting.shift()?.(done);

const tracker = {
  id: 'tracker',
  name: 'Tracker',
  redirectUris: ['https://tracker.example/callback'],
  firstParty: true,
};
const question = {
  client_id: tracker.id,
  response_type: 'code',
  scope: 'openid',
  redirect_uri: 'https://tracker.example/callback',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
};

const opened = () => openDatabase(`sqlite:${join(mkdtempSync(join(tmpdir(), 'sallyport-power-')), 'test.db')}`);

test('a change is acknowledged once the disk has it, and not when the disk refuses', async () => {
  const database = opened();
  const acknowledged: string[] = [];
  const change = (what: string) =>
    database
      .transaction((tx) => sql.raw(`create table ${what} (id integer)`).execute(tx))
      .then(() => acknowledged.push(what));

  const first = change('one');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  expect(acknowledged).toEqual([]);
  answers(null);
  await first;
  expect(acknowledged).toEqual(['one']);

  const second = change('two');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  answers(new Error('EIO'));
  await expect(second).rejects.toThrow('EIO');
  await expect(change('three')).rejects.toThrow('EIO');
  expect(acknowledged).toEqual(['one']);
  await database.close();
});

test('changes that one answer rests on wait for the disk once, and the answer with them', async () => {
  const database = opened();
  const change = (what: string) =>
    database.transaction(async (tx) => {
      await sql.raw(`create table ${what} (id integer)`).execute(tx);
      afterCommit(tx, () => told.push(what));
    });
  const told: string[] = [];
  const answer = (...changes: string[]) =>
    database
      .together(async () => {
        for (const what of changes) await change(what);
      })
      .finally(() => told.push('answer'));

  const first = answer('one', 'two');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  expect(told).toEqual([]);
  answers(null);
  await first;
  expect(told).toEqual(['one', 'two', 'answer']);

  await answer();
  expect(disk.waiting).toEqual([]);

  const second = answer('three');
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  answers(new Error('EIO'));
  await expect(second).rejects.toThrow('EIO');
  expect(told).toEqual(['one', 'two', 'answer', 'answer', 'answer']);
  await database.close();
});

test('what an answer has set going and not waited for waits for the disk by itself', async () => {
  const database = opened();
  const answered = Promise.withResolvers<void>();
  const done: string[] = [];
  const later = () => database.transaction((tx) => sql.raw('create table later (id integer)').execute(tx));
  await database.together(async () => {
    void answered.promise.then(later).then(() => done.push('later'));
  });
  answered.resolve();
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  expect(done).toEqual([]);
  answers(null);
  await vi.waitFor(() => expect(done).toEqual(['later']));
});

test('an application is handed a code once the disk has it and what it rests on', async () => {
  disk.keeps = false;
  const sallyport = await openOn(opened(), { applications: [tracker] }, { clock: testClock(Date.now()) });
  await sallyport.person('ann');
  const browser = await signIn(new Browser(sallyport.app), 'ann');

  disk.keeps = true;
  let brought = '';
  const asked = browser.send('GET', `/oauth/authorize?${new URLSearchParams(question)}`).then(({ headers }) => {
    brought = String(headers.location);
  });
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1));
  expect(brought).toBe('');
  answers(null);
  await asked;
  expect(brought).toMatch(/^https:\/\/tracker\.example\/callback\?code=/);
  disk.keeps = false;
  await sallyport.close();
});
