import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';
import { roomFor, within } from './rules.ts';

type Tables = {
  duo: {
    account_id: string;
    id: string;
    username: string;
    bound_at: number;
    bound_level: number;
    last_used_at: number | null;
  };
  duo_push: { account_id: string; slot: number; id: string; sent_at: number; outstanding: number };
  account: { id: string; username: string };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export interface Enrolled {
  readonly credential: Credential;
  /** What Duo calls them: whoever else answers there is not them (T35). */
  readonly username: string;
}

const rowOf = prepared((handle, account: string) =>
  own(handle).selectFrom('duo').selectAll().where('account_id', '=', account),
);

export async function findEnrolled(handle: Handle, account: AccountId | null): Promise<Enrolled | null> {
  const [row] = await rowOf(handle, account ?? '');
  if (row === undefined) return null;
  const credential = {
    id: row.id as CredentialId,
    label: null,
    left: null,
    lastUsedAt: row.last_used_at as Instant | null,
    bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
  };
  return { credential, username: row.username };
}

/** The name the account has here, not what somebody typed to get at it: an address of theirs is another name to Duo. */
export async function findUsername(handle: Handle, account: AccountId | null): Promise<string | null> {
  const row = await own(handle)
    .selectFrom('account')
    .select('username')
    .where('id', '=', account ?? '')
    .executeTakeFirst();
  return row?.username ?? null;
}

export async function saveEnrolled(
  tx: Transaction,
  given: { id: CredentialId; account: AccountId; username: string; bound: Bound },
): Promise<void> {
  const { id, account, username, bound } = given;
  const values = { id, username, bound_at: bound.at, bound_level: bound.level, last_used_at: null };
  await own(tx)
    .insertInto('duo')
    .values({ account_id: account, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** @returns false when it was removed meanwhile */
export async function saveUse(tx: Transaction, id: CredentialId, at: Instant): Promise<boolean> {
  const used = await own(tx).updateTable('duo').set({ last_used_at: at }).where('id', '=', id).executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

export async function removeEnrolled(
  tx: Transaction,
  account: AccountId,
  which: CredentialId | 'all',
): Promise<number> {
  if (which === 'all') await forgetPushes(tx, account);
  return removeOwned(tx, 'duo', account, which);
}

/**
 * Makes room for a push before it is sent. Each unanswered one takes a slot for an hour: of two that race for the same, one
 * finds it taken.
 * @returns null, or how many milliseconds there is none
 */
export async function takeSlot(
  tx: Transaction,
  account: AccountId,
  push: { id: string; at: Instant },
): Promise<number | null> {
  const rows = await own(tx).selectFrom('duo_push').selectAll().where('account_id', '=', account).execute();
  const room = roomFor(
    rows.map(({ slot, sent_at, outstanding }) => ({ slot, sentAt: sent_at, outstanding: outstanding === 1 })),
    push.at,
  );
  if ('wait' in room) return room.wait;
  const values = { id: push.id, sent_at: push.at, outstanding: 1 };
  const taken = await own(tx)
    .insertInto('duo_push')
    .values({ account_id: account, slot: room.slot, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'slot'])
        .doUpdateSet(values)
        .where('duo_push.sent_at', '<=', push.at - within),
    )
    .returning('slot')
    .executeTakeFirst();
  return taken === undefined ? within : null;
}

/** It was answered, or withdrawn. @returns false when it was before: an answer serves once */
export async function settlePush(tx: Transaction, id: string): Promise<boolean> {
  const settled = await own(tx)
    .updateTable('duo_push')
    .set({ outstanding: 0 })
    .where('id', '=', id)
    .where('outstanding', '=', 1)
    .executeTakeFirst();
  return settled.numUpdatedRows === 1n;
}

/** It was never sent: it takes nobody's place. */
export async function freeSlot(tx: Transaction, id: string): Promise<void> {
  await own(tx).deleteFrom('duo_push').where('id', '=', id).execute();
}

/** A yes makes good for all that stayed unanswered. */
export async function forgetPushes(tx: Transaction, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('duo_push').where('account_id', '=', account).execute();
}
