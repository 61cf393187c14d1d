import { findAccount } from '../core/accounts/store.ts';
import type { OptInId } from '../core/browsers/passwordless.ts';
import { type BrowserId, findLatest } from '../core/browsers/store.ts';
import { maySkipPassword, type Ruling, rulingFor } from '../core/policies/policy.ts';
import type { AccountId } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, Turn } from './gate.ts';
import { type Owned, ownedBy, whoseRules } from './owned.ts';

/** Who comes back to this browser, and what is asked of them instead of a password. */
export interface Returning {
  readonly account: AccountId;
  readonly name: string;
  readonly method: string;
  /** They wished it so here; null: this browser only remembers that they came by a passkey last time. */
  readonly optIn: OptInId | null;
}

/** Null where the browser tells nobody, the person may not, or has it no more: then everybody is asked who they are. */
export async function returningTo(
  handle: Handle,
  { gate, attempt, visit }: Pick<Turn, 'gate' | 'attempt' | 'visit'>,
): Promise<Returning | null> {
  const { purpose, progress, identified } = attempt;
  const asksPassword = purpose.afresh === true || purpose.ticket !== undefined;
  if (identified || progress.notMe || asksPassword || visit.browser === null) return null;
  const remembered = await rememberedIn(handle, gate, visit.choice, visit.browser);
  if (remembered === null) return null;
  const account = await findAccount(handle, remembered.account);
  if (account === null || account.disabledAt !== null) return null;
  const owned = await ownedBy(handle, gate, account.id);
  const application = purpose.application?.id ?? null;
  const here = { ...whoseRules(account), application, address: visit.address };
  const ruling = rulingFor((await gate.policy(handle)).policies, here);
  if (remembered.optIn !== null && !mayKeepBrowser(ruling, remembered.method, here, owned)) return null;
  return owned.some(({ id }) => id === remembered.method) ? { ...remembered, name: account.username } : null;
}

type Remembered = Omit<Returning, 'name'>;

/** What was wished goes before what happened last time. */
async function rememberedIn(
  handle: Handle,
  { methods }: Gate,
  choice: Turn['visit']['choice'],
  browser: BrowserId,
): Promise<Remembered | null> {
  if (choice?.is === 'in') return { account: choice.account, method: choice.method, optIn: choice.id };
  const latest = await findLatest(handle, browser);
  const method = methods.get(latest?.lastFirst ?? '');
  return latest !== null && method?.alone === 'anywhere'
    ? { account: latest.account, method: method.id, optIn: null }
    : null;
}

/** What conditions ask of somebody's ways to sign in. */
export const traitsOf = (owned: readonly Owned[]) =>
  owned.flatMap(({ id, has }) => has.map(({ traits = [] }) => ({ method: id, traits })));

/** Whether somebody could keep a browser for this method, here. */
export const mayKeepBrowser = (
  ruling: Ruling,
  method: string,
  about: { application: string | null; groups: readonly string[]; address: string },
  owned: readonly Owned[],
): boolean => maySkipPassword(ruling, method, { ...about, owns: traitsOf(owned) });
