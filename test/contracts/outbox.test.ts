import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addAccount } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import type { Message } from '../../src/store/outbox.ts';
import { account, onBoth } from './stores.ts';

const code = { channel: 'sms', recipient: '+491701234567', text: '123456 is your code.' } as const;

onBoth('the outbox', (open) => {
  const opened = async () => {
    const house = await open();
    const ann = account(house.means, 'ann');
    await house.write((tx) => addAccount(tx, ann));
    const owe = (more: Partial<Message> = {}) =>
      house.write((tx) => house.means.outbox.add(tx, { ...code, ...more, account: ann.id } as Message));
    return { ...house, ann: ann.id, owe };
  };

  test('a message is owed when the change it tells about is there, and whoever sends is called then', async () => {
    const { means, ann, owe, write } = await opened();
    let woken = 0;
    means.outbox.whenOwed(() => {
      woken += 1;
    });
    await owe();
    expect(woken).toBe(1);
    const undone = write(async (tx) => {
      await means.outbox.add(tx, { ...code, account: ann });
      throw new Error('of ours');
    });
    await expect(undone).rejects.toThrow('of ours');
    expect(woken).toBe(1);
    expect(await listMessages(means, 10)).toEqual([expect.objectContaining(code)]);
  });

  test('who gets it and what it says is sealed while it waits', async () => {
    const { owe, read } = await opened();
    await owe();
    const { rows } = await sql`select * from outbox`.execute(read);
    expect(JSON.stringify(rows)).not.toMatch(/123456|1701234567/);
  });
});
