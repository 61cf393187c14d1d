import { findAccount, findAccountByName } from '../core/accounts/store.ts';
import {
  type Attempt,
  type AttemptId,
  addAttempt,
  noProgress,
  type Purpose,
  saveAttempt,
} from '../core/attempts/store.ts';
import type { Session } from '../core/sessions/store.ts';
import { newSecret } from '../kernel/ids.ts';
import type { Gate, Visit } from './gate.ts';
import { type Decision, decide } from './situation.ts';

/** Would this session be let through for this purpose as it stands? Nothing is written. */
export async function wouldPass(
  gate: Gate,
  session: Session | null,
  purpose: Purpose,
  visit: Visit,
): Promise<Decision> {
  const now = gate.clock.now();
  const account = session?.account ?? null;
  const imagined = {
    id: '' as AttemptId,
    account,
    identified: account !== null,
    session: session?.id ?? null,
    purpose,
    progress: noProgress,
  };
  const attempt = { ...imagined, memo: new Map(), version: 0, createdAt: now, expiresAt: now };
  return decide(gate.database.read, { gate, attempt, visit });
}

/**
 * Begins an attempt in this browser, for whoever is signed in here.
 * @returns its id and the secret for its cookie
 */
export async function begin(
  gate: Gate,
  given: { purpose: Purpose; session: Session | null; browserSecret: string | undefined },
): Promise<{ id: AttemptId; browserSecret: string }> {
  const { purpose, session, browserSecret = newSecret(gate.chance) } = given;
  const continued = purpose.afresh === true ? null : (session?.id ?? null);
  const id = await gate.database.transaction((tx) =>
    addAttempt(tx, gate, { browserSecret, account: session?.account ?? null, session: continued, purpose }),
  );
  return { id, browserSecret };
}

/** Somebody says who they are. Whether anybody has that name shows nowhere. */
export async function identify(gate: Gate, attempt: Attempt, typed: string): Promise<void> {
  const account = await findAccountByName(gate.database.read, typed);
  await gate.database.transaction((tx) =>
    saveAttempt(tx, gate, attempt, { account: account?.id ?? null, session: null, progress: { typed } }),
  );
}

/** Back to "who are you?": what was proven is forgotten, what is asked stays. */
export async function startAgain(gate: Gate, attempt: Attempt): Promise<void> {
  attempt.memo.clear();
  await gate.database.transaction((tx) =>
    saveAttempt(tx, gate, attempt, { account: null, session: null, progress: noProgress }),
  );
}

/** The person picks a way, or asks which there are. */
export async function choose(gate: Gate, attempt: Attempt, method: string | null): Promise<void> {
  attempt.memo.clear();
  const progress = { chosen: method, choosing: method === null, said: null };
  await gate.database.transaction((tx) => saveAttempt(tx, gate, attempt, { progress }));
}

/** What the person is called on the page: what they typed, or what their session knows. */
export async function nameOf(gate: Gate, attempt: Attempt): Promise<string> {
  if (attempt.progress.typed !== null || attempt.account === null) return attempt.progress.typed ?? '';
  return (await findAccount(gate.database.read, attempt.account))?.username ?? '';
}
