import { saveAttempt } from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { optedOut, optIn, optOut } from '../core/browsers/passwordless.ts';
import { type BrowserId, forgetFirst } from '../core/browsers/store.ts';
import { removeSession } from '../core/sessions/store.ts';
import { levelOf } from '../flow/assurance.ts';
import type { Transaction } from '../store/database.ts';
import { firstMethod, type Turn } from './gate.ts';
import { type Decision, decide } from './situation.ts';

/** On the page that welcomes back: by their method, by what everybody is asked, or as somebody else. */
export type Way = 'continue' | 'usual' | 'not-you';

/** Nothing is proven by it, and nothing is sent before it is pressed (D17). */
export async function goOnAs(turn: Turn, way: Way): Promise<void> {
  const { gate, attempt, visit } = turn;
  const { returning } = await decide(gate.database.read, turn);
  if (returning === null) return;
  const { account, name, method, optIn } = returning;
  const event = ({ continue: null, usual: 'ReselectFlow', 'not-you': 'IdentitySwitch' } as const)[way];
  const chosen = way === 'usual' ? firstMethod(gate).id : method;
  const progress = { typed: name, chosen, choosing: false, said: null };
  await gate.database.transaction(async (tx) => {
    if (event !== null) {
      const detail = { optedIn: optIn !== null };
      await addEntry(tx, gate, { event, account, actor: 'nobody', address: visit.address, detail });
    }
    if (way === 'not-you') await leaveToStranger(tx, turn, optIn !== null);
    else await saveAttempt(tx, gate, attempt, { account, session: null, progress });
  });
}

/** Whoever was signed in here is not who sits here now; what they wished stays until somebody else is in. */
async function leaveToStranger(tx: Transaction, { gate, attempt, visit }: Turn, kept: boolean): Promise<void> {
  const saved = await saveAttempt(tx, gate, attempt, { account: null, session: null, progress: { notMe: true } });
  if (saved === null) return;
  if (visit.session !== null) await removeSession(tx, visit.session);
  if (!kept && visit.browser !== null) await forgetFirst(tx, visit.browser);
}

/**
 * What is left in this browser of who was let through: kept for them, for nobody, or as it was.
 * @returns the cookie; null to take it away, undefined to leave it
 */
export async function settleChoice(
  tx: Transaction,
  { gate, attempt, visit }: Turn,
  { proofs, session }: Decision,
  browser: BrowserId,
): Promise<string | null | undefined> {
  const { account, progress } = attempt;
  const { choice, address, agent } = visit;
  if (account === null) return undefined;
  const write = (event: 'IdentitySwitch' | 'passwordless.opted-in' | 'passwordless.opted-out') =>
    addEntry(tx, gate, { event, account, address, detail: {} });
  const { passwordless } = progress.answered;
  if (passwordless === 'yes') {
    const method = strongest(gate, proofs);
    if (method === null) return undefined;
    await write('passwordless.opted-in');
    return optIn(tx, gate, { browser, account, method, preparedBy: null, agent, address });
  }
  if (passwordless !== undefined) {
    await write('passwordless.opted-out');
    await optOut(tx, browser);
    return optedOut;
  }
  if (choice?.is === 'broken') return null;
  // Who goes on with a session is here for something else: it stays as it was.
  if (choice?.is !== 'in' || choice.account === account || session !== null) return undefined;
  if (!progress.notMe) await write('IdentitySwitch');
  await optOut(tx, browser);
  return null;
}

/** What was shown that would be enough by itself: the best of it. */
function strongest({ methods }: Turn['gate'], proofs: Decision['proofs']): string | null {
  const alone = proofs.filter((proof) => methods.get(proof.method)?.alone !== undefined && levelOf([proof]) > 1);
  return alone.sort((a, b) => levelOf([b]) - levelOf([a]) || b.at - a.at)[0]?.method ?? null;
}
