import type { AccountId } from '../methods/method.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';

/** The methods this account has set up, in the gate's order. Every one is asked, whatever the others say. */
export async function ownedBy(handle: Handle, { methods }: Gate, account: AccountId): Promise<readonly LiveMethod[]> {
  const owned: LiveMethod[] = [];
  for (const method of methods.values()) if ((await method.list(handle, account)).length > 0) owned.push(method);
  return owned;
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
