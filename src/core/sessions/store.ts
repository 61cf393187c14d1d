import { type Level, levelOf, type Proof, provenAt } from '../../flow/assurance.ts';
import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import { emptied } from '../../store/restored.ts';
import type { AccountId } from '../accounts/store.ts';
import sessionsSql from './0001-sessions.sql';
import type { Limits, SessionSettings } from './settings.ts';
import { addSignOut, migration as signOuts } from './sign-outs.ts';

export type SessionId = Id<'session'>;

export interface Session {
  readonly id: SessionId;
  readonly account: AccountId;
  readonly proofs: readonly Proof[];
  readonly level: Level;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: Instant;
  /** Of the proofs its level rests on. */
  readonly provenAt: Instant;
  readonly seenAt: Instant;
  /** As the policy is now, for its level. */
  readonly limits: Limits;
}

export const migrations: readonly Migration[] = [{ name: 'sessions/0001', sql: sessionsSql }, signOuts];
export const restored = emptied('session');

type Tables = {
  /** Whose it is, to be asked whether it is disabled. */
  account: { id: string; disabled_at: number | null };
  session: {
    id: string;
    secret_hash: string;
    account_id: string;
    proofs: string;
    level: number;
    address: string;
    agent: string;
    created_at: number;
    proven_at: number;
    seen_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const sessionOf = (row: Tables['session'], settings: SessionSettings): Session => ({
  id: row.id as SessionId,
  account: row.account_id as AccountId,
  proofs: JSON.parse(row.proofs) as Proof[],
  level: row.level as Level,
  address: row.address,
  agent: row.agent,
  createdAt: row.created_at as Instant,
  provenAt: row.proven_at as Instant,
  seenAt: row.seen_at as Instant,
  limits: row.level > 1 ? settings.twoFactors : settings.oneFactor,
});

/** When a session ends if nothing happens: the nearer of its two limits. A weak proof does not prolong a strong one. */
export const endOf = ({ provenAt, seenAt, limits }: Session): Instant =>
  Math.min(shift(provenAt, limits.overall), shift(seenAt, limits.idle)) as Instant;

const ofEnabledBy = (column: 'session.secret_hash' | 'session.id') =>
  prepared((handle, value: string) =>
    own(handle)
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'session.account_id')
      .selectAll('session')
      .where(column, '=', value)
      .where('account.disabled_at', 'is', null),
  );
const ofSecret = ofEnabledBy('session.secret_hash');
const ofEnabled = ofEnabledBy('session.id');
const rowOf = prepared((handle, id: SessionId) => own(handle).selectFrom('session').selectAll().where('id', '=', id));

/** The live session a cookie names, of an account that is not disabled; being seen is noted once a minute. */
export const findSession = (means: Means, settings: SessionSettings, secret: string): Promise<Session | null> =>
  seen(means, settings, ofSecret(means.database.read, hashOf(secret)));

/** The same, for whoever is seen elsewhere: at a site that rests on it. */
export const findSeenSession = (means: Means, settings: SessionSettings, id: SessionId): Promise<Session | null> =>
  seen(means, settings, ofEnabled(means.database.read, id));

async function seen(
  means: Means,
  settings: SessionSettings,
  rows: Promise<readonly Tables['session'][]>,
): Promise<Session | null> {
  const [row] = await rows;
  if (row === undefined) return null;
  const session = sessionOf(row, settings);
  const now = means.clock.now();
  if (endOf(session) <= now) return null;
  if (!(await means.directory.letsIn(session.account, minutes(5)))) return null;
  if (now - session.seenAt >= minutes(1))
    await own(means.database.read).updateTable('session').set({ seen_at: now }).where('id', '=', session.id).execute();
  return session;
}

/** By its id, for what continues it; null once it has ended. */
export async function findSessionById(
  handle: Handle,
  settings: SessionSettings,
  id: SessionId,
  now: Instant,
): Promise<Session | null> {
  const [row] = await rowOf(handle, id);
  const session = row === undefined ? null : sessionOf(row, settings);
  return session !== null && endOf(session) > now ? session : null;
}

/** Has nobody ended it? Whether its time is over is not asked. */
export async function hasSession(handle: Handle, id: SessionId, account: AccountId): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('session')
    .select('id')
    .where('id', '=', id)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those that live, the last seen first; no page shows more than a hundred. */
export async function listSessions(
  handle: Handle,
  settings: SessionSettings,
  account: AccountId,
  now: Instant,
): Promise<readonly Session[]> {
  const rows = await own(handle)
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('seen_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => sessionOf(row, settings)).filter((session) => endOf(session) > now);
}

/**
 * A session for these proofs under a secret of its own. One that goes on keeps its id and gets a new secret, so the old
 * cookie opens nothing any more (ASVS 7.2.4).
 * @returns the secret for the cookie; null when the one it was to go on with has ended meanwhile
 */
export async function saveSession(
  tx: Transaction,
  means: Means,
  given: { continues: SessionId | null; account: AccountId; proofs: readonly Proof[]; address: string; agent: string },
): Promise<{ id: SessionId; secret: string } | null> {
  const secret = newSecret(means.chance);
  const now = means.clock.now();
  const id = given.continues ?? newId<'session'>(means.chance);
  const values = {
    secret_hash: hashOf(secret),
    account_id: given.account,
    proofs: JSON.stringify(given.proofs),
    level: levelOf(given.proofs),
    address: given.address,
    agent: given.agent,
    proven_at: provenAt(given.proofs),
    seen_at: now,
  };
  if (given.continues === null) {
    await own(tx)
      .insertInto('session')
      .values({ id, ...values, created_at: now })
      .execute();
    return { id, secret };
  }
  const changed = await own(tx)
    .updateTable('session')
    .set(values)
    .where('id', '=', id)
    .where('account_id', '=', given.account)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n ? { id, secret } : null;
}

export async function removeSession(tx: Transaction, id: SessionId): Promise<void> {
  await own(tx).deleteFrom('session').where('id', '=', id).execute();
}

/** Those that would have ended by any setting (NIST SP 800-63B-4, 2.1.3: 30 days at most). */
export async function removeExpired(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('session').where('proven_at', '<', before).execute();
}

/** Those whose time is over, by the same limits as `endOf`. */
export async function removeEnded(tx: Transaction, settings: SessionSettings, now: Instant): Promise<void> {
  for (const [above, limits] of [
    ['<=', settings.oneFactor],
    ['>', settings.twoFactors],
  ] as const) {
    await own(tx)
      .deleteFrom('session')
      .where('level', above, 1)
      .where(({ eb, or }) =>
        or([eb('proven_at', '<=', shift(now, -limits.overall)), eb('seen_at', '<=', shift(now, -limits.idle))]),
      )
      .execute();
  }
}

/** Signs the person out everywhere, or everywhere but here; what applications hold for them ends with it. */
export async function removeSessions(tx: Transaction, account: AccountId, but: SessionId | null = null): Promise<void> {
  await addSignOut(tx, account);
  await own(tx)
    .deleteFrom('session')
    .where('account_id', '=', account)
    .where('id', '!=', but ?? '')
    .execute();
}
