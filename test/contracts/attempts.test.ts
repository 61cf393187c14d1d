import { expect, test } from 'vitest';
import { addAccount } from '../../src/core/accounts/store.ts';
import {
  addAttempt,
  findAttempt,
  removeAttempt,
  removeAttempts,
  rotateBrowserSecret,
  saveAttempt,
} from '../../src/core/attempts/store.ts';
import {
  findSession,
  listSessions,
  removeSession,
  removeSessions,
  type SessionId,
  saveSession,
} from '../../src/core/sessions/store.ts';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { settings } from '../../src/settings.ts';
import { memoOf } from '../../src/store/memo.ts';
import { account, onBoth } from './stores.ts';

const limits = settings.parse({ publicUrl: 'http://localhost:4000' }).sessions;
const purpose = {
  application: null,
  ask: { level: null, notBefore: null, withoutRecovery: false },
  wanted: null,
  act: null,
  returnTo: '/account',
} as never;

onBoth('attempts', (open) => {
  const begun = async () => {
    const { means, clock, write, read } = await open();
    const given = { browserSecret: 'mine', account: null, session: null, purpose };
    const id = await write((tx) => addAttempt(tx, means, given));
    const find = (secret: string) => findAttempt(read, means, id, secret);
    return { means, clock, write, read, id, find };
  };

  test('T29: are found in the browser that began them and nowhere else, under the newest secret', async () => {
    const { means, write, find } = await begun();
    expect((await find('mine'))?.purpose).toEqual(purpose);
    expect(await find('theirs')).toBeNull();
    const fresh = await write((tx) => rotateBrowserSecret(tx, means, 'mine'));
    expect(await find('mine')).toBeNull();
    expect(await find(fresh)).not.toBeNull();
  });

  test('of ten answers at once one is saved', async () => {
    const { means, write, find } = await begun();
    const attempt = await find('mine');
    if (attempt === null) throw new Error('gone');
    memoOf(attempt.memos, 'totp').set('secret', 'JBSWY3DPEHPK3PXP');
    const saved = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        write((tx) => saveAttempt(tx, means, attempt, { progress: { typed: `ann-${n}` } })),
      ),
    );
    expect(saved.filter((one) => one !== null)).toHaveLength(1);
    const after = await find('mine');
    expect(after?.version).toBe(1);
    expect(after?.memos.get('totp')?.get('secret')).toBe('JBSWY3DPEHPK3PXP');
    expect(await write((tx) => removeAttempt(tx, attempt))).toBe(false);
    if (after !== null) expect(await write((tx) => removeAttempt(tx, after))).toBe(true);
  });

  test('end ten minutes after the last step and an hour after the first', async () => {
    const { means, clock, write, find } = await begun();
    for (let step = 0; step < 6; step++) {
      clock.pass(minutes(9.5));
      const attempt = await find('mine');
      if (attempt === null) throw new Error(`gone at step ${step}`);
      await write((tx) => saveAttempt(tx, means, attempt, {}));
    }
    expect(await find('mine')).not.toBeNull();
    clock.pass(minutes(3));
    expect(await find('mine')).toBeNull();
  });

  test('all of a person’s go when they are told to', async () => {
    const { means, write, find } = await begun();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const attempt = await find('mine');
    if (attempt !== null) await write((tx) => saveAttempt(tx, means, attempt, { account: ann.id }));
    await write((tx) => removeAttempts(tx, ann.id));
    expect(await find('mine')).toBeNull();
  });
});

function begun<T>(session: T | null): T {
  if (session === null) throw new Error('it has ended');
  return session;
}

onBoth('sessions', (open) => {
  const proof = (kind: 'knowledge' | 'possession', at: number) =>
    ({
      kinds: [kind],
      phishingResistant: false,
      hardware: false,
      recovery: false,
      amr: [],
      method: kind,
      credential: kind,
      at,
    }) as never;

  test('are found by their secret alone; one that goes on keeps its id and not its secret', async () => {
    const { means, clock, write, read } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const more = { account: ann.id, proofs: [proof('knowledge', clock.now())], address: '::1', agent: 'x' };
    const save = async (continues: SessionId | null) =>
      begun(await write((tx) => saveSession(tx, means, { continues, ...more })));
    const first = await save(null);
    expect((await findSession(means, limits, first.secret))?.id).toBe(first.id);
    const second = await save(first.id);
    expect(second.id).toBe(first.id);
    expect(await findSession(means, limits, first.secret)).toBeNull();
    expect((await findSession(means, limits, second.secret))?.id).toBe(first.id);
    expect(await listSessions(read, limits, ann.id, clock.now())).toHaveLength(1);
  });

  test('end when idle, end in all, and at once when told to', async () => {
    const { means, clock, write } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const begin = async () =>
      begun(
        await write((tx) =>
          saveSession(tx, means, {
            continues: null,
            account: ann.id,
            proofs: [proof('knowledge', clock.now()), proof('possession', clock.now())],
            address: '::1',
            agent: 'x',
          }),
        ),
      );
    const idle = await begin();
    clock.pass(hours(1));
    expect(await findSession(means, limits, idle.secret)).toBeNull();
    const busy = await begin();
    for (let n = 0; n < 47; n++) {
      clock.pass(minutes(30));
      expect(await findSession(means, limits, busy.secret)).not.toBeNull();
    }
    clock.pass(minutes(30));
    expect(await findSession(means, limits, busy.secret)).toBeNull();
    const [one, two, three] = [await begin(), await begin(), await begin()];
    await write((tx) => removeSession(tx, one.id));
    await write((tx) => removeSessions(tx, ann.id, two.id));
    expect(await findSession(means, limits, one.secret)).toBeNull();
    expect(await findSession(means, limits, two.secret)).not.toBeNull();
    expect(await findSession(means, limits, three.secret)).toBeNull();
  });
});
