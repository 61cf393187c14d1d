import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import apiTokensSql from './0001-api-tokens.sql';
import realmSql from './0002-realm.sql';

/** What a token may be for: each address of the API asks for one of these. */
export const scopes = [
  'policy:read',
  'policy:write',
  'otp:verify',
  'otp:trigger',
  'people:read',
  'people:act',
  'people:methods',
  'audit:read',
  'scim:read',
  'scim:write',
] as const;
export type Scope = (typeof scopes)[number];

export interface ApiToken {
  readonly id: Id<'api-token'>;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Where it may be used from. */
  readonly networks: readonly string[];
  /** Whose PINs it asks about (`otp/realms.ts`). */
  readonly realm: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export const migrations: readonly Migration[] = [
  { name: 'api-tokens/0001', sql: apiTokensSql },
  { name: 'api-tokens/0002', sql: realmSql },
];
export const restored = emptied('api_token');

type Tables = {
  api_token: {
    id: string;
    name: string;
    token_hash: string;
    scopes: string;
    networks: string;
    realm: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const tokenOf = (row: Tables['api_token']): ApiToken => ({
  id: row.id as ApiToken['id'],
  name: row.name,
  scopes: JSON.parse(row.scopes) as Scope[],
  networks: JSON.parse(row.networks) as string[],
  realm: row.realm,
  createdAt: row.created_at as Instant,
  expiresAt: row.expires_at as Instant,
  lastUsedAt: row.last_used_at as Instant | null,
});

/** @returns the token, kept nowhere but with whoever asked for it; null when the name is taken */
export async function addApiToken(
  tx: Transaction,
  { chance, clock }: Means,
  given: Pick<ApiToken, 'name' | 'scopes' | 'networks' | 'realm'> & { lifetime: number },
): Promise<string | null> {
  const token = newSecret(chance);
  const now = clock.now();
  const added = await own(tx)
    .insertInto('api_token')
    .values({
      id: newId(chance),
      name: given.name,
      token_hash: hashOf(token),
      scopes: JSON.stringify(given.scopes),
      networks: JSON.stringify(given.networks),
      realm: given.realm,
      created_at: now,
      expires_at: shift(now, given.lifetime),
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n ? token : null;
}

/** While it lives; that it was used is noted once a minute. */
export async function findApiToken({ database, clock }: Means, token: string): Promise<ApiToken | null> {
  const now = clock.now();
  const row = await own(database.read)
    .selectFrom('api_token')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (now - (row.last_used_at ?? 0) >= minutes(1))
    await own(database.read).updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute();
  return tokenOf(row);
}

/** The same one, looked at once more where something is about to be done by it; null when it serves no longer. */
export async function findApiTokenById(handle: Handle, id: ApiToken['id'], now: Instant): Promise<ApiToken | null> {
  const row = await own(handle)
    .selectFrom('api_token')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : tokenOf(row);
}

export async function listApiTokens(handle: Handle): Promise<readonly ApiToken[]> {
  const rows = await own(handle).selectFrom('api_token').selectAll().orderBy('name').execute();
  return rows.map(tokenOf);
}

/** Serves no more, from this moment on. @returns false when there is none of this name */
export async function removeApiToken(tx: Transaction, name: string): Promise<boolean> {
  const gone = await own(tx).deleteFrom('api_token').where('name', '=', name).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

export async function removeExpired(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('api_token').where('expires_at', '<', before).execute();
}
