import { type AccountId, findAccount } from '../../core/accounts/store.ts';
import { type ConsentId, hasConsent } from '../../core/applications/consents.ts';
import { demandOf, rulingFor } from '../../core/policies/policy.ts';
import { findSignOuts } from '../../core/sessions/sign-outs.ts';
import { findSessionById, hasSession, type SessionId } from '../../core/sessions/store.ts';
import type { Level } from '../../flow/assurance.ts';
import { type Instant, minutes } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import type { Gate } from '../../proving/gate.ts';
import { nothingMore, whoseRules } from '../../proving/owned.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';

type Tables = {
  oidc_ground: {
    grant_id: string;
    account_id: string;
    session_id: string;
    consent_id: string | null;
    sign_outs: number;
    offline: number;
    application_id: string;
    address: string;
    met: number;
    owned: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** What a grant rests on. */
export interface Ground {
  readonly account: AccountId;
  readonly session: SessionId;
  /** What the person allowed; null for an application of ours, which needs none. */
  readonly consent: ConsentId | null;
  /** It may outlive the session (OIDC Core 11), never a sign-out everywhere. */
  readonly offline: boolean;
  readonly application: string;
  /** From where they came for it: an application that uses it later is somewhere else. */
  readonly address: string;
  /** What of a policy's asking was met when it was given. */
  readonly met: Level;
  /** What all they owned was worth then. */
  readonly owned: Level;
}

/** One whose session has ended meanwhile rests on nothing: what never had it does not outlive it. */
export async function saveGround(tx: Transaction, grant: string, ground: Ground, expiresAt: Instant): Promise<void> {
  // Counted first: a sign-out everywhere before this shows in the session, one after it in the count.
  const sign_outs = await findSignOuts(tx, ground.account);
  const offline = ground.offline && (await hasSession(tx, ground.session, ground.account));
  await own(tx)
    .insertInto('oidc_ground')
    .values({
      grant_id: hashOf(grant),
      account_id: ground.account,
      session_id: ground.session,
      consent_id: ground.consent,
      sign_outs,
      offline: offline ? 1 : 0,
      application_id: ground.application,
      address: ground.address,
      met: ground.met,
      owned: ground.owned,
      expires_at: expiresAt,
    })
    .execute();
}

const rowOf = prepared((handle, grant: string) =>
  own(handle).selectFrom('oidc_ground').selectAll().where('grant_id', '=', grant),
);

/**
 * Does what the grant rests on still stand? Asked whenever a code, a token or a refresh token is used (T33): nothing has
 * to be told that a session ended, an account was disabled or a rule asks for more: it shows. Whoever was let in while they
 * owned no second factor stays so when they set one up.
 */
export async function stands(gate: Gate, grant: string): Promise<boolean> {
  const handle = gate.database.read;
  const [row] = await rowOf(handle, hashOf(grant));
  if (row === undefined) return false;
  const id = row.account_id as AccountId;
  const account = await findAccount(handle, id);
  if (account === null || account.disabledAt !== null) return false;
  if (!(await gate.directory.letsIn(id, minutes(5)))) return false;
  if (row.consent_id !== null && !(await hasConsent(handle, row.consent_id as ConsentId))) return false;
  const { policies, sessions } = await gate.policy(handle);
  const here = { application: row.application_id, address: row.address, ...whoseRules(account) };
  const { denied, level } = demandOf(rulingFor(policies, here).require, nothingMore, row.owned as Level);
  if (denied || level > row.met) return false;
  const session = await findSessionById(handle, sessions, row.session_id as SessionId, gate.clock.now());
  if (session?.account === id) return true;
  return row.offline === 1 && row.sign_outs === (await findSignOuts(handle, id));
}

/** The session that a grant was given in. */
export async function findSessionOf(handle: Handle, grant: string): Promise<SessionId | null> {
  const row = await own(handle)
    .selectFrom('oidc_ground')
    .select('session_id')
    .where('grant_id', '=', hashOf(grant))
    .executeTakeFirst();
  return (row?.session_id ?? null) as SessionId | null;
}

export async function removeGround(tx: Transaction, grant: string): Promise<void> {
  await own(tx).deleteFrom('oidc_ground').where('grant_id', '=', hashOf(grant)).execute();
}

export async function removeExpiredGrounds(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('oidc_ground').where('expires_at', '<=', now).execute();
}
