import { type KeyRing, mark } from '../kernel/seal.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Migration } from '../store/migrate.ts';
import replaySql from './0001-replay.sql';

export const migrations: readonly Migration[] = [{ name: 'otp/0001', sql: replaySql }];

type Tables = { otp_replay: { seed: string; step: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** A seed's name that does not tell the seed. */
export const seedMark = (ring: KeyRing, seed: string): string => mark(ring, 'otp-seed', seed);

/** The last step used; null when none was. */
export async function findStep(handle: Handle, seed: string): Promise<number | null> {
  const row = await own(handle).selectFrom('otp_replay').select('step').where('seed', '=', seed).executeTakeFirst();
  return row?.step ?? null;
}

/** Those of these seeds whose codes were used already, wherever they are registered. */
export async function findUsed(handle: Handle, seeds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await own(handle).selectFrom('otp_replay').select('seed').where('seed', 'in', seeds).execute();
  return new Set(rows.map(({ seed }) => seed));
}

/**
 * Uses a step up: only one later than the last is let through, so an older code of the window does not serve either
 * (RFC 6238, 5.2). One statement: of two that race, one wins.
 */
export async function useStep(tx: Transaction, seed: string, step: number): Promise<boolean> {
  const used = await own(tx)
    .insertInto('otp_replay')
    .values({ seed, step })
    .onConflict((conflict) => conflict.column('seed').doUpdateSet({ step }).where('otp_replay.step', '<', step))
    .returning('step')
    .executeTakeFirst();
  return used !== undefined;
}
