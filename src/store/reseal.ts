import { sql } from 'kysely';
import { type KeyRing, open, seal } from '../kernel/seal.ts';
import type { Handle } from './database.ts';
import type { Means } from './means.ts';
import type { SealedColumn } from './sealed.ts';

const batch = 200;

/**
 * Seals every value of one column with the active key, a batch in a transaction. A value that somebody changed meanwhile
 * stays as they left it.
 * @returns how many were sealed again; call until it is none
 */
export async function reseal({ database, chance }: Means, ring: KeyRing, at: SealedColumn): Promise<number> {
  const active = `${ring.active}.`;
  let total = 0;
  for (;;) {
    const done = await database.transaction(async (tx) => {
      const rows = await stale(tx, at, active);
      let changed = 0;
      for (const { row, value } of rows) {
        const place = { table: at.table, column: at.column, row };
        const fresh = seal(ring, chance, place, open(ring, place, value));
        const { numAffectedRows } = await sql`update ${sql.table(at.table)} set ${sql.ref(at.column)} = ${fresh}
          where ${sql.ref(at.key)} = ${row} and ${sql.ref(at.column)} = ${value}`.execute(tx);
        changed += Number(numAffectedRows ?? 0);
      }
      return changed;
    });
    total += done;
    if (done === 0) return total;
  }
}

/** Values that name another key; an empty one holds nothing. */
async function stale(tx: Handle, { table, column, key }: SealedColumn, active: string) {
  const { rows } = await sql<{ row: string; value: string }>`
    select ${sql.ref(key)} as "row", ${sql.ref(column)} as "value" from ${sql.table(table)}
    where ${sql.ref(column)} <> '' and substr(${sql.ref(column)}, 1, ${sql.lit(active.length)}) <> ${active}
    limit ${sql.lit(batch)}`.execute(tx);
  return rows;
}
