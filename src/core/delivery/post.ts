import type { Telling } from '../../kernel/telling.ts';
import { within } from '../../kernel/timers.ts';
import type { Means } from '../../store/means.ts';
import type { Channel } from '../../store/outbox.ts';
import { type Couriers, type Outcome, surprise } from './courier.ts';
import { type Claimed, claimMessage, dropExpired, type Kept, lease, settleMessage } from './store.ts';

/** How many are under way at a time, for each channel in each process. */
const lanes = 4;

/** Takes what is owed to the couriers. Nothing here is waited for by a page, and any number of processes may do it. */
export interface Post {
  /** Sends what is due; a channel that turns out to be down is left alone until the next round. */
  round(goingOn?: () => boolean): Promise<void>;
  /** Drops what is too late, also where nobody sends. */
  drop(): Promise<void>;
}

export function openPost(means: Means, couriers: Couriers, log: Telling): Post {
  const { database, clock, tally } = means;
  const channels = (['mail', 'sms'] as const).filter((channel) => couriers[channel] !== undefined);

  async function empty(channel: Channel, goingOn: () => boolean): Promise<void> {
    let up = true;
    const lane = async () => {
      while (up && goingOn()) {
        const claimed = await claimMessage(means, channel);
        if (claimed === null) return;
        const outcome = await carry(claimed.message);
        if (outcome.is === 'down') up = false;
        await database.transaction((tx) => settleMessage(tx, clock.now(), claimed, outcome));
        tell(claimed, outcome);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  const late = (): Outcome => ({ is: 'down', why: 'no end of it' });
  const carry = (message: Kept): Promise<Outcome> => within(lease, send(couriers, message).catch(surprise), late);

  function tell({ message: { id, channel }, tries }: Claimed, outcome: Outcome): void {
    tally.count(`message.${outcome.is}`, channel);
    if (outcome.is === 'sent') log.info({ message: id, channel, tries }, 'a message was sent');
    else if (outcome.is === 'refused') log.error({ message: id, channel, why: outcome.why }, 'a message is not taken');
    else log.warn({ message: id, channel, tries, why: outcome.why }, 'a message was not taken; it is tried again');
  }

  return {
    async round(goingOn = () => true) {
      await Promise.all(channels.map((channel) => empty(channel, goingOn)));
    },
    async drop() {
      const dropped = await database.transaction((tx) => dropExpired(tx, clock.now()));
      for (const channel of dropped) tally.count('message.expired', channel);
      if (dropped.length > 0) log.warn({ messages: dropped.length }, 'messages were too late to be sent, and dropped');
    },
  };
}

async function send({ mail, sms }: Couriers, message: Kept): Promise<Outcome> {
  const outcome = message.channel === 'mail' ? mail?.(message) : sms?.(message);
  return outcome ?? { is: 'later', why: 'nobody sends it here' };
}
