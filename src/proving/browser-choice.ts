import { type Account, findAccountByName } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { type OptInId, optedOut, optIn, optOut, removeOptIns } from '../core/browsers/passwordless.ts';
import { addBrowser } from '../core/browsers/store.ts';
import { rulingsAnywhere } from '../core/policies/policy.ts';
import { mayDo } from '../core/roles/roles.ts';
import type { Session } from '../core/sessions/store.ts';
import { levelOf } from '../flow/assurance.ts';
import type { AccountId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate, LiveMethod, Visit } from './gate.ts';
import { notice } from './notices.ts';
import { ownedBy, whoseRules } from './owned.ts';
import { mayKeepBrowser } from './returning.ts';

/** What a person says of this browser: it goes on without a password, it is to ask for it, or nothing. */
export type Saying = 'in' | 'out' | 'clear';

/** What this browser would ask somebody for instead of the password; null where they may not, or have nothing for it. */
export async function keepableFor(gate: Gate, account: Account, address: string): Promise<LiveMethod | null> {
  const { read } = gate.database;
  const here = { ...whoseRules(account), address };
  const rulings = rulingsAnywhere((await gate.policy(read)).policies, here);
  const owned = await ownedBy(read, gate, account.id);
  const fits = owned.filter(
    ({ id, alone, best }) =>
      alone !== undefined &&
      levelOf([best]) > 1 &&
      rulings.some((ruling) => mayKeepBrowser(ruling, id, { ...here, application: null }, owned)),
  );
  return fits[0] ?? null;
}

/** What a browser's cookies hold from now on. */
interface Kept {
  readonly passwordless: string | null;
  readonly browser?: string;
}

/** Changes what this browser asks of its owner (P-10). @returns null where the person may not */
export async function sayOfBrowser(gate: Gate, account: Account, say: Saying, visit: Visit): Promise<Kept | null> {
  const method = say === 'in' ? await keepableFor(gate, account, visit.address) : null;
  if (say === 'in' && method === null) return null;
  return gate.database.transaction((tx) => keep(tx, gate, { say, account: account.id, method, by: null }, visit));
}

/**
 * Prepares this browser for somebody, as an administrator who sits before it (P-11). What holds for that person holds here
 * too, and nobody who has a say in the house is helped, oneself least of all. They are told.
 * @returns null where there is no such person, or it is not open to them
 */
export async function prepareBrowser(
  gate: Gate,
  administrator: Account,
  { say, username }: { say: Saying; username: string },
  visit: Visit,
): Promise<Kept | null> {
  const { id: by } = administrator;
  const kept = visit.choice?.is === 'in' ? visit.choice.account : by;
  if (say !== 'in')
    return gate.database.transaction((tx) => keep(tx, gate, { say, account: kept, method: null, by }, visit));
  const person = await findAccountByName(gate.database.read, username);
  if (person === null || person.disabledAt !== null || !mayDo(administrator, 'prepare-browser', person)) return null;
  const method = await keepableFor(gate, person, visit.address);
  if (method === null) return null;
  return gate.database.transaction(async (tx) => {
    await notice(tx, gate, person.id, 'browser-prepared');
    return keep(tx, gate, { say, account: person.id, method, by }, visit);
  });
}

const events = {
  in: 'passwordless.opted-in',
  out: 'passwordless.opted-out',
  clear: 'passwordless.cleared',
} as const;

interface Said {
  readonly say: Saying;
  readonly account: AccountId;
  readonly method: LiveMethod | null;
  /** Who said it, where that is not its owner. */
  readonly by: AccountId | null;
}

async function keep(tx: Transaction, gate: Gate, { say, account, method, by }: Said, visit: Visit): Promise<Kept> {
  const browser = visit.browser === null ? await addBrowser(tx, gate) : { id: visit.browser, secret: null };
  const { address, agent } = visit;
  await addEntry(tx, gate, { event: events[say], account, actor: by ?? account, address, detail: {} });
  await optOut(tx, browser.id);
  const given = { browser: browser.id, account, preparedBy: by, agent, address };
  const kept = method === null ? null : await optIn(tx, gate, { ...given, method: method.id });
  return { passwordless: say === 'out' ? optedOut : kept, ...(browser.secret !== null && { browser: browser.secret }) };
}

/** Another browser, from afar. @returns false when it is not theirs, or gone */
export function forgetOptIn(gate: Gate, { account }: Session, which: OptInId, { address }: Visit): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    if ((await removeOptIns(tx, account, which)) === 0) return false;
    await addEntry(tx, gate, { event: 'passwordless.cleared', account, address, detail: {} });
    return true;
  });
}
