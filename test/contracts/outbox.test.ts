import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { openMeans } from '../../src/app.ts';
import { addAccount } from '../../src/core/accounts/store.ts';
import type { Outcome, Sms } from '../../src/core/delivery/courier.ts';
import { openPost } from '../../src/core/delivery/post.ts';
import { claimMessage, listMessages } from '../../src/core/delivery/store.ts';
import { days, hours, minutes, seconds, shift } from '../../src/kernel/clock.ts';
import { settings } from '../../src/settings.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Means } from '../../src/store/means.ts';
import type { Message } from '../../src/store/outbox.ts';
import { testClock } from '../support/clock.ts';
import { type DatabaseKind, kinds, newPostgres } from '../support/databases.ts';
import { account } from './stores.ts';

const code = { channel: 'sms', recipient: '+491701234567', text: '123456 is your code.' } as const;
const sent: Outcome = { is: 'sent' };

const opened: Means[] = [];
afterEach(async () => {
  for (const { database } of opened.splice(0)) await database.close();
});

/** Two processes that share one outbox, and Ann. */
async function open(kind: DatabaseKind) {
  const clock = testClock();
  const data = mkdtempSync(join(tmpdir(), 'sallyport-outbox-'));
  const given = settings.parse({ publicUrl: 'http://localhost:4000', data });
  const url = kind === 'sqlite' ? 'sqlite::memory:' : await newPostgres();
  const one = await openMeans(given, { clock, database: openDatabase(url) });
  // SQLite waits for the other writer by standing still: in one process, on one connection.
  const database = kind === 'sqlite' ? one.database : openDatabase(url);
  const other = await openMeans(given, { clock, database });
  opened.push(one, ...(kind === 'sqlite' ? [] : [other]));
  const ann = account(one, 'ann');
  await one.database.transaction((tx) => addAccount(tx, ann));
  const owe = (more: Partial<Message> = {}) =>
    one.database.transaction((tx) => one.outbox.add(tx, { ...code, ...more, account: ann.id } as Message));
  const isDown = () => other.outbox.isDown(other.database.read, 'sms');
  return { one, other, ann: ann.id, clock, owe, isDown };
}

/** Sends SMS by what the test says comes of each; remembers what it took, and every line of the log. */
function openDoubles(means: Means, outcome: (sms: Sms) => Outcome | Promise<Outcome> = () => sent) {
  const took: string[] = [];
  const lines: string[] = [];
  const line = (about: object, message: string) => lines.push(JSON.stringify({ ...about, message }));
  const sms = async (message: Sms) => {
    took.push(message.text);
    return outcome(message);
  };
  return { ...openPost(means, { sms }, { info: line, warn: line, error: line }), took, lines };
}

