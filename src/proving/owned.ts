import { type Noted, saveNoted } from '../core/accounts/noted.ts';
import type { Account } from '../core/accounts/store.ts';
import { listLabels, removeLabels } from '../core/labels/store.ts';
import {
  type Circumstances,
  demandOf,
  type Ruling,
  roleAnywhere,
  roleUnder,
  rulingFor,
  rulingsAnywhere,
} from '../core/policies/policy.ts';
import { type Evidence, type Level, levelOf, oneFactor, worthHere } from '../flow/assurance.ts';
import type { Instant } from '../kernel/clock.ts';
import type { AccountId, Credential, CredentialId } from '../methods/method.ts';
import { isTakenIn } from '../otp/realms.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';

/** A method somebody has set up, and no better than what they have of it. */
export type Owned = LiveMethod & {
  readonly has: readonly Credential[];
  readonly down?: boolean;
  /** All of it was made beside what is asked. */
  readonly beside: boolean;
  /** Since when they have had the oldest of it. */
  readonly since: Instant;
  /** None of it is for this place: it is theirs, and proves nothing here. */
  readonly foreign?: true;
};

/** The methods this account has set up, in the gate's order. Every one is asked, whatever the others say. */
export async function ownedBy(handle: Handle, { methods }: Gate, account: AccountId): Promise<readonly Owned[]> {
  const owned: Owned[] = [];
  for (const method of methods.values()) {
    const credentials = await method.list(handle, account);
    if (credentials.length > 0) owned.push(asOwned(method, credentials));
  }
  return owned;
}

/** What of it is for this place. */
function takenIn(realm: string | undefined, one: Owned): Owned {
  const has = one.has.filter((credential) => isTakenIn(realm, credential));
  if (has.length === one.has.length) return one;
  return has.length > 0 ? asOwned(one, has) : { ...one, foreign: true };
}

/** As much as a rule counts of it: of several keys the best that is left. */
const countedOf = (one: Owned, ruling: Ruling): Owned =>
  ruling.distrustsSynced
    ? asOwned(
        one,
        one.has.map((credential) => ({ ...credential, best: weighed(credential.best ?? one.best, ruling) })),
      )
    : one;

/** What somebody has, by the rules of a place and with the PINs that are taken there. */
export const countedAt = (owned: readonly Owned[], realm: string | undefined, ruling: Ruling): readonly Owned[] =>
  owned.map((one) => countedOf(takenIn(realm, one), ruling));

/** What is on many devices is worth what the rule says. */
export const weighed = <Some extends Evidence>(evidence: Some, { distrustsSynced }: Ruling): Some =>
  distrustsSynced && evidence.synced ? oneFactor(evidence) : evidence;

/** As good as the best of them, and asleep only if all are. */
export function asOwned(method: LiveMethod, credentials: readonly Credential[]): Owned {
  const worths = credentials.map(({ best = method.best }) => best).sort((a, b) => levelOf([b]) - levelOf([a]));
  const all = (what: 'down' | 'beside') => credentials.every((one) => one[what] === true);
  const since = Math.min(...credentials.map(({ bound }) => bound.at)) as Instant;
  const best = worths[0] ?? method.best;
  return { ...method, has: credentials, best, since, down: all('down'), beside: all('beside') };
}

/**
 * Backup codes stand in for a second factor: without one they would be a way in of their own, and go with the last.
 * @returns how many went
 */
export async function removeStrayBackups(tx: Transaction, gate: Gate, account: AccountId): Promise<number> {
  const owned = await ownedBy(tx, gate, account);
  if (hasSecond(owned)) return 0;
  let gone = 0;
  for (const method of owned)
    if (method.role === 'backup') gone += await removeWay(tx, gate, { account, method: method.id }, 'all');
  return gone;
}

/** Do they own more than what they begin with, and what stands in for it? */
export const hasSecond = (owned: readonly Pick<Owned, 'role' | 'has'>[]): boolean =>
  owned.some(({ role, has }) => role === 'second' && has.some(({ beside }) => beside !== true));

/** Do they own anything that does not work for a page that only looks like ours? */
const hasResistant = (owned: readonly Owned[]): boolean =>
  owned.some(({ has, best: atBest }) => has.some(({ best = atBest }) => best.phishingResistant));

/**
 * Passkeys that were made beside what is asked: whoever held the password could make one. They go when it turns out that a
 * stranger may have. @param below those bound on less than this @returns how many went
 */
