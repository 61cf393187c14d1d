import { expect, test } from 'vitest';
import { charge, clear, clearAll, findBlock, refund, removeStale } from '../../src/core/throttle/store.ts';
import { days, never, seconds, shift } from '../../src/kernel/clock.ts';
import { onBoth } from './stores.ts';

const budget = { key: 'second:ann', schedule: 'second' } as const;

onBoth('budgets of guesses', (open) => {
  test('T41: of fifty guesses at once no more are let through than one after the other', async () => {
    const { means, write, read } = await open();
    const charges = await Promise.all(
      Array.from({ length: 50 }, () => write((tx) => charge(tx, budget, means.clock.now()))),
    );
    const counted = charges.filter(({ is }) => is === 'charged').map((one) => ('failures' in one ? one.failures : 0));
    expect(counted.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await findBlock(read, budget.key, means.clock.now())).toBe(shift(means.clock.now(), seconds(30)));
  });

  test('waits grow, and whoever comes while one runs is neither looked at nor counted', async () => {
    const { clock, write } = await open();
    const waits: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const charged = await write((tx) => charge(tx, budget, clock.now()));
      expect(charged.is).toBe('charged');
      const again = await write((tx) => charge(tx, budget, clock.now()));
      if (again.is === 'charged') await write((tx) => refund(tx, budget, again.failures));
      else {
        waits.push((again.until - clock.now()) / 1000);
        clock.pass(again.until - clock.now());
      }
    }
    expect(waits).toEqual([30, 60, 120, 240, 900, 900, 900]);
  });

  test('after a hundred it is shut for good, and only by hand it opens', async () => {
    const { clock, write, read } = await open();
    const ceiling = { key: 'first:ann', schedule: 'ceiling' } as const;
    for (let guess = 0; guess < 100; guess++) await write((tx) => charge(tx, ceiling, clock.now()));
    clock.pass(days(300));
    expect(await write((tx) => charge(tx, ceiling, clock.now()))).toEqual({ is: 'blocked', until: never });
    await write((tx) => removeStale(tx, clock.now()));
    expect(await findBlock(read, ceiling.key, clock.now())).toBe(never);
    await write((tx) => clear(tx, ceiling.key));
    expect(await write((tx) => charge(tx, ceiling, clock.now()))).toEqual({ is: 'charged', failures: 1 });
  });

  test('a refund takes one guess back and no more than there are', async () => {
    const { clock, write } = await open();
    await write((tx) => charge(tx, budget, clock.now()));
    for (let n = 0; n < 3; n++) await write((tx) => refund(tx, budget, 1));
    expect(await write((tx) => charge(tx, budget, clock.now()))).toEqual({ is: 'charged', failures: 1 });
  });

  test('all budgets of one account are cleared, and nobody else’s', async () => {
    const { clock, write, read } = await open();
    const mine = ['second:ann', 'first:ann', 'first:ann:network:1.2.3', 'first:ann:browser:x'];
    const others = ['second:anna', 'first:anna', 'first:anna:network:1.2.3', 'first:bob:browser:ann'];
    for (const key of [...mine, ...others])
      for (let n = 0; n < 7; n++) {
        await write((tx) => charge(tx, { key, schedule: 'second' }, clock.now()));
      }
    await write((tx) => clearAll(tx, 'ann'));
    for (const key of mine) expect(await findBlock(read, key, clock.now())).toBeNull();
    for (const key of others) expect(await findBlock(read, key, clock.now())).not.toBeNull();
  });

  test('what is rolled back was never charged', async () => {
    const { clock, write } = await open();
    const failing = write(async (tx) => {
      await charge(tx, budget, clock.now());
      throw new Error('of ours');
    });
    await expect(failing).rejects.toThrow('of ours');
    expect(await write((tx) => charge(tx, budget, clock.now()))).toEqual({ is: 'charged', failures: 1 });
  });
});
