import { type ConsentId, removeConsent } from '../core/applications/consents.ts';
import { type Purpose, removeAttempts } from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { removeSession, removeSessions, type Session } from '../core/sessions/store.ts';
import { minutes, shift } from '../kernel/clock.ts';
import type { CredentialId } from '../methods/method.ts';
import type { Gate, Visit } from './gate.ts';
import { notice } from './notices.ts';
import { removeStrayBackups } from './owned.ts';

/** What it takes to see one's own pages: what the policy asks, as for an application. */
export const accountPage = (returnTo: string): Purpose => ({
  application: null,
  ask: { level: null, notBefore: null, withoutRecovery: false },
  wanted: null,
  act: null,
  returnTo,
});

/** What a change to one's own ways in takes: the strongest proof one owns, of minutes ago. */
export function purposeOf(
  gate: Gate,
  given: Pick<Purpose, 'act' | 'wanted' | 'afresh' | 'returnTo'> & { takesAway: boolean },
): Purpose {
  const { takesAway, ...rest } = given;
  const notBefore = shift(gate.clock.now(), -minutes(5));
  return { ...rest, application: null, ask: { level: 'owned', notBefore, withoutRecovery: takesAway } };
}

/**
 * Takes a way to sign in from its owner. With the last second factor go the codes that stood in for it, and everywhere
 * else the person is signed out, and what was begun with it goes no further.
 */
export function removeMethod(
  gate: Gate,
  { session, method: methodId, credential }: { session: Session; method: string; credential: CredentialId },
  visit: Visit,
): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    const { account } = session;
    await oneAtATime(tx, account);
    const removed = await gate.methods.get(methodId)?.remove(tx, account, credential);
    if (removed === undefined || removed === 0) return false;
    await removeStrayBackups(tx, gate, account);
    await removeSessions(tx, account, session.id);
    await removeAttempts(tx, account);
    await addEntry(tx, gate, {
      event: 'method.removed',
      account,
      address: visit.address,
      detail: { method: methodId },
    });
    await notice(tx, gate, account, 'method-removed');
    return true;
  });
}

/** Ends this session, or every one the person has: then nothing half done goes on either, whoever began it. */
export function signOut(gate: Gate, session: Session, where: 'here' | 'everywhere', visit: Visit): Promise<void> {
  return gate.database.transaction(async (tx) => {
    const { account } = session;
    if (where === 'here') await removeSession(tx, session.id);
    else {
      await removeSessions(tx, account);
      await removeAttempts(tx, account);
    }
    await addEntry(tx, gate, {
      event: 'session.ended',
      account,
      address: visit.address,
      detail: { where },
    });
  });
}

/** Takes back what the person let an application know: what it was given on that is worth nothing from now on. */
export function withdraw(gate: Gate, { account }: Session, consent: ConsentId, visit: Visit): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    if (!(await removeConsent(tx, account, consent))) return false;
    const { address } = visit;
    await addEntry(tx, gate, { event: 'consent.withdrawn', account, address, detail: { consent } });
    return true;
  });
}