export async function removeBeside(tx: Transaction, gate: Gate, account: AccountId, below: Level): Promise<number> {
  let gone = 0;
  for (const { id: method, has } of await ownedBy(tx, gate, account))
    for (const { id, beside, bound } of has)
      if (beside && bound.level < below) gone += await removeWay(tx, gate, { account, method }, id);
  return gone;
}

/** Takes one of a method, or all of it, and the names that were given to it. @returns how many went */
export async function removeWay(
  tx: Transaction,
  gate: Gate,
  { account, method }: { account: AccountId; method: string },
  which: CredentialId | 'all',
): Promise<number> {
  await removeLabels(tx, { account, method }, which);
  const gone = (await gate.methods.get(method)?.remove(tx, account, which)) ?? 0;
  if (gone > 0) await noteOwned(tx, gate, account);
  return gone;
}

/** What of it is noted with the account. */
export const notedOf = (owned: readonly Owned[]): Noted => ({
  second: hasSecond(owned),
  resistant: hasResistant(owned),
});

/** Whoever has nothing but a password is to be found, and counted: said anew whenever something was bound or taken. */
export async function noteOwned(tx: Transaction, gate: Gate, account: AccountId): Promise<void> {
  await saveNoted(tx, account, notedOf(await ownedBy(tx, gate, account)));
}

/** What a person has of each method, called as they call it. */
export type Ways = ReadonlyMap<LiveMethod, readonly Credential[]>;

/** All methods that somebody may use somewhere, or has: what their own pages show. */
export async function waysOf(gate: Gate, account: Account, address: string): Promise<Ways> {
  const { id } = account;
  const { read } = gate.database;
  const labels = await listLabels(read, id);
  const rulings = rulingsAnywhere((await gate.policy(read)).policies, { ...whoseRules(account), address });
  const ways = new Map<LiveMethod, readonly Credential[]>();
  for (const method of gate.methods.values()) {
    const credentials = await method.list(read, id);
    if (credentials.length === 0 && roleAnywhere(rulings, method) === 'off') continue;
    ways.set(
      method,
      credentials.map((one) => ({ ...one, label: labels.get(one.id) ?? one.label ?? calledAfter(gate, one) })),
    );
  }
  return ways;
}

/** A PIN of a realm is called after it. */
const calledAfter = ({ realms }: Gate, { realm }: Credential): string | null =>
  realms.find(({ id }) => id === realm)?.name ?? null;

/**
 * Would taking this one leave less than some rule asks of its owner, where now there is enough? What only the person
 * themselves protects with it (`mfa-if-owned`) is theirs to give up.
 */
export async function isNeeded(
  handle: Handle,
  gate: Gate,
  { account, address }: { account: Account; address: string },
  credential: CredentialId,
): Promise<boolean> {
  const { policies } = await gate.policy(handle);
  const owned = await ownedBy(handle, gate, account.id);
  return rulingsAnywhere(policies, { ...whoseRules(account), address }).some((ruling) => {
    if (ruling.require === 'mfa-if-owned') return false;
    const asked = demandOf(ruling.require, nothingMore, 0).level;
    const worth = (left: readonly Owned[]) =>
      worthHere(
        left
          .filter((method) => roleUnder(ruling, method) !== 'off')
          .flatMap(({ has, best: atBest }) => has.map(({ best = atBest }) => weighed(best, ruling))),
      );
    return worth(owned) >= asked && worth(without(owned, credential)) < asked;
  });
}

/** What is left without this one: backup codes go with the last that they stand in for. */
function without(owned: readonly Owned[], credential: CredentialId): readonly Owned[] {
  const left = owned.map((method) => ({ ...method, has: method.has.filter(({ id }) => id !== credential) }));
  return hasSecond(left) ? left : left.filter(({ role }) => role !== 'backup');
}

/** What rules know somebody by: those who have a role are a group to them. Nobody is in no group. */
export const whoseRules = (
  account: Pick<Account, 'username' | 'groups' | 'role'> | null,
): Pick<Circumstances, 'username' | 'groups'> => ({
  username: account?.username ?? null,
  groups: account === null ? [] : account.role === null ? account.groups : [...account.groups, account.role],
});

/** Do the rules let them set up, renew and take away on their own pages? Not what is asked first: that is always theirs. */
export async function mayChange(gate: Gate, account: Account, address: string): Promise<boolean> {
  const { policies } = await gate.policy(gate.database.read);
  return rulingFor(policies, { application: null, ...whoseRules(account), address }).setUp === 'anytime';
}

export const nothingMore = { level: null, notBefore: null, withoutRecovery: false } as const;
