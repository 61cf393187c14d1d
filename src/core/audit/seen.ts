import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Checkpoint } from './checkpoint.ts';

const written = z.strictObject({ number: z.int(), chain: z.string(), at: z.int(), signature: z.string() });

/** The furthest checkpoint that this machine saw: the database cannot be taken back behind it unnoticed. */
export interface Seen {
  read(): Checkpoint | null;
  /** Never goes back. */
  save(head: Checkpoint): void;
  /** After a restore the log goes on from where the backup ended. */
  forget(): void;
}

export function openSeen(path: string): Seen {
  const read = (): Checkpoint | null => {
    try {
      return checkpointIn(readFileSync(path, 'utf8'));
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw failure;
    }
  };
  return {
    read,
    save(head) {
      if (head.number <= (read()?.number ?? 0)) return;
      writeFileSync(`${path}.new`, `${JSON.stringify(head)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    forget: () => rmSync(path, { force: true }),
  };
}

/** @throws when it is none */
export const checkpointIn = (text: string): Checkpoint => written.parse(JSON.parse(text));
