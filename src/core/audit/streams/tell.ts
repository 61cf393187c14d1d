import type { Telling } from '../../../kernel/telling.ts';
import type { Means } from '../../../store/means.ts';
import { listNames } from '../../accounts/store.ts';
import { listSealed } from '../chain.ts';
import { toldOf } from '../told.ts';
import { saveFailure, saveTold, type Turn, takeTurn } from './cursor.ts';
import { openFile, openStdout } from './lines.ts';
import type { Receiver } from './receiver.ts';
import type { StreamSettings } from './settings.ts';
import { openSyslog } from './syslog.ts';
import { openWebhook } from './webhook.ts';

function openReceiver(settings: StreamSettings, means: Means): Receiver {
  if (settings.to === 'file') return openFile(settings);
  if (settings.to === 'stdout') return openStdout();
  if (settings.to === 'syslog') return openSyslog(settings, means.publicUrl.hostname);
  return openWebhook(settings, means);
}

/**
 * Tells the log to whoever is named, each for itself: what one does not take keeps no other waiting. Any number of processes
 * may do it.
 * @returns what a round does
 */
export function openStreams(means: Means, streams: readonly StreamSettings[], log: Telling) {
  const opened = streams.map((settings) => ({ name: settings.name, receiver: openReceiver(settings, means) }));

  async function tell(name: string, receiver: Receiver, goingOn: () => boolean): Promise<void> {
    while (goingOn()) {
      const turn = await takeTurn(means, name);
      if (turn === null || !(await tellSome(turn, receiver))) return;
    }
  }

  async function tellSome(turn: Turn, receiver: Receiver): Promise<boolean> {
    const { read } = means.database;
    const rows = await listSealed(read, turn.number, Number.MAX_SAFE_INTEGER, receiver.batch);
    const names = await listNames(
      read,
      rows.flatMap(({ account_id }) => account_id ?? []),
    );
    try {
      await receiver.take(rows.map((row) => toldOf(row, names)));
    } catch (failure) {
      const { message: why } = failure as Error;
      await saveFailure(means, turn, why);
      log.warn(
        { stream: turn.name, from: turn.number + 1, tries: turn.tries, why },
        'the log is not taken; it is told again',
      );
      return false;
    }
    await saveTold(means, turn, rows.at(-1)?.number ?? turn.number);
    return true;
  }

  return async (goingOn: () => boolean = () => true): Promise<void> => {
    await Promise.all(opened.map(({ name, receiver }) => tell(name, receiver, goingOn)));
  };
}
