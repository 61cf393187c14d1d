import { appendFile } from 'node:fs/promises';
import { linesOf } from '../told.ts';
import type { Receiver } from './receiver.ts';
import type { FileStream } from './settings.ts';

/** Opened each time: whoever turns logs over moves the file away, and tells nobody. */
export const openFile = ({ path }: FileStream): Receiver => ({
  batch: 500,
  take: (entries) => appendFile(path, linesOf(entries), { mode: 0o600, flush: true }),
});

export const openStdout = (): Receiver => ({
  batch: 500,
  take: (entries) =>
    new Promise((done, failed) => {
      process.stdout.write(linesOf(entries), (failure) => (failure == null ? done() : failed(failure)));
    }),
});
