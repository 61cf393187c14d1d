import type { Account } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { type OptInId, optedOut, optIn, optOut, removeOptIns } from '../core/browsers/passwordless.ts';
import { addBrowser } from '../core/browsers/store.ts';
import { rulingsAnywhere } from '../core/policies/policy.ts';
import type { Session } from '../core/sessions/store.ts';
import { levelOf } from '../flow/assurance.ts';
import type { Gate, LiveMethod, Visit } from './gate.ts';
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

/**
 * Changes what this browser asks of its owner (P-10).
 * @returns what its cookies hold from now on; null where the person may not
 */
export async function sayOfBrowser(
  gate: Gate,
  account: Account,
  saying: Saying,
  visit: Visit,
): Promise<{ passwordless: string | null; browser?: string } | null> {
  const method = saying === 'in' ? await keepableFor(gate, account, visit.address) : null;
  if (saying === 'in' && method === null) return null;
  return gate.database.transaction(async (tx) => {
    const browser = visit.browser === null ? await addBrowser(tx, gate) : { id: visit.browser, secret: null };
    const { address, agent } = visit;
    await addEntry(tx, gate, { event: events[saying], account: account.id, address, detail: {} });
    await optOut(tx, browser.id);
    const given = { browser: browser.id, account: account.id, preparedBy: null, agent, address };
    const kept = method === null ? null : await optIn(tx, gate, { ...given, method: method.id });
    const passwordless = saying === 'out' ? optedOut : kept;
    return { passwordless, ...(browser.secret !== null && { browser: browser.secret }) };
  });
}

const events = {
  in: 'passwordless.opted-in',
  out: 'passwordless.opted-out',
  clear: 'passwordless.cleared',
} as const;

/** Another browser, from afar. @returns false when it is not theirs, or gone */
export function forgetOptIn(gate: Gate, { account }: Session, which: OptInId, { address }: Visit): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    if ((await removeOptIns(tx, account, which)) === 0) return false;
    await addEntry(tx, gate, { event: 'passwordless.cleared', account, address, detail: {} });
    return true;
  });
}
