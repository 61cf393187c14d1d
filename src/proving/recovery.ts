import { findAccount, findAccountByName } from '../core/accounts/store.ts';
import { findLastEnd } from '../core/addresses/store.ts';
import { removeAttempt } from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { addLink } from '../core/links/store.ts';
import {
  addRequest,
  addWait,
  findWait,
  type Request,
  stopWait,
  takeReady,
  takeRequest,
} from '../core/recovery/store.ts';
import type { Evidence } from '../flow/assurance.ts';
import { hours, type Instant, minutes, shift } from '../kernel/clock.ts';
import type { CredentialId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { languageOf } from '../ui/language.ts';
import { recoveryBudgets } from './budgets.ts';
import { chargeAll } from './charging.ts';
import { type Begun, firstMethod, type Gate, type Turn, type Visit } from './gate.ts';
import { mail } from './notices.ts';
import { recovers } from './purposes.ts';
import { letters } from './recovery-words.ts';
import { beginByLink, linkToSet } from './tickets.ts';

/**
 * The way back for whoever forgot their password (`docs/adr/0015`): their mail, and a second proof or a long wait, give a
 * link that sets the password and nothing else. It makes no session and touches no other way to sign in.
 */

/** Reading the mail of an account takes the place of the password that was forgotten. It is no method: nobody owns it. */
export const mailbox = {
  id: 'mailbox',
  evidence: { kinds: ['knowledge'], phishingResistant: false, hardware: false, recovery: false, amr: [] },
} as const satisfies { id: string; evidence: Evidence };

/** Somebody says they forgot their password. The same is done whoever they say they are, and nothing is found out yet (T44). */
export async function askToRecover(gate: Gate, request: Request, visit: Visit): Promise<void> {
  const { blockedUntil } = await chargeAll(gate, recoveryBudgets(gate, request.name, visit));
  if (blockedUntil === null) await gate.database.transaction((tx) => addRequest(tx, gate, request));
}

/** Answers what was asked for and ends the waits whose time has come, one after the other. */
export async function answerRecovery(gate: Gate): Promise<void> {
  while (await gate.database.transaction((tx) => answerOne(tx, gate)));
  while (await gate.database.transaction((tx) => endOneWait(tx, gate)));
}

/** A mail goes to the address that is kept, whatever was typed (T46); none where there is nobody, or nobody who may come in. */
async function answerOne(tx: Transaction, gate: Gate): Promise<boolean> {
  const request = await takeRequest(tx);
  if (request === null) return false;
  const account = await findAccountByName(tx, request.name);
  // A password that a directory keeps is changed there.
  const kept = await gate.directory.find(tx, account?.id ?? null);
  if (account?.email && account.disabledAt === null && kept === null) {
    const lifetime = minutes(gate.recovery.linkMinutes);
    const token = await addLink(tx, gate, { account: account.id, method: mailbox.id, lifetime });
    const link = new URL(`/recover/${token}`, gate.publicUrl).href;
    await mail(tx, gate, account, letters[languageOf([request.language])].link(link, gate.recovery.linkMinutes));
  }
  return true;
}

async function endOneWait(tx: Transaction, gate: Gate): Promise<boolean> {
  const wait = await takeReady(tx, gate.clock.now());
  if (wait === null) return false;
  const account = await findAccount(tx, wait.account);
  if (account !== null && account.disabledAt === null) {
    const link = await linkToSet(tx, gate, { account: account.id, method: firstMethod(gate).id, lifetime: hours(24) });
    await mail(tx, gate, account, letters[languageOf([wait.language])].waited(link));
  }
  return true;
}

/** Whoever brings the link from the mail begins an attempt in this browser, which ends with a link that sets the password. */
export const recover = (gate: Gate, token: string, browserSecret: string | undefined): Promise<Begun | null> =>
  beginByLink(gate, { token, browserSecret }, (link) =>
    link.method !== mailbox.id
      ? null
      : {
          ticket: firstMethod(gate).id,
          level: 2,
          proofs: [
            {
              ...mailbox.evidence,
              method: mailbox.id,
              credential: link.id as string as CredentialId,
              at: gate.clock.now(),
            },
          ],
        },
  );

/** Nothing is at hand but the mail: then they wait, are told so there, and may stop it. @returns until when */
export async function waitInstead({ gate, attempt, visit }: Turn, language: string): Promise<Instant | null> {
  const { account: id, purpose } = attempt;
  const { waitHours } = gate.recovery;
  if (id === null || !recovers(gate, purpose) || waitHours === 0) return null;
  return gate.database.transaction(async (tx) => {
    const account = await findAccount(tx, id);
    if (account === null || account.disabledAt !== null || !(await removeAttempt(tx, attempt))) return null;
    // Never before the address that is told of it can be brought back: whoever changed it would wait alone.
    const now = gate.clock.now();
    const readyAt = Math.max(shift(now, hours(waitHours)), (await findLastEnd(tx, id, now)) ?? 0) as Instant;
    const stop = await addWait(tx, gate, { account: id, language, readyAt });
    if (stop === null) return (await findWait(tx, id))?.readyAt ?? null;
    await addEntry(tx, gate, { event: 'recovery.waits', account: id, address: visit.address, detail: { waitHours } });
    const link = new URL(`/recover/stop/${stop}`, gate.publicUrl).href;
    const within = Math.ceil((readyAt - now) / hours(1));
    await mail(tx, gate, account, letters[languageOf([language])].waits(link, within));
    return readyAt;
  });
}

/** @returns false when there was nothing to stop */
export function stopWaiting(gate: Gate, token: string, { address }: Visit): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    const account = await stopWait(tx, token);
    if (account !== null) await addEntry(tx, gate, { event: 'recovery.stopped', account, address, detail: {} });
    return account !== null;
  });
}
