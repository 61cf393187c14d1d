import { afterCommit } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Outbox } from '../../store/outbox.ts';
import { addMessage, isDown } from './store.ts';

export function openOutbox(means: Omit<Means, 'outbox'>): Outbox {
  const wakes: (() => void)[] = [];
  return {
    async add(tx, message) {
      await addMessage(tx, means, message);
      afterCommit(tx, () => {
        for (const wake of wakes) wake();
      });
    },
    isDown: (handle, channel) => isDown(handle, means, channel),
    whenOwed(wake) {
      wakes.push(wake);
    },
  };
}