describe.each(kinds)('the outbox, on %s', (kind) => {
  test('a message is owed when the change it tells about is there, and whoever sends is called then', async () => {
    const { one, ann, owe } = await open(kind);
    let woken = 0;
    one.outbox.whenOwed(() => {
      woken += 1;
    });
    await owe();
    expect(woken).toBe(1);
    const undone = one.database.transaction(async (tx) => {
      await one.outbox.add(tx, { ...code, account: ann });
      throw new Error('of ours');
    });
    await expect(undone).rejects.toThrow('of ours');
    expect(woken).toBe(1);
    expect(await listMessages(one, 10)).toEqual([expect.objectContaining(code)]);
  });

  test('who gets it and what it says is sealed while it waits, and gone when it was sent', async () => {
    const { one, owe } = await open(kind);
    const rows = async () => (await sql`select * from outbox`.execute(one.database.read)).rows;
    await owe();
    expect(JSON.stringify(await rows())).not.toMatch(/123456|1701234567/);
    const post = openDoubles(one);
    await post.round();
    expect(await rows()).toEqual([expect.objectContaining({ state: 'sent', message: '' })]);
    expect(post.lines.join()).not.toMatch(/123456|1701234567/);
  });

  test('of two processes that send at once, one takes each message', async () => {
    const { one, other, owe } = await open(kind);
    for (let n = 0; n < 60; n++) await owe({ text: `${n}` } as Partial<Message>);
    const posts = [openDoubles(one), openDoubles(other)];
    await Promise.all(posts.map((post) => post.round()));
    const took = posts.flatMap((post) => post.took);
    expect(took).toHaveLength(60);
    expect(new Set(took).size).toBe(60);
  });

  test('what a process took and never said more of is sent by another, when the lease ends and no sooner', async () => {
    const { one, other, clock, owe } = await open(kind);
    await owe();
    expect(await claimMessage(one, 'sms')).toMatchObject({ tries: 1 });
    const post = openDoubles(other);
    clock.pass(minutes(2) - 1);
    await post.round();
    expect(post.took).toEqual([]);
    clock.pass(1);
    await post.round();
    expect(post.took).toEqual([code.text]);
  });

  test('what was not taken is tried again later and later, and at last not at all', async () => {
    const { one, clock, owe } = await open(kind);
    await owe();
    const post = openDoubles(one, () => ({ is: 'later', why: '451 4.7.1' }));
    await post.round();
    const waits = [seconds(10), minutes(1), minutes(5), minutes(30), ...Array.from({ length: 11 }, () => hours(2))];
    for (const [n, wait] of waits.entries()) {
      clock.pass(wait - 1);
      await post.round();
      expect(post.took).toHaveLength(n + 1);
      clock.pass(1);
      await post.round();
      expect(post.took).toHaveLength(n + 2);
    }
    clock.pass(hours(2));
    await post.round();
    expect(post.took).toHaveLength(waits.length + 1);
    await post.drop();
    expect(await listMessages(one, 10)).toEqual([]);
    expect(post.lines.at(-1)).toContain('too late');
  });

  test('G6: a code that is too late is never sent, and forgotten', async () => {
    const { one, clock, owe } = await open(kind);
    await owe({ expiresAt: shift(clock.now(), minutes(5)) });
    clock.pass(minutes(5));
    const post = openDoubles(one);
    await post.round();
    expect(post.took).toEqual([]);
    await post.drop();
    const { rows } = await sql`select state, message from outbox`.execute(one.database.read);
    expect(rows).toEqual([{ state: 'expired', message: '' }]);
    expect(one.tally.counts()).toEqual([{ event: 'message.expired', method: 'sms', times: 1 }]);
  });

  test('codes, which end soon, go before letters, which can wait', async () => {
    const { one, clock, owe } = await open(kind);
    for (let n = 0; n < 5; n++) await owe({ text: 'a letter' } as Partial<Message>);
    await owe({ expiresAt: shift(clock.now(), minutes(5)) });
    const post = openDoubles(one);
    await post.round();
    expect(post.took[0]).toBe(code.text);
  });

  test('G6: when the provider fails all processes know, until it takes one or a minute has passed', async () => {
    const { one, clock, owe, isDown } = await open(kind);
    for (let n = 0; n < 20; n++) await owe();
    let answer: Outcome = { is: 'down', why: '503' };
    const post = openDoubles(one, () => answer);
    expect(await isDown()).toBe(false);
    await post.round();
    expect(post.took.length).toBeLessThanOrEqual(4);
    expect(await isDown()).toBe(true);
    clock.pass(minutes(1));
    expect(await isDown()).toBe(false);
    await post.round();
    expect(await isDown()).toBe(true);
    answer = sent;
    clock.pass(minutes(2));
    await post.round();
    expect(await isDown()).toBe(false);
    clock.pass(days(1) - minutes(5));
    await post.round();
    expect(await listMessages(one, 30)).toEqual([]);
  });

  test('what is refused for good is given up and told, once', async () => {
    const { one, clock, owe, isDown } = await open(kind);
    await owe();
    const post = openDoubles(one, () => ({ is: 'refused', why: '400 21211' }));
    await post.round();
    clock.pass(days(1) - 1);
    await post.round();
    expect(post.took).toHaveLength(1);
    expect(post.lines).toEqual([expect.stringContaining('400 21211')]);
    expect(await isDown()).toBe(false);
    expect(await listMessages(one, 10)).toEqual([]);
  });

  test('a surprise is told by its name, never by its words', async () => {
    const { one, owe } = await open(kind);
    await owe();
    const post = openDoubles(one, ({ text }) => {
      throw new TypeError(`${text} is no header`);
    });
    await post.round();
    expect(post.lines).toEqual([expect.stringContaining('"why":"TypeError"')]);
    expect(post.lines.join()).not.toContain('123456');
  });
});
