import {
  type Account,
  type AccountId,
  addAccount,
  findAccount,
  removeAccount,
  saveDisabled,
  saveRole,
} from '../core/accounts/store.ts';
import { type AttemptId, removeAttempts } from '../core/attempts/store.ts';
import { eraseEntries } from '../core/audit/ending.ts';
import type { Event } from '../core/audit/events.ts';
import type { Entry } from '../core/audit/store.ts';
import { removeOptIns } from '../core/browsers/passwordless.ts';
import { forgetDevices } from '../core/browsers/remembered.ts';
import { removeAcquaintances } from '../core/browsers/store.ts';
import { addLink, removeLinks } from '../core/links/store.ts';
import { removeWait } from '../core/recovery/store.ts';
import { type Act, keeper, type Role } from '../core/roles/roles.ts';
import { forgetKept } from '../core/scim/users.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { removeSessions, type SessionId } from '../core/sessions/store.ts';
import { removeCode } from '../core/temporary-codes/store.ts';
import { clearAll } from '../core/throttle/store.ts';
import { newId } from '../kernel/ids.ts';
import type { Bound, CredentialId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';
import { heldTogether, isLast } from './keepers.ts';
import { notice, noticeToAdministrators } from './notices.ts';
import { host, isTheirs, type Office, record, spendLeave } from './office.ts';
import { noteSecond, removeStrayBackups, removeWay } from './owned.ts';
import { letters } from './words.ts';

/** What is done to other people's accounts, by whoever runs the house. Each act is whole, and written down in itself. */

export interface NewPerson {
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  readonly role?: Role;
}

/** `not-theirs`: whoever asks may not do it to them, or may no longer; `last`: nobody would be left who can let others in. */
export type Refused = 'not-theirs' | 'last';

/** Made outside the transaction, saved in it. */
type SetUp = (account: Account) => Promise<(tx: Transaction) => Promise<void>>;

/** @returns null, and adds nobody, when the name or the address is somebody's */
export async function addPerson(gate: Gate, office: Office, person: NewPerson, setUp?: SetUp): Promise<Account | null> {
  const account = newcomer(gate, person);
  const save = await setUp?.(account);
  return gate.database.transaction(async (tx) => {
    if (!(await addPersonIn(tx, gate, office, account))) return null;
    await save?.(tx);
    return account;
  });
}

export const newcomer = ({ chance, clock }: Gate, person: NewPerson): Account => ({
  ...person,
  role: person.role ?? null,
  id: newId<'account'>(chance),
  language: 'en',
  disabledAt: null,
  createdAt: clock.now(),
});

/** @returns false when the name or the address is somebody's */
export async function addPersonIn(tx: Transaction, gate: Gate, office: Office, account: Account): Promise<boolean> {
  if (!(await addAccount(tx, account))) return false;
  await record(tx, gate, office, { event: 'account.added', account: account.id, detail: {} });
  return true;
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
export const resetPerson = (gate: Gate, office: Office, account: AccountId, which: string): Promise<number | Refused> =>
  done(gate, office, { act: 'reset', account }, async (tx, record) => {
    let taken = 0;
    for (const method of gate.methods.values())
      if (method.id === which || (which === 'all' && method.role !== 'first'))
        taken += await removeWay(tx, gate, { account, method: method.id }, 'all');
    taken += await removeStrayBackups(tx, gate, account);
    await endAll(tx, account);
    await clearAll(tx, account);
    await record('account.reset', { method: which, taken });
    await notice(tx, gate, account, 'method-removed');
    return taken;
  });

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
    await noteSecond(tx, gate, account);
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

/** Signed out everywhere at once, and kept out. */
export const disablePerson = (gate: Gate, office: Office, account: AccountId): Promise<'done' | Refused> =>
  done(gate, office, { act: 'disable', account }, async (tx, record, person) => {
    if (await isLast(tx, gate, person)) return 'last';
    await keepOut(tx, gate, account, record);
    return 'done';
  });

export async function keepOut(tx: Transaction, gate: Gate, account: AccountId, record: Record): Promise<void> {
  await saveDisabled(tx, account, gate.clock.now());
  await endAll(tx, account);
  await record('account.disabled');
  await notice(tx, gate, account, 'account-disabled');
}

export const enablePerson = (gate: Gate, office: Office, account: AccountId): Promise<'done' | Refused> =>
  done(gate, office, { act: 'enable', account }, async (tx, record) => {
    await letBackIn(tx, gate, account, record);
    return 'done';
  });

export async function letBackIn(tx: Transaction, gate: Gate, account: AccountId, record: Record): Promise<void> {
  await saveDisabled(tx, account, null);
  await record('account.enabled');
  await notice(tx, gate, account, 'account-enabled');
}

/** Their wrong answers are forgotten, from wherever they came. */
export const unlockPerson = (gate: Gate, office: Office, account: AccountId): Promise<'done' | Refused> =>
  done(gate, office, { act: 'unlock', account }, async (tx, record) => {
    await clearAll(tx, account);
    await record('account.unlocked');
    await notice(tx, gate, account, 'account-unlocked');
    return 'done';
  });

/** Out everywhere, and asked again on every device; whatever they own stays. */
export const signOutPerson = (gate: Gate, office: Office, account: AccountId): Promise<'done' | Refused> =>
  done(gate, office, { act: 'sign-out', account }, async (tx, record) => {
    await endElsewhere(tx, account);
    await record('session.ended', { where: 'everywhere' });
    await notice(tx, gate, account, 'signed-out');
    return 'done';
  });

/** What they may do for others from now on. */
export const giveRole = (
  gate: Gate,
  office: Office,
  account: AccountId,
  role: Role | null,
): Promise<'done' | Refused> =>
  done(gate, office, { act: 'give-role', account }, async (tx, _, person) => {
    if (role !== keeper && (await isLast(tx, gate, person))) return 'last';
    await giveRoleIn(tx, gate, office, { person, role });
    return 'done';
  });

type Given = { readonly person: Account; readonly role: Role | null };
/** Whether somebody is left who can put everything right is for the caller to see to. */
export async function giveRoleIn(tx: Transaction, gate: Gate, office: Office, { person, role }: Given): Promise<void> {
  const { id: account } = person;
  await saveRole(tx, account, role);
  await record(tx, gate, office, { event: 'role.changed', account, detail: { role } });
  await notice(tx, gate, account, 'role-changed');
  if (role === keeper) await noticeToAdministrators(tx, gate, (language) => letters[language].joined(person.username));
}

/** Gone, with all that is theirs; what the log has of them is emptied, and stays true. The host does it, or whoever keeps them. */
export const erasePerson = (gate: Gate, account: AccountId): Promise<'done' | Refused> =>
  done(gate, host, { act: 'disable', account }, async (tx, record, person) => {
    if (await isLast(tx, gate, person)) return 'last';
    await erase(tx, account, record);
    return 'done';
  });

export async function erase(tx: Transaction, account: AccountId, record: Record): Promise<void> {
  await endAll(tx, account);
  await clearAll(tx, account);
  await eraseEntries(tx, account);
  await forgetKept(tx, account);
  await removeAccount(tx, account);
  await record('account.erased');
}

export type Record = (event: Event, detail?: Entry['detail']) => Promise<void>;
interface Deed {
  readonly act: Act;
  readonly account: AccountId;
}
type Work<Result> = (tx: Transaction, record: Record, person: Account) => Promise<Result>;

/**
 * What is done about one person: nobody else changes them meanwhile, and whoever does it may do it to them still, however long
 * ago their page was opened.
 */
export const upon = <Result extends string | number | object>(
  gate: Gate,
  office: Office,
  { act, account }: Deed,
  work: Work<Result>,
): Promise<Result | 'not-theirs'> =>
  gate.database.transaction(async (tx) => {
    for (const one of await heldTogether(tx, account)) await oneAtATime(tx, one);
    const person = await findAccount(tx, account);
    if (person === null || !(await isTheirs(tx, gate, office, { act, person }))) return 'not-theirs';
    return work(tx, (event, detail = {}) => record(tx, gate, office, { event, account, detail }), person);
  });

/** One act upon one person, by the leave that was given for it. */
export const done = <Result extends string | number | object>(
  gate: Gate,
  office: Office,
  deed: Deed,
  work: Work<Result>,
): Promise<Result | 'not-theirs'> =>
  upon(gate, office, deed, async (tx, record, person) => {
    await spendLeave(tx, gate, office);
    return work(tx, record, person);
  });

/** Everywhere but here the person is out: signed in nowhere, under way nowhere, and asked again on every device. */
export async function endElsewhere(
  tx: Transaction,
  account: AccountId,
  here: { session?: SessionId; attempt?: AttemptId | undefined } = {},
): Promise<void> {
  await removeSessions(tx, account, here.session);
  await removeAttempts(tx, account, here.attempt);
  await removeCode(tx, account);
  await forgetDevices(tx, account, 'all');
}

/** Nothing half done goes on. */
export async function endAll(
  tx: Transaction,
  account: AccountId,
  but: { attempt?: AttemptId | undefined } = {},
): Promise<void> {
  await endElsewhere(tx, account, but);
  await removeLinks(tx, account);
  await removeWait(tx, account);
  await removeAcquaintances(tx, account);
  await removeOptIns(tx, account, 'all');
}
