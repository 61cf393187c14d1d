import type { AccountId } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, LiveMethod, Turn } from './gate.ts';

/** With so many codes left it is time for new ones. */
export const runningOut = 3;

/** The codes somebody keeps for bad days, where they are running out; null where they are not. */
export async function findRunningOut(
  handle: Handle,
  { methods }: Gate,
  account: AccountId,
): Promise<{ method: LiveMethod; left: number } | null> {
  for (const method of methods.values())
    for (const { left } of method.role === 'backup' ? await method.list(handle, account) : [])
      if (left !== null && left <= runningOut) return { method, left };
  return null;
}

/** The page about somebody's codes, from which they go on. */
export const byWayOfCodes = (to: string): string => `/codes?to=${encodeURIComponent(to)}`;

/** Where whoever is let through goes: by way of a page about their codes, if they have just used one of the last. */
export async function onwardsOf(handle: Handle, { gate, attempt }: Turn, account: AccountId): Promise<string> {
  const { returnTo } = attempt.purpose;
  const usedOne = attempt.progress.proofs.some(({ recovery }) => recovery);
  const few = usedOne && (await findRunningOut(handle, gate, account)) !== null;
  return few ? byWayOfCodes(returnTo) : returnTo;
}
