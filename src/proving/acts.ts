import { findAccount } from '../core/accounts/store.ts';
import { type ConsentId, removeConsent } from '../core/applications/consents.ts';
import { addEntry } from '../core/audit/store.ts';
import { type DeviceId, forgetDevices } from '../core/browsers/remembered.ts';
import { saveLabel } from '../core/labels/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { removeSession, type Session } from '../core/sessions/store.ts';
import type { CredentialId } from '../methods/method.ts';
import type { Gate, Visit } from './gate.ts';
import { type Leave, spend } from './leave.ts';
import { notice, noticeToAdministrators } from './notices.ts';
import { isNeeded, removeBeside, removeStrayBackups, removeWay } from './owned.ts';
import { endAll, endElsewhere } from './people.ts';
import { letters } from './words.ts';

/** A way to sign in that its owner is about to take away, or to give another name. */
export interface Mine {
  readonly method: string;
  readonly credential: CredentialId;
}

/**
 * Takes a way to sign in from its owner, unless a rule needs it: of two taken away at once the second may be the last.
 * With the last second factor go the codes that stood in for it, and everywhere else the person is signed out, and what
 * was begun with it goes no further.
 */
export function removeMethod(
  gate: Gate,
  leave: Leave,
  { method, credential }: Mine,
): Promise<'removed' | 'needed' | 'gone'> {
  const { visit } = leave;
  return gate.database.transaction(async (tx) => {
    const { account } = leave.session;
    await oneAtATime(tx, account);
    const owner = await findAccount(tx, account);
    if (owner === null) return 'gone';
    if (await isNeeded(tx, gate, { account: owner, address: visit.address }, credential)) return 'needed';
    await spend(tx, gate, leave);
    if ((await removeWay(tx, gate, { account, method }, credential)) === 0) return 'gone';
    await removeStrayBackups(tx, gate, account);
    await endElsewhere(tx, account, { session: leave.session.id });
    await addEntry(tx, gate, { event: 'method.removed', account, address: visit.address, detail: { method } });
    await notice(tx, gate, account, 'method-removed');
    return 'removed';
  });
}

/** What its owner calls it. @returns false when it is not theirs, or gone */
export function renameMethod(
  gate: Gate,
  session: Session,
  { method, credential }: Mine,
  label: string,
): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    const { account } = session;
    const mine = (await gate.methods.get(method)?.list(tx, account)) ?? [];
    if (!mine.some(({ id }) => id === credential)) return false;
    await saveLabel(tx, { account, method, credential }, label);
    return true;
  });
}

/**
 * "This wasn't me": whoever else is in is out, at once and everywhere, and no device is excused any more. Those who answer
 * for the house are told. What is left to its owner is a new password.
 */
export function reportStranger(gate: Gate, { account: id }: Session, visit: Visit): Promise<void> {
  return gate.database.transaction(async (tx) => {
    await endAll(tx, id);
    if ((await removeBeside(tx, gate, id, 4)) > 0) await notice(tx, gate, id, 'method-removed');
    await addEntry(tx, gate, { event: 'account.reported', account: id, address: visit.address, detail: {} });
    const account = await findAccount(tx, id);
    if (account !== null)
      await noticeToAdministrators(tx, gate, (language) => letters[language].reported(account.username));
  });
}

/** Ends this session, or every one the person has: then nothing half done goes on either, whoever began it. */
export function signOut(gate: Gate, session: Session, where: 'here' | 'everywhere', visit: Visit): Promise<void> {
  return gate.database.transaction(async (tx) => {
    const { account } = session;
    if (where === 'here') await removeSession(tx, session.id);
    else await endElsewhere(tx, account);
    await addEntry(tx, gate, {
      event: 'session.ended',
      account,
      address: visit.address,
      detail: { where },
    });
  });
}

/** A browser that was not asked again is asked like any other. @returns false when it is not theirs, or gone */
export function forgetDevice(gate: Gate, { account }: Session, device: DeviceId, visit: Visit): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    if ((await forgetDevices(tx, account, device)) === 0) return false;
    await addEntry(tx, gate, { event: 'device.forgotten', account, address: visit.address, detail: {} });
    return true;
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
