import { expect, test } from 'vitest';
import { saveNoted } from '../../src/core/accounts/noted.ts';
import { addAccount, removeAccount, saveDisabled } from '../../src/core/accounts/store.ts';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { eraseEntries } from '../../src/core/audit/ending.ts';
import { addEntry, type Entry } from '../../src/core/audit/store.ts';
import type { Outcome } from '../../src/core/delivery/courier.ts';
import { addMessage, claimMessage, dropExpired, settleMessage } from '../../src/core/delivery/store.ts';
import { countAll, isCounted } from '../../src/core/tallies/count.ts';
import { type Kind, listTallies, readTotals } from '../../src/core/tallies/store.ts';
import { days } from '../../src/kernel/clock.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { type Day, dayOf } from '../../src/ui/day.ts';
import { account, type Opened, onBoth } from './stores.ts';

const always = '0000-01-01' as Day;

const happens = (
  { means, write }: Opened,
  event: Entry['event'],
  detail: Entry['detail'],
  who: AccountId | null = null,
) => write((tx) => addEntry(tx, means, { event, account: who, address: '192.0.2.1', detail }));

async function count(opened: Opened): Promise<void> {
  while ((await sealEntries(opened.means)) > 0);
  await countAll(opened.means);
}

/** `totp 2`, of all days together. */
const counted = async ({ read }: Opened, kind: Kind): Promise<readonly string[]> =>
  (await listTallies(read, kind, always)).map(({ name, number }) => `${name} ${number}`).sort();

async function add(opened: Opened, username: string): Promise<AccountId> {
  const one = account(opened.means, username);
  await opened.write((tx) => addAccount(tx, one));
  return one.id;
}

const has = ({ write }: Opened, id: AccountId, second: boolean, resistant: boolean) =>
  write((tx) => saveNoted(tx, id, { second, resistant }));

onBoth('what happened, by the day,', (open) => {
  test('is counted once, however often and by how many at a time it is counted', async () => {
    const opened = await open();
    for (let n = 0; n < 3; n++) await happens(opened, 'session.started', { ways: 'password totp' });
    await happens(opened, 'session.started', { ways: 'webauthn' });
    await happens(opened, 'session.raised', { ways: 'webauthn' });
    expect([await counted(opened, 'sign-in'), await isCounted(opened.read)]).toEqual([[], true]);
    while ((await sealEntries(opened.means)) > 0);
    expect(await isCounted(opened.read)).toBe(false);
    await Promise.all([1, 2, 3, 4].map(() => countAll(opened.means)));
    await countAll(opened.means);
    expect([await counted(opened, 'sign-in'), await isCounted(opened.read)]).toEqual([
      ['password totp 3', 'webauthn 1'],
      true,
    ]);
    await happens(opened, 'session.started', { ways: 'webauthn' });
    await count(opened);
    expect(await counted(opened, 'sign-in')).toEqual(['password totp 3', 'webauthn 2']);
  });

  test('is counted by the day it happened on', async () => {
    const opened = await open();
    await happens(opened, 'session.started', { ways: 'webauthn' });
    const first = dayOf(opened.clock.now());
    opened.clock.pass(days(2));
    await happens(opened, 'session.started', { ways: 'webauthn' });
    await count(opened);
    const since = (day: Day) => listTallies(opened.read, 'sign-in', day);
    expect((await since(first)).map(({ day }) => day)).toEqual([first, dayOf(opened.clock.now())]);
    expect(await since(dayOf(opened.clock.now()))).toHaveLength(1);
  });

  test('counts what somebody answered wrong, and not what nobody could answer', async () => {
    const opened = await open();
    for (const because of ['wrong', 'unknown', 'denied', 'waiting', 'unavailable', 'limited', 'malformed', 'expired'])
      await happens(opened, 'proof.refused', { method: 'totp', because });
    await happens(opened, 'proof.refused', { method: null, valid: false });
    await happens(opened, 'proof.blocked', { method: 'totp', because: 'blocked' });
    await happens(opened, 'proof.replayed', { method: 'totp', because: 'replayed' });
    await happens(opened, 'InvalidCredentials', { method: 'duo', because: 'not-alone' });
    await count(opened);
    expect(await counted(opened, 'refusal')).toEqual([' 1', 'duo 1', 'totp 5']);
    expect(await counted(opened, 'alarm')).toEqual(['proof.blocked 1']);
  });

  test('is counted too where whoever it is about was erased before', async () => {
    const opened = await open();
    const ann = await add(opened, 'ann');
    await happens(opened, 'session.started', { ways: 'webauthn' }, ann);
    await opened.write((tx) => eraseEntries(tx, ann));
    await count(opened);
    expect(await counted(opened, 'sign-in')).toEqual([' 1']);
  });

  test('what is more than one transaction takes is counted whole', async () => {
    const opened = await open();
    await opened.write(async (tx) => {
      for (let n = 0; n < 1203; n++)
        await addEntry(tx, opened.means, {
          event: 'session.started',
          account: null,
          address: '192.0.2.1',
          detail: { ways: 'password' },
        });
    });
    await count(opened);
    expect(await counted(opened, 'sign-in')).toEqual(['password 1203']);
  });

  test('what became of a message is counted once it is known, by its channel', async () => {
    const opened = await open();
    const { means, write, clock } = opened;
    const ann = await add(opened, 'ann');
    const owe = () =>
      write((tx) => addMessage(tx, means, { account: ann, channel: 'sms', recipient: '+491701234567', text: 'hello' }));
    const settle = async (outcome: Outcome) => {
      const claimed = (await claimMessage(means, 'sms')) ?? expect.fail();
      await write((tx) => settleMessage(tx, clock.now(), claimed, outcome));
    };
    for (let n = 0; n < 4; n++) await owe();
    await countAll(means);
    expect(await counted(opened, 'message')).toEqual([]);
    await settle({ is: 'sent' });
    await settle({ is: 'sent' });
    await settle({ is: 'refused', why: 'nobody' });
    await settle({ is: 'later', why: 'not now' });
    await Promise.all([1, 2, 3, 4].map(() => countAll(means)));
    expect(await counted(opened, 'message')).toEqual(['sms refused 1', 'sms sent 2']);
    clock.pass(days(2));
    await write((tx) => dropExpired(tx, clock.now()));
    await countAll(means);
    await countAll(means);
    expect(await counted(opened, 'message')).toEqual(['sms expired 1', 'sms refused 1', 'sms sent 2']);
  });
});

