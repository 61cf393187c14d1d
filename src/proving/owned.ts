import { levelOf } from '../flow/assurance.ts';
import type { AccountId, Credential } from '../methods/method.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';

/** A method somebody has set up, and no better than what they have of it. */
export type Owned = LiveMethod & { readonly down?: boolean };

/** The methods this account has set up, in the gate's order. Every one is asked, whatever the others say. */
export async function ownedBy(handle: Handle, { methods }: Gate, account: AccountId): Promise<readonly Owned[]> {
  const owned: Owned[] = [];
  for (const method of methods.values()) {
    const credentials = await method.list(handle, account);
    if (credentials.length > 0) owned.push(asOwned(method, credentials));
  }
  return owned;
}

/** As good as the best of them, and asleep only if all are. */
function asOwned(method: LiveMethod, credentials: readonly Credential[]): Owned {
  const worths = credentials.map(({ best = method.best }) => best).sort((a, b) => levelOf([b]) - levelOf([a]));
  return { ...method, best: worths[0] ?? method.best, down: credentials.every(({ down }) => down === true) };
}

/**
 * Backup codes stand in for a second factor: without one they would be a way in of their own, and go with the last.
 * @returns how many went
 */
export async function removeStrayBackups(tx: Transaction, gate: Gate, account: AccountId): Promise<number> {
  const owned = await ownedBy(tx, gate, account);
  if (owned.some(({ role }) => role === 'second')) return 0;
  let gone = 0;
  for (const method of owned) if (method.role === 'backup') gone += await method.remove(tx, account, 'all');
  return gone;
}
