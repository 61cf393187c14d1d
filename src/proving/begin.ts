import {
  type Attempt,
  type AttemptId,
  addAttempt,
  noProgress,
  type Purpose,
  removeAttempt,
  saveAttempt,
} from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import type { Session } from '../core/sessions/store.ts';
import { charge } from '../core/throttle/store.ts';
import { askedBy } from '../flow/table.ts';
import { newSecret } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { begunBudget } from './budgets.ts';
import { type Begun, firstMethod, type Gate, type Turn, type Visit } from './gate.ts';
import { whoIs } from './named.ts';
import { Outrun } from './outrun.ts';
import { type Decision, decide } from './situation.ts';
import { subjectOf } from './subject.ts';

interface Standing {
  readonly session: Session | null;
  readonly purpose: Purpose;
  readonly visit: Visit;
}

/** Would this session be let through for this purpose as it stands? Nothing is written. */
export async function wouldPass(
  gate: Gate,
  { session, purpose, visit }: Standing,
  handle: Handle = gate.database.read,
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
  const attempt = { ...imagined, memos: new Map(), version: 0, createdAt: now, expiresAt: now };
  return decide(handle, { gate, attempt, visit });
}

export interface Beginning {
  readonly purpose: Purpose;
  readonly session: Session | null;
  readonly browserSecret?: string | undefined;
  /** The address of whoever has not signed in in this browser before; null for whoever has. */
  readonly newcomerAt: string | null;
  /** What was proven by somebody whose browser does not bring their session. */
  readonly proven?: Pick<Session, 'account' | 'proofs'>;
}

/**
 * Begins an attempt in this browser, for whoever is signed in here.
 * @returns its id and the secret for its cookie; null where too many newcomers of one network have just begun one
 */
export async function begin(gate: Gate, given: Beginning): Promise<Begun | null> {
  const { purpose, newcomerAt, proven, browserSecret = newSecret(gate.chance) } = given;
  const { named, afresh } = purpose;
  const known = (proven ?? given.session)?.account ?? null;
  const account = named ? await whoIs(gate, named.name) : known;
  // Somebody else may be signed in here: whoever is named does not go on with that.
  const session = given.session?.account === account && afresh !== true ? (given.session?.id ?? null) : null;
  const progress = named
    ? { typed: named.name, chosen: session === null ? named.by : null }
    : { proofs: session === null ? (proven?.proofs ?? []) : [] };
  return gate.database.transaction(async (tx) => {
    if (newcomerAt !== null && (await isCrowded(tx, gate, newcomerAt))) return null;
    return { id: await addAttempt(tx, gate, { browserSecret, account, session, purpose, progress }), browserSecret };
  });
}

async function isCrowded(tx: Transaction, { clock }: Gate, address: string): Promise<boolean> {
  const now = clock.now();
  return (await charge(tx, begunBudget(address, now), now)).is === 'blocked';
}

/** Goes on for another purpose, under another secret, once: the one before opens nothing any more. */
export function goOnFor({ gate, attempt }: Turn, purpose: Purpose): Promise<string | null> {
  const browserSecret = newSecret(gate.chance);
  const { account, session, progress } = attempt;
  return gate.database.transaction(async (tx) => {
    if (!(await removeAttempt(tx, attempt))) return null;
    await addAttempt(tx, gate, { browserSecret, account, session, purpose, progress });
    return browserSecret;
  });
}

/**
 * Somebody says who they are. Whether anybody has that name shows nowhere.
 * @param chosen how they go on, where one page asks for both
 */
export async function identify({ gate, attempt, visit }: Turn, typed: string, chosen?: string): Promise<void> {
  const account = await whoIs(gate, typed);
  const progress = { typed, said: null, ...(chosen !== undefined && { chosen }) };
  await gate.database.transaction(async (tx) => {
    await saveAttempt(tx, gate, attempt, { account, session: null, progress });
    // Where some may go on without a password, it is written down that this browser is not kept for that (P-1).
    const { policies } = await gate.policy(tx);
    if (policies.some(({ passwordless }) => passwordless !== undefined) && visit.choice?.is !== 'in') {
      const { address } = visit;
      await addEntry(tx, gate, { event: 'RequestUnsupported', account, actor: 'nobody', address, detail: {} });
    }
  });
}

/**
 * Back to "who are you?": what was proven is forgotten, what is asked stays. A way back in begins with its mail; where an
 * application has said who it is to be, it hears that it is somebody else.
 * @returns where to, if the attempt is over by it
 */
export async function startAgain(gate: Gate, attempt: Attempt): Promise<string | null> {
  const { ticket, named, leaveTo } = attempt.purpose;
  const elsewhere = ticket !== undefined ? '/recover' : named ? (leaveTo ?? null) : null;
  if (elsewhere === null) attempt.memos.clear();
  await gate.database.transaction(async (tx) => {
    if (elsewhere !== null) await removeAttempt(tx, attempt);
    else await saveAttempt(tx, gate, attempt, { account: null, session: null, progress: noProgress });
  });
  return elsewhere;
}

/** The person picks a way, or asks which there are. */
export async function choose(turn: Turn, method: string | null): Promise<void> {
  const { gate, attempt, visit } = turn;
  await gate.database.transaction(async (tx) => {
    await oneAtATime(tx, attempt.account);
    const goesWithout = visit.choice?.is === 'in' || attempt.purpose.named?.by != null;
    if (goesWithout && attempt.progress.proofs.length === 0 && method === firstMethod(gate).id) {
      const { account } = attempt;
      await addEntry(tx, gate, { event: 'ReselectFlow', account, actor: 'nobody', address: visit.address, detail: {} });
    }
    const progress = { chosen: method, choosing: method === null, said: null };
    const saved = await saveAttempt(tx, gate, attempt, { progress });
    if (saved !== null) await arrive(tx, { ...turn, attempt: saved }, await decide(tx, { ...turn, attempt: saved }));
  });
}

/** Where a sign-in comes to a method that has something to do first, it does: a code is sent. Of two tabs, one sends. */
export async function arrive(tx: Transaction, turn: Turn, { step }: Decision): Promise<void> {
  const { gate, attempt, holds } = turn;
  const method = gate.methods.get(askedBy(step) ?? '');
  if (method?.arrive === undefined || holds) return;
  await method.arrive(tx, await subjectOf(turn, method.id));
  if ((await saveAttempt(tx, gate, attempt, {})) === null) throw new Outrun();
}
