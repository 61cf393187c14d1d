import type { Instant } from '../../kernel/clock.ts';
import { hashOf, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import { canonical } from '../accounts/canonical.ts';
import joiningSql from './0001-joining.sql';

export const migrations: readonly Migration[] = [{ name: 'joining/0001', sql: joiningSql }];
export const restored = emptied('join_request', 'join_link');

export interface JoinRequest {
  readonly email: string;
  readonly language: string;
}

type Tables = {
  join_request: { id: string; email: string; language: string; at: number };
  join_link: { address: string; email: string; token_hash: string; expires_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export async function addRequest(tx: Transaction, { chance, clock }: Means, request: JoinRequest): Promise<void> {
  await own(tx)
    .insertInto('join_request')
    .values({ id: newId(chance), at: clock.now(), ...request })
    .execute();
}

/** The oldest, taken out: whoever takes it answers it. */
export async function takeRequest(tx: Transaction): Promise<JoinRequest | null> {
  const row = await own(tx)
    .deleteFrom('join_request')
    .where('id', 'in', own(tx).selectFrom('join_request').select('id').orderBy('at').limit(1))
    .returning(['email', 'language'])
    .executeTakeFirst();
  return row ?? null;
}

/** Earlier links to the same address are worth nothing any more. @returns the token, kept nowhere but in the letter */
export async function addJoinLink(tx: Transaction, { chance }: Means, email: string, until: Instant): Promise<string> {
  const token = newSecret(chance);
  const made = { email, token_hash: hashOf(token), expires_at: until };
  await own(tx)
    .insertInto('join_link')
    .values({ address: canonical(email), ...made })
    .onConflict((conflict) => conflict.column('address').doUpdateSet(made))
    .execute();
  return token;
}

/** @returns the address it was sent to; null when it serves no more */
export async function findJoinLink(handle: Handle, token: string, now: Instant): Promise<string | null> {
  const row = await own(handle)
    .selectFrom('join_link')
    .select('email')
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.email ?? null;
}

/** Used up, by one of those who come at once. @returns the address it was sent to; null when it serves no more */
export async function takeJoinLink(tx: Transaction, token: string, now: Instant): Promise<string | null> {
  const row = await own(tx)
    .deleteFrom('join_link')
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', now)
    .returning('email')
    .executeTakeFirst();
  return row?.email ?? null;
}

export async function removeExpired(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('join_link').where('expires_at', '<', before).execute();
}
