import { addEntry } from '../core/audit/store.ts';
import type { Acquaintance } from '../core/browsers/store.ts';
import type { Ruling } from '../core/policies/policy.ts';
import type { Level } from '../flow/assurance.ts';
import type { Situation } from '../flow/gather.ts';
import type { Transaction } from '../store/database.ts';
import { type Memos, memoOf } from '../store/memo.ts';
import type { Turn } from './gate.ts';
import { notice, noticeOf } from './notices.ts';
import { noteOwned } from './owned.ts';

/** Does the policy ask for a code besides one factor? Whoever goes on with a session gave it when they came. */
export function confirmsHere(
  { purpose, progress }: Turn['attempt'],
  { confirm, confirmWhenDown }: Ruling,
  acquaintance: Acquaintance | null,
): Situation['confirms'] {
  if (confirm === 'never' || purpose.ticket !== undefined || progress.confirmed) return false;
  if (confirm === 'new-browser' && acquaintance !== null) return false;
  return confirmWhenDown === 'postpone' ? 'while-up' : true;
}

/** No method is called so. */
const shelf = '(held)';

/**
 * A passkey made on one factor waits here for the code that confirms it: sealed in the attempt, and nowhere else. Until then
 * it opens nothing; it goes with the attempt, and no other browser's code confirms it.
 */
export const hold = ({ memos }: Turn['attempt'], method: string, key: string): unknown =>
  memoOf(memos, shelf).set(method, key);

/** What pages remembered is done with; what is held is not. */
export function clearPages(memos: Memos): void {
  for (const name of memos.keys()) if (name !== shelf) memos.delete(name);
}

/** The code was right: what waited for it counts from now on. */
export async function keepHeld(tx: Transaction, { gate, attempt, visit }: Turn, level: Level): Promise<void> {
  const { account, memos } = attempt;
  const held = [...memoOf(memos, shelf)];
  memos.delete(shelf);
  for (const [id, key] of held) {
    const method = gate.methods.get(id);
    if (account === null || method?.passkey === undefined) throw new Error(`${id} has nothing to be held`);
    if ((await method.passkey.keep(tx, account, key, { at: gate.clock.now(), level })) === false) continue;
    await noteOwned(tx, gate, account);
    await addEntry(tx, gate, { event: 'method.added', account, address: visit.address, detail: { method: id } });
    await notice(tx, gate, account, noticeOf(method));
  }
}
