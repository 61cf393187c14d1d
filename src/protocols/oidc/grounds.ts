import { type AccountId, findAccount } from '../../core/accounts/store.ts';
import { type ConsentId, hasConsent } from '../../core/applications/consents.ts';
import { findSignOuts } from '../../core/sessions/sign-outs.ts';
import { findSessionById, hasSession, type SessionId } from '../../core/sessions/store.ts';
import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import type { Gate } from '../../proving/gate.ts';
import { isStillEnough, type LetIn } from '../../proving/still-enough.ts';
import type { Handle, Transaction } from '../../store/database.ts';

type Tables = {
  oidc_ground: {
    grant_id: string;
    account_id: string;
    session_id: string;
    consent_id: string | null;
    sign_outs: number;
    offline: number;
    expires_at: number;
    application_id: string;
    address: string;
    level: number;
    given_at: number;
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
  readonly letIn: LetIn;
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
      expires_at: expiresAt,
      application_id: ground.letIn.application,
      address: ground.letIn.address,
      level: ground.letIn.level,
      given_at: ground.letIn.at,
    })
    .execute();
}

/**
 * Does what the grant rests on still stand? Asked whenever a code, a token or a refresh token is used (T33): nothing has
 * to be told that a session ended, an account was disabled or another policy came into force, it shows.
 */
export async function stands(gate: Gate, grant: string): Promise<boolean> {
  const handle = gate.database.read;
  const row = await own(handle)
    .selectFrom('oidc_ground')
    .selectAll()
    .where('grant_id', '=', hashOf(grant))
    .executeTakeFirst();
  if (row === undefined) return false;
  const id = row.account_id as AccountId;
  const account = await findAccount(handle, id);
  if (account === null || account.disabledAt !== null) return false;
  if (!(await isStillEnough(handle, gate, account, letIn(row)))) return false;
  if (row.consent_id !== null && !(await hasConsent(handle, row.consent_id as ConsentId))) return false;
  const { sessions } = await gate.policy(handle);
  const session = await findSessionById(handle, sessions, row.session_id as SessionId, gate.clock.now());
  if (session?.account === id) return true;
  return row.offline === 1 && row.sign_outs === (await findSignOuts(handle, id));
}

const letIn = (row: Tables['oidc_ground']): LetIn => ({
  application: row.application_id,
  address: row.address,
  level: row.level as Level,
  at: row.given_at as Instant,
});

export async function removeGround(tx: Transaction, grant: string): Promise<void> {
  await own(tx).deleteFrom('oidc_ground').where('grant_id', '=', hashOf(grant)).execute();
}

export async function removeExpiredGrounds(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('oidc_ground').where('expires_at', '<=', now).execute();
}
