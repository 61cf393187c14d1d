import type { Level } from '../flow/assurance.ts';
import type { Instant } from '../kernel/clock.ts';
import type { AccountId, Id } from '../kernel/ids.ts';
import { open, seal } from '../kernel/seal.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import { removeOwned } from '../store/owned.ts';
import { prepared } from '../store/prepared.ts';

type Row = {
  account_id: string;
  id: string;
  recipient: string;
  bound_at: number;
  bound_level: number;
  last_used_at: number | null;
};

/** Where a person's codes go: an address, a number. Confirmed by a code, or it would not be here. */
export interface Recipient {
  readonly id: Id<'credential'>;
  readonly recipient: string;
  readonly bound: { readonly at: Instant; readonly level: Level };
  readonly lastUsedAt: Instant | null;
}

/** @param table the method's own: one row for each account, the recipient sealed */
export function recipientsIn(table: string, { ring, chance }: Means) {
  const own = (handle: Handle) => handle.withTables<Record<string, Row>>();
  const place = (id: string) => ({ table, column: 'recipient', row: id });
  const rowOf = prepared((handle, account: string) =>
    own(handle).selectFrom(table).selectAll().where('account_id', '=', account),
  );

  return {
    async find(handle: Handle, account: AccountId | null): Promise<Recipient | null> {
      const [row] = await rowOf(handle, account ?? '');
      if (row === undefined) return null;
      return {
        id: row.id as Recipient['id'],
        recipient: open(ring, place(row.id), row.recipient),
        bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
        lastUsedAt: row.last_used_at as Instant | null,
      };
    },

    /** The new one takes the place of the one before. */
    async save(
      tx: Transaction,
      account: AccountId,
      { id, recipient, bound }: Omit<Recipient, 'lastUsedAt'>,
    ): Promise<void> {
      const sealed = seal(ring, chance, place(id), recipient);
      const values = { id, recipient: sealed, bound_at: bound.at, bound_level: bound.level, last_used_at: null };
      await own(tx)
        .insertInto(table)
        .values({ account_id: account, ...values })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
        .execute();
    },

    /** @returns false when it was removed meanwhile */
    async saveUse(tx: Transaction, id: Recipient['id'], at: Instant): Promise<boolean> {
      const used = await own(tx).updateTable(table).set({ last_used_at: at }).where('id', '=', id).executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },

    remove: (tx: Transaction, account: AccountId, which: Recipient['id'] | 'all'): Promise<number> =>
      removeOwned(tx, table, account, which),
  };
}
