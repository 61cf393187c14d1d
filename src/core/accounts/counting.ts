import { type SqlBool, sql } from 'kysely';
import type { Handle, Transaction } from '../../store/database.ts';

/** As what everybody is counted: one of these, and no other (`docs/adr/0041`). */
export const standings = ['resistant', 'phishable', 'weak', 'disabled'] as const;
/**
 * `resistant`: something of theirs does not work for a page that only looks like ours; `phishable`: a second factor, and
 * none like that; `weak`: nothing behind what is asked first; `disabled`: let in nowhere, whatever they own.
 */
export type Standing = (typeof standings)[number];

type Tables = {
  account: { id: string; has_resistant: number | null; counted_as: string };
  account_gone: { id: string; counted_as: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** Word for word as the index has it that holds whoever is to be counted anew. */
const stands = sql<Standing>`case
  when disabled_at is not null then 'disabled' when has_resistant = 1 then 'resistant'
  when has_second = 1 then 'phishable' else 'weak' end`;
const isUncounted = sql<SqlBool>`has_resistant is not null and counted_as <> ${stands}`;

/** So many in a transaction: whoever signs in meanwhile writes to their account too. */
const batch = 200;

/** Is anybody counted as what they are not, or counted and gone? */
export async function hasUncounted(handle: Handle): Promise<boolean> {
  // In its order: PostgreSQL takes it that many stand otherwise, and would look for the first of them among everybody.
  const stood = await own(handle)
    .selectFrom('account')
    .select('id')
    .where(isUncounted)
    .orderBy('id')
    .limit(1)
    .execute();
  if (stood.length > 0) return true;
  return (await own(handle).selectFrom('account_gone').select('id').limit(1).execute()).length > 0;
}

/** Is there anybody of whom it is not known yet how they stand? */
export const hasUnknown = async (handle: Handle): Promise<boolean> =>
  (await own(handle).selectFrom('account').select('id').where('has_resistant', 'is', null).limit(1).execute()).length >
  0;

/**
 * Counts some anew, while nobody else counts. Whoever changes meanwhile is found again by the next round, for their row says as
 * what they are counted.
 * @returns by how many each total changes; empty when there was nobody
 */
export async function countAnew(tx: Transaction): Promise<ReadonlyMap<Standing, number>> {
  const changes = new Map<Standing, number>();
  const change = (standing: string, by: number) => {
    if (standing !== '') changes.set(standing as Standing, (changes.get(standing as Standing) ?? 0) + by);
  };
  const found = await own(tx)
    .selectFrom('account')
    .select(['id', 'counted_as', stands.as('stands')])
    .where(isUncounted)
    .orderBy('id')
    .limit(batch)
    .execute();
  for (const { id, counted_as: before, stands: now } of found) {
    const { numUpdatedRows } = await own(tx)
      .updateTable('account')
      .set({ counted_as: now })
      .where('id', '=', id)
      .executeTakeFirst();
    // Gone meanwhile: they take themselves off, as what they were counted before.
    if (numUpdatedRows === 0n) continue;
    change(before, -1);
    change(now, 1);
  }
  const gone = await own(tx).selectFrom('account_gone').selectAll().limit(batch).execute();
  if (gone.length > 0)
    await own(tx)
      .deleteFrom('account_gone')
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
  for (const { counted_as: before } of gone) change(before, -1);
  return changes;
}
