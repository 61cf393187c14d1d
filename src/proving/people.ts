import {
  type Account,
  type AccountId,
  addAccount,
  administrators,
  listMembers,
  saveDisabled,
} from '../core/accounts/store.ts';
import { type AttemptId, removeAttempts } from '../core/attempts/store.ts';
import { addEntry, type Event } from '../core/audit/store.ts';
import { removeOptIns } from '../core/browsers/passwordless.ts';
import { forgetDevices } from '../core/browsers/remembered.ts';
import { removeAcquaintances } from '../core/browsers/store.ts';
import { addLink, removeLinks } from '../core/links/store.ts';
import { removeWait } from '../core/recovery/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { removeSessions, type SessionId } from '../core/sessions/store.ts';
import { clearAll } from '../core/throttle/store.ts';
import { newId } from '../kernel/ids.ts';
import type { Bound, CredentialId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';
import { notice, noticeToAdministrators } from './notices.ts';
import { removeStrayBackups, removeWay } from './owned.ts';
import { letters } from './words.ts';

/** What is done to other people's accounts, by whoever runs the house. Each act is whole, and written down in itself. */

/** `host` for the command line, else the account of whoever does it. */
export interface Office {
  readonly actor: string;
  readonly address: string;
}
export const host: Office = { actor: 'host', address: 'host' };

export interface NewPerson {
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
}

/** Made outside the transaction, saved in it. */
type SetUp = (account: Account) => Promise<(tx: Transaction) => Promise<void>>;

/** @returns null, and adds nobody, when the name or the address is somebody's */
export async function addPerson(gate: Gate, office: Office, person: NewPerson, setUp?: SetUp): Promise<Account | null> {
  const account: Account = {
    ...person,
    id: newId<'account'>(gate.chance),
    language: 'en',
    disabledAt: null,
    createdAt: gate.clock.now(),
  };
  const save = await setUp?.(account);
  return gate.database.transaction(async (tx) => {
    if (!(await addAccount(tx, account))) return null;
    await save?.(tx);
    await record(tx, gate, office, { event: 'account.added', account: account.id, detail: {} });
    return account;
  });
}

/** A link that sets one method, once. Earlier ones of this person are worth nothing any more. */
export async function giveLink(
  gate: Gate,
  office: Office,
  { account, method, lifetime, rescue }: { account: Account; method: string; lifetime: number; rescue: boolean },
): Promise<string> {
  return gate.database.transaction(async (tx) => {
    await removeLinks(tx, account.id);
    const token = await addLink(tx, gate, { account: account.id, method, lifetime });
    if (rescue) {
      await record(tx, gate, office, { event: 'account.rescued', account: account.id, detail: { method } });
      // A way back in was opened on the host: all who answer for this house hear of it.
      await noticeToAdministrators(tx, gate, (language) => letters[language].rescued(account.username));
    }
    return token;
  });
}

/**
 * Takes ways to sign in from somebody, down to the last row, and everything that rests on them: sessions, sign-ins under
 * way, links, what browsers remember, the count of wrong answers (T42). The password stays unless it is named.
 * @returns how many ways were taken
 */
export function resetPerson(gate: Gate, office: Office, account: AccountId, which: string): Promise<number> {
  return gate.database.transaction(async (tx) => {
    await oneAtATime(tx, account);
    let taken = 0;
    for (const method of gate.methods.values())
      if (method.id === which || (which === 'all' && method.role !== 'first'))
        taken += await removeWay(tx, gate, { account, method: method.id }, 'all');
    taken += await removeStrayBackups(tx, gate, account);
    await endAll(tx, account);
    await clearAll(tx, account);
    await record(tx, gate, office, { event: 'account.reset', account, detail: { method: which, taken } });
    await notice(tx, gate, account, 'method-removed');
    return taken;
  });
}

/** Binds what somebody was handed. @param save false: it is not to be had any more, and nothing is written */
export function giveMethod(
  gate: Gate,
  office: Office,
  account: AccountId,
  { method, save }: { method: string; save: (tx: Transaction, bound: Bound) => Promise<boolean> },
): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    await oneAtATime(tx, account);
    if (!(await save(tx, { at: gate.clock.now(), level: 1 }))) return false;
    await record(tx, gate, office, { event: 'method.added', account, detail: { method } });
    await notice(tx, gate, account, 'method-added');
    return true;
  });
}

/** Takes one thing back from somebody, and everything that rests on it. @returns how many went */
export function takeMethod(
  gate: Gate,
  office: Office,
  account: AccountId,
  { method, credential }: { method: LiveMethod; credential: CredentialId },
): Promise<number> {
  return gate.database.transaction(async (tx) => {
    await oneAtATime(tx, account);
    const taken = await removeWay(tx, gate, { account, method: method.id }, credential);
    if (taken === 0) return 0;
    await removeStrayBackups(tx, gate, account);
    await endAll(tx, account);
    await record(tx, gate, office, { event: 'method.removed', account, detail: { method: method.id } });
    await notice(tx, gate, account, 'method-removed');
    return taken;
  });
}

/** Signed out everywhere at once, and kept out. @returns false for the last administrator, who stays */
export function disablePerson(gate: Gate, office: Office, { id, groups }: Account): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    await oneAtATime(tx, id);
    const others = (await listMembers(tx, administrators)).filter((one) => one.id !== id && one.disabledAt === null);
    if (groups.includes(administrators) && others.length === 0) return false;
    await saveDisabled(tx, id, gate.clock.now());
    await endAll(tx, id);
    await record(tx, gate, office, { event: 'account.disabled', account: id, detail: {} });
    return true;
  });
}

export function enablePerson(gate: Gate, office: Office, account: AccountId): Promise<void> {
  return gate.database.transaction(async (tx) => {
    await saveDisabled(tx, account, null);
    await record(tx, gate, office, { event: 'account.enabled', account, detail: {} });
  });
}

/** Their wrong answers are forgotten, from wherever they came. */
export function unlockPerson(gate: Gate, office: Office, account: AccountId): Promise<void> {
  return gate.database.transaction(async (tx) => {
    await clearAll(tx, account);
    await record(tx, gate, office, { event: 'account.unlocked', account, detail: {} });
  });
}

/** Everywhere but here the person is out: signed in nowhere, under way nowhere, and asked again on every device. */
export async function endElsewhere(
  tx: Transaction,
  account: AccountId,
  here: { session?: SessionId; attempt?: AttemptId } = {},
): Promise<void> {
  await removeSessions(tx, account, here.session);
  await removeAttempts(tx, account, here.attempt);
  await forgetDevices(tx, account, 'all');
}

/** Nothing half done goes on. */
export async function endAll(tx: Transaction, account: AccountId): Promise<void> {
  await endElsewhere(tx, account);
  await removeLinks(tx, account);
  await removeWait(tx, account);
  await removeAcquaintances(tx, account);
  await removeOptIns(tx, account, 'all');
}

const record = (
  tx: Transaction,
  gate: Gate,
  office: Office,
  entry: { event: Event; account: AccountId; detail: Readonly<Record<string, string | number>> },
): Promise<void> => addEntry(tx, gate, { ...entry, ...office });
