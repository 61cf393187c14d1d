import { expect, test } from 'vitest';
import { addAccount } from '../../src/core/accounts/store.ts';
import { addEntry, countAccounts, listEntries } from '../../src/core/audit/store.ts';
import {
  addBrowser,
  findAcquaintance,
  findBrowser,
  removeAcquaintances,
  removeUnseen,
  saveAcquaintance,
} from '../../src/core/browsers/store.ts';
import { addLink, findLink, removeExpired, removeLink, takeLink } from '../../src/core/links/store.ts';
import { days, minutes, shift } from '../../src/kernel/clock.ts';
import { findStep, useStep } from '../../src/otp/replay.ts';
import { account, onBoth } from './stores.ts';

onBoth('what serves once', (open) => {
  test('of fifty that use one step at once, one does; an older one serves nobody', async () => {
    const { write, read } = await open();
    const used = await Promise.all(Array.from({ length: 50 }, () => write((tx) => useStep(tx, 'seed', 100))));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await write((tx) => useStep(tx, 'seed', 99))).toBe(false);
    expect(await write((tx) => useStep(tx, 'seed', 100))).toBe(false);
    expect(await write((tx) => useStep(tx, 'other', 99))).toBe(true);
    expect(await write((tx) => useStep(tx, 'seed', 101))).toBe(true);
    expect(await findStep(read, 'seed')).toBe(101);
  });

  test('a link is one browser’s and one use’s, until its time', async () => {
    const { means, clock, write, read } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const token = await write((tx) =>
      addLink(tx, means, { account: ann.id, method: 'password', lifetime: minutes(15) }),
    );
    const link = await findLink(read, means, token, undefined);
    if (link === null) throw new Error('no link');
    const took = await Promise.all(['a', 'b', 'c'].map((browser) => write((tx) => takeLink(tx, link, browser))));
    expect(took.filter(Boolean)).toHaveLength(1);
    const mine = ['a', 'b', 'c'][took.indexOf(true)];
    expect(await findLink(read, means, token, undefined)).toBeNull();
    expect(await findLink(read, means, token, 'd')).toBeNull();
    expect((await findLink(read, means, token, mine))?.taken).toBe(true);
    expect(await Promise.all([0, 1, 2].map(() => write((tx) => removeLink(tx, link))))).toEqual(
      expect.arrayContaining([true, false, false]),
    );
    const late = await write((tx) => addLink(tx, means, { account: ann.id, method: 'totp', lifetime: minutes(15) }));
    clock.pass(minutes(15));
    expect(await findLink(read, means, late, undefined)).toBeNull();
    await write((tx) => removeExpired(tx, clock.now()));
  });
});

onBoth('what is written down', (open) => {
  test('is there exactly when what it tells about is', async () => {
    const { means, clock, write, read } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const entry = {
      event: 'proof.refused',
      account: ann.id,
      actor: ann.id,
      address: '::1',
      detail: { n: 1, of: 'x' },
    } as const;
    await write((tx) => addEntry(tx, means, entry));
    clock.pass(1);
    await expect(
      write(async (tx) => {
        await addEntry(tx, means, entry);
        throw new Error('of ours');
      }),
    ).rejects.toThrow('of ours');
    expect(await listEntries(read, ann.id, 10)).toEqual([{ ...entry, at: shift(clock.now(), -1) }]);
    expect(await countAccounts(read, 'proof.refused', shift(clock.now(), -minutes(1)))).toBe(1);
    expect(await countAccounts(read, 'proof.refused', clock.now())).toBe(0);
  });
});

onBoth('browsers', (open) => {
  test('remember who signed in there, until told to forget or unseen for long', async () => {
    const { means, clock, write, read } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    const { id, secret } = await write((tx) => addBrowser(tx, means));
    const here = { browser: id, account: ann.id };
    expect(await findBrowser(read, secret)).toBe(id);
    expect(await findBrowser(read, 'another')).toBeNull();
    expect(await findAcquaintance(read, id, ann.id)).toBeNull();
    await write((tx) =>
      saveAcquaintance(tx, { ...here, lastMethod: 'totp', lastFirst: null, offered: null, at: clock.now() }),
    );
    await write((tx) =>
      saveAcquaintance(tx, { ...here, lastMethod: null, lastFirst: null, offered: null, at: clock.now() }),
    );
    expect(await findAcquaintance(read, id, ann.id)).toMatchObject({ lastMethod: 'totp', lastFirst: null });
    clock.pass(days(399));
    await write((tx) => removeUnseen(tx, shift(clock.now(), -days(400))));
    expect(await findBrowser(read, secret)).toBe(id);
    await write((tx) => removeAcquaintances(tx, ann.id));
    expect(await findAcquaintance(read, id, ann.id)).toBeNull();
    clock.pass(days(2));
    await write((tx) => removeUnseen(tx, shift(clock.now(), -days(400))));
    expect(await findBrowser(read, secret)).toBeNull();
  });
});
