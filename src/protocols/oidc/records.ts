import type { AdapterPayload } from 'oidc-provider';
import type { Instant } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { prepared } from '../../store/prepared.ts';

type Tables = {
  oidc_record: {
    id: string;
    payload: string;
    grant_id: string | null;
    consumed_at: number | null;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string) => ({ table: 'oidc_record', column: 'payload', row: id });

/** Rows are found by what their bearer holds, and hold nothing that would let a reader be the bearer (ASVS 11.5.1). */
const idOf = (model: string, id: string): string => `${model}.${hashOf(id)}`;

export interface KeptRecord {
  readonly payload: AdapterPayload;
  readonly consumed: boolean;
}

const kept = prepared((handle, id: string) => own(handle).selectFrom('oidc_record').selectAll().where('id', '=', id));

export async function findRecord(means: Means, model: string, id: string): Promise<KeptRecord | null> {
  const [row] = await kept(means.database.read, idOf(model, id));
  if (row === undefined) return null;
  const payload = JSON.parse(open(means.ring, place(row.id), row.payload)) as AdapterPayload;
  return { payload, consumed: row.consumed_at !== null };
}

interface NewRecord {
  readonly model: string;
  readonly id: string;
  readonly payload: AdapterPayload;
  readonly expiresAt: Instant;
}

const rowOf = (means: Means, { model, id: bearer, payload, expiresAt }: NewRecord) => {
  const id = idOf(model, bearer);
  return {
    id,
    payload: seal(means.ring, means.chance, place(id), JSON.stringify(payload)),
    grant_id: payload.grantId === undefined ? null : hashOf(payload.grantId),
    expires_at: expiresAt,
  };
};

export async function saveRecord(tx: Transaction, means: Means, given: NewRecord): Promise<void> {
  const row = rowOf(means, given);
  await own(tx)
    .insertInto('oidc_record')
    .values({ ...row, consumed_at: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** @returns false, and keeps what is there, when there is one already: of two that come at once, one is first */
export async function addRecord(tx: Transaction, means: Means, given: NewRecord): Promise<boolean> {
  const added = await own(tx)
    .insertInto('oidc_record')
    .values({ ...rowOf(means, given), consumed_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** Marks it used. @returns false when it was used before or is gone: of two that race, one is told so */
export async function consumeRecord(tx: Transaction, model: string, id: string, now: Instant): Promise<boolean> {
  const used = await own(tx)
    .updateTable('oidc_record')
    .set({ consumed_at: now })
    .where('id', '=', idOf(model, id))
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

export async function removeRecord(tx: Transaction, model: string, id: string): Promise<void> {
  await own(tx).deleteFrom('oidc_record').where('id', '=', idOf(model, id)).execute();
}

/** All that a grant gave: codes and tokens. */
export async function removeByGrant(tx: Transaction, grant: string): Promise<void> {
  await own(tx).deleteFrom('oidc_record').where('grant_id', '=', hashOf(grant)).execute();
}

export async function removeExpiredRecords(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('oidc_record').where('expires_at', '<=', now).execute();
}