onBoth('how many people stand how', (open) => {
  test('follows whatever they set up, take away, and whoever disables or erases them', async () => {
    const opened = await open();
    const { read, means, write, clock } = opened;
    const people = await Promise.all(['ann', 'bob', 'cat', 'dan', 'eve'].map((name) => add(opened, name)));
    const [ann, bob, cat, dan] = people as [AccountId, AccountId, AccountId, AccountId];
    await countAll(means);
    expect(await readTotals(read)).toEqual({ weak: 5, phishable: 0, resistant: 0, disabled: 0 });
    await has(opened, ann, true, true);
    await has(opened, bob, true, false);
    await has(opened, cat, false, true);
    await write((tx) => saveDisabled(tx, dan, clock.now()));
    await countAll(means);
    expect(await readTotals(read)).toEqual({ weak: 1, phishable: 1, resistant: 2, disabled: 1 });
    await has(opened, ann, false, false);
    await write((tx) => saveDisabled(tx, dan, null));
    await write((tx) => removeAccount(tx, cat));
    await countAll(means);
    await countAll(means);
    expect(await readTotals(read)).toEqual({ weak: 3, phishable: 1, resistant: 0, disabled: 0 });
  });

  test('counts nobody who came and went, or changed and changed back, between two rounds', async () => {
    const opened = await open();
    const ann = await add(opened, 'ann');
    await countAll(opened.means);
    const bob = await add(opened, 'bob');
    await opened.write((tx) => removeAccount(tx, bob));
    await has(opened, ann, true, true);
    await has(opened, ann, false, false);
    await countAll(opened.means);
    expect(await readTotals(opened.read)).toEqual({ weak: 1, phishable: 0, resistant: 0, disabled: 0 });
  });

  test('is the same whoever changes while several count', async () => {
    const opened = await open();
    const people = await Promise.all(Array.from({ length: 40 }, (_, n) => add(opened, `person-${n}`)));
    await Promise.all([
      ...people.map((id, n) => (n % 2 === 0 ? has(opened, id, true, n % 4 === 0) : undefined)),
      ...people.map((id, n) => (n % 5 === 1 ? opened.write((tx) => removeAccount(tx, id)) : undefined)),
      ...[1, 2, 3].map(() => countAll(opened.means)),
    ]);
    await countAll(opened.means);
    expect(await readTotals(opened.read)).toEqual({ weak: 16, phishable: 8, resistant: 8, disabled: 0 });
  });

  test('is kept for each day, also one on which nobody changed', async () => {
    const opened = await open();
    const ann = await add(opened, 'ann');
    await countAll(opened.means);
    opened.clock.pass(days(1));
    await countAll(opened.means);
    opened.clock.pass(days(1));
    await has(opened, ann, true, true);
    await countAll(opened.means);
    const kept = (await listTallies(opened.read, 'people', always)).filter(({ name }) => name === 'resistant');
    expect(kept.map(({ number }) => number)).toEqual([0, 0, 1]);
  });
});
