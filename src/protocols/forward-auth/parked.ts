import { sql } from 'kysely';
import type { SessionId } from '../../core/sessions/store.ts';
import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { SealedColumn } from '../../store/sealed.ts';

/** A form on its way to a site. */
export interface Parked {
  readonly token: string;
  readonly target: string;
  readonly body: string;
  readonly sent: boolean;
}

export const sealed: readonly SealedColumn[] = [{ table: 'parked', column: 'body', key: 'token_hash' }];

/** Of all people together. Who comes then is led to prove themselves, and fills the form in again. */
const most = 1000;

type Tables = {
  parked: {
    token_hash: string;
    session_id: string;
    site_id: string;
    target: string;
    body: string;
    body_hash: string;
    sent: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (row: string) => ({ table: 'parked', column: 'body', row });

/** One for each session: the next takes its place. @returns the token for the cookie; null: too many wait */
export async function addParked(
  tx: Transaction,
  { chance, clock, ring }: Means,
  { session, site, target, body }: Omit<Parked, 'token' | 'sent'> & { session: SessionId; site: string },
): Promise<string | null> {
  await own(tx).deleteFrom('parked').where('session_id', '=', session).execute();
  const { waiting } = await own(tx)
    .selectFrom('parked')
    .select(sql<number | string>`count(*)`.as('waiting'))
    .executeTakeFirstOrThrow();
  if (Number(waiting) >= most) return null;
  const token = newSecret(chance);
  const token_hash = hashOf(token);
  const added = await own(tx)
    .insertInto('parked')
    .values({
      token_hash,
      session_id: session,
      site_id: site,
      target,
      body: seal(ring, chance, place(token_hash), body),
      body_hash: hashOf(body),
      sent: 0,
      expires_at: shift(clock.now(), minutes(5)),
    })
    // Of two at once, one waits.
    .onConflict((conflict) => conflict.column('session_id').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n ? token : null;
}

/** What this session's person sent to this site, and is still to be sent or was lately. */
export async function findParked(
  handle: Handle,
  { clock, ring }: Means,
  { token, session, site }: { token: string; session: SessionId; site: string },
): Promise<Parked | null> {
  const row = await own(handle)
    .selectFrom('parked')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('session_id', '=', session)
    .where('site_id', '=', site)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  if (row === undefined) return null;
  const body = open(ring, place(row.token_hash), row.body);
  return { token, target: row.target, body, sent: row.sent === 1 };
}

/** Spends the token for this very body, by one conditional statement: of all who send it at once, one does. */
export async function spendParked(
  tx: Transaction,
  { clock }: Means,
  { token }: Parked,
  body: string,
): Promise<boolean> {
  const spent = await own(tx)
    .updateTable('parked')
    .set({ sent: 1 })
    .where('token_hash', '=', hashOf(token))
    .where('body_hash', '=', hashOf(body))
    .where('sent', '=', 0)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}

/** Its person leaves it, or somebody else is there now. */
export async function removeParked(tx: Transaction, token: string): Promise<void> {
  await own(tx).deleteFrom('parked').where('token_hash', '=', hashOf(token)).execute();
}

export async function removeExpiredParked(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('parked').where('expires_at', '<=', now).execute();
}
