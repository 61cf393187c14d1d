import { saveLanguage } from '../core/accounts/store.ts';
import { removeAttempt } from '../core/attempts/store.ts';
import { addDecision, addEntry } from '../core/audit/store.ts';
import { addBrowser, findAcquaintance, saveAcquaintance } from '../core/browsers/store.ts';
import { giveProofTicket, type ProofTicketId } from '../core/proof-tickets/store.ts';
import { removeWait } from '../core/recovery/store.ts';
import { removeSession, type SessionId, saveSession } from '../core/sessions/store.ts';
import { bindCode } from '../core/temporary-codes/store.ts';
import { levelOf } from '../flow/assurance.ts';
import type { AccountId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { arrive } from './begin.ts';
import { onwardsOf } from './codes-left.ts';
import type { Gate, Turn } from './gate.ts';
import { afterLeaving } from './offers.ts';
import { settleChoice } from './opting.ts';
import { Outrun } from './outrun.ts';
import { mindCopies, remember } from './remembering.ts';
import { type Decision, decide } from './situation.ts';
import { giveTicket } from './tickets.ts';

/** What the browser is to be told: secrets for its cookies, and where it goes once it is through. */
export interface Passed {
  readonly attemptSecret: string;
  readonly sessionSecret: string | null;
  readonly browserSecret: string | null;
  /** Opens the one change that was proven for. */
  readonly proofSecret: string | null;
  /** The whole of the cookie by which this browser is remembered; null: as it was. */
  readonly remembered: string | null;
  /** Whose browser it is from now on; null: nobody's any more, undefined: as it was. */
  readonly passwordless: string | null | undefined;
  readonly returnTo: string | null;
  /** Who is let through where there is no browser, for whoever asked to hear it. */
  readonly heard: AccountId | null;
}

/**
 * Decides, writes down why, and when everything asked is there turns the attempt into a session: the only place where
 * one comes into being.
 */
export async function letThrough(tx: Transaction, turn: Turn): Promise<Passed> {
  const { gate, attempt, secret, visit } = turn;
  const decision = await decide(tx, { gate, attempt, visit });
  await addDecision(tx, gate, { account: attempt.account, row: decision.row.name, facts: decision.facts });
  await mindCopies(tx, turn, decision);
  if (decision.step.screen !== 'done' || attempt.account === null || turn.holds) {
    await arrive(tx, turn, decision);
    return nothing(secret);
  }

  // Before all else: of two that are let through by the same attempt, one is.
  if (!(await removeAttempt(tx, attempt))) throw new Outrun();
  const { account } = attempt;
  if (attempt.purpose.heardBy !== undefined) return vouch(tx, turn, decision, account);
  if (attempt.purpose.ticket !== undefined) return { ...nothing(secret), returnTo: await giveTicket(tx, gate, turn) };
  if (attempt.purpose.change !== undefined && decision.session !== null)
    return { ...nothing(secret), ...(await leaveChange(tx, turn, decision.session)) };
  const session = await sessionFrom(tx, turn, decision, account);
  const left = await leaveInBrowser(tx, turn, decision, account);
  await saveLanguage(tx, account, visit.language);
  await stopWait(tx, turn, account);
  await addEntry(tx, gate, {
    event: decision.session === null ? 'session.started' : 'session.raised',
    account,
    address: visit.address,
    detail: detailOf(turn, decision),
  });
  return {
    attemptSecret: secret,
    sessionSecret: session.secret,
    proofSecret: null,
    ...left,
    returnTo: await onwardsOf(tx, turn, account),
    heard: null,
  };
}

/** Who asked hears yes, once: there is no browser here, and no session (`dialogue.ts`). */
async function vouch(tx: Transaction, turn: Turn, decision: Decision, heard: AccountId): Promise<Passed> {
  const { gate, visit, secret } = turn;
  await stopWait(tx, turn, heard);
  await addEntry(tx, gate, {
    event: 'access.given',
    account: heard,
    address: visit.address,
    detail: detailOf(turn, decision),
  });
  return { ...nothing(secret), heard };
}

/** Whoever is in needs no other password: a wait for one goes no further. */
async function stopWait(tx: Transaction, { gate, visit }: Turn, account: AccountId): Promise<void> {
  if (await removeWait(tx, account))
    await addEntry(tx, gate, { event: 'recovery.stopped', account, address: visit.address, detail: {} });
}

const detailOf = ({ attempt }: Turn, decision: Decision) => ({
  level: levelOf(decision.proofs),
  application: attempt.purpose.application?.id ?? null,
  excused: decision.excused,
  ways: waysOf(decision),
});

/** What it was proven with, in the order it was given, and what one of them was excused by: `password totp`. */
function waysOf({ proofs, excused, excusedBy }: Decision): string {
  const methods = [...proofs].sort((a, b) => a.at - b.at).map(({ method }) => method);
  const excuses = excused ? [excusedBy === null ? 'temporary-code' : 'remembered-device'] : [];
  return [...new Set([...methods, ...excuses])].join(' ');
}

/** One browser, one person: whoever was signed in here before is not any more. */
async function sessionFrom(
  tx: Transaction,
  { gate, attempt, visit }: Turn,
  { session: continues, proofs }: Decision,
  account: AccountId,
): Promise<{ readonly id: SessionId; readonly secret: string }> {
  const { address, agent } = visit;
  const session = await saveSession(tx, gate, { continues, account, proofs, address, agent });
  if (session === null) throw new Outrun();
  if (visit.session !== null && visit.session !== session.id) await removeSession(tx, visit.session);
  if (attempt.progress.excused) await bindCode(tx, { id: session.id, account });
  return session;
}

/** What was proven for one change leaves the session as it is. */
async function leaveChange(
  tx: Transaction,
  { gate, attempt, visit }: Turn,
  session: SessionId,
): Promise<Pick<Passed, 'proofSecret' | 'returnTo'>> {
  const { account, purpose } = attempt;
  const proofSecret = await giveProofTicket(tx, gate, purpose.change as ProofTicketId, session);
  if (proofSecret === null) throw new Outrun();
  await addEntry(tx, gate, { event: 'change.confirmed', account, address: visit.address, detail: {} });
  return { proofSecret, returnTo: purpose.returnTo };
}

/** What this browser knows from now on of whoever was let through: nothing that proves anything. */
async function leaveInBrowser(
  tx: Transaction,
  turn: Turn,
  decision: Decision,
  account: AccountId,
): Promise<Pick<Passed, 'browserSecret' | 'remembered' | 'passwordless'>> {
  const { gate, attempt, visit } = turn;
  const browser = visit.browser === null ? await addBrowser(tx, gate) : { id: visit.browser, secret: null };
  const at = gate.clock.now();
  const before = await findAcquaintance(tx, browser.id, account);
  await saveAcquaintance(tx, {
    browser: browser.id,
    account,
    lastMethod: lastSecond(gate, decision),
    lastFirst: firstOf(gate, attempt),
    offered: afterLeaving(attempt.progress, before, at),
    at,
  });
  const passwordless = await settleChoice(tx, turn, decision, browser.id);
  const remembered = await remember(tx, turn, decision, browser.id);
  return { browserSecret: browser.secret, remembered, passwordless };
}

/** What this browser will be asked for first next time. */
function lastSecond(gate: Gate, { proofs }: Decision): string | null {
  const seconds = proofs.filter(({ method }) => gate.methods.get(method)?.role === 'second');
  return seconds.sort((a, b) => b.at - a.at)[0]?.method ?? null;
}

/** How they began, where they began: whoever goes on with a session said before who they are. */
function firstOf(gate: Gate, { session, progress: { proofs } }: Turn['attempt']): string | null {
  const [first] = proofs;
  if (session !== null || first === undefined) return null;
  return first.alone || gate.methods.get(first.method)?.role === 'first' ? first.method : null;
}

/** Nobody is let through: only the attempt's secret has changed. */
const nothing = (attemptSecret: string): Passed => ({
  attemptSecret,
  sessionSecret: null,
  proofSecret: null,
  browserSecret: null,
  remembered: null,
  passwordless: undefined,
  returnTo: null,
  heard: null,
});
