import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** What a commit stands in until it is acknowledged. */
export interface Log {
  /** Resolves once all that was committed before it was called survives the power going. @throws when the disk refuses */
  synced(): Promise<void>;
  /** After whoever still waits. */
  close(): Promise<void>;
}

/** Of a database whose commits wait for the disk themselves, or that has none. */
export const noLog: Log = { synced: async () => undefined, close: async () => undefined };

/** The one SQLite commits to: it stands beside the database from the first commit until the last connection closes. */
export function logOf(file: string): Log {
  let descriptor: number | null = null;
  const synced = shared(async () => {
    descriptor ??= openLog(file);
    await promisify(fdatasync)(descriptor);
  });
  return {
    synced,
    async close() {
      if (descriptor === null) return;
      await synced().catch(() => undefined);
      closeSync(descriptor);
    },
  };
}

/** What has just been made is there after the power went only once its folder says so too. */
function openLog(file: string): number {
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return openSync(`${file}-wal`, 'r+');
}

/**
 * One at a time, off the event loop; whoever comes while one is under way shares the next, since it may have begun before
 * they wrote. After one that failed nobody knows what the disk holds: none that follows is believed.
 */
export function shared(sync: () => Promise<void>): () => Promise<void> {
  let underWay = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= underWay.then(() => {
      next = null;
      underWay = sync();
      return underWay;
    });
    return next;
  };
}
