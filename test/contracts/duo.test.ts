import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';
import { settlePush, takeSlot } from '../../src/methods/duo/store.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

describe.each(kinds)('pushes, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());
  const push = () => ({ id: newId<'push'>(sallyport.house.gate.chance), at: sallyport.clock.now() });

  test('of two that are asked for in the same instant, one is sent', async () => {
    const { database } = sallyport.house.gate;
    const account = await sallyport.person('ann');
    const begun = Promise.withResolvers<void>();
    const first = database.transaction(async (tx) => {
      const wait = await takeSlot(tx, account, push());
      await begun.promise;
      return wait;
    });
    const second = database.transaction((tx) => takeSlot(tx, account, push()));
    // Long enough for the second to wait for the first, where two can be under way.
    setTimeout(begun.resolve, 200);
    // Whichever came first: over two connections that is not ours to say.
    const waits = await Promise.all([first, second]);
    expect(waits.filter((wait) => wait === null)).toHaveLength(1);
  });

  test('an answer serves once', async () => {
    const { database } = sallyport.house.gate;
    const account = await sallyport.person('bob');
    const { id, at } = push();
    await database.transaction((tx) => takeSlot(tx, account, { id, at }));
    const settle = () => database.transaction((tx) => settlePush(tx, id));
    expect((await Promise.all([settle(), settle()])).sort()).toEqual([false, true]);
  });
});
