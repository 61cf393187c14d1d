import { type AccountId, findAccount } from '../core/accounts/store.ts';
import type { Attempt } from '../core/attempts/store.ts';
import { realmAt } from '../core/realms/settings.ts';
import type { Subject } from '../methods/method.ts';
import { memoOf } from '../store/memo.ts';
import { agentIn } from '../ui/agent.ts';
import { isAsker, networkOf } from './budgets.ts';
import type { Gate, Turn } from './gate.ts';
import { realmFor } from './realms.ts';

/** Whom a method is asked about, and its own memory of this attempt. */
export const subjectOf = async (
  { gate, attempt, visit }: Omit<Turn, 'secret'>,
  method: string,
  unproven?: Subject['unproven'],
): Promise<Subject> => ({
  account: attempt.account,
  name: await nameOf(gate, attempt),
  memo: memoOf(attempt.memos, method),
  language: visit.language,
  agent: agentIn(visit.agent),
  // Where nobody tells from where they come, no line is one person's.
  ...(!isAsker(visit.address) && { address: visit.address, network: networkOf(visit.address) }),
  ...(attempt.purpose.application !== null && { application: attempt.purpose.application.name }),
  ...(await realmIn(gate, attempt)),
  returnTo: new URL(`/sign-in/${attempt.id}/return/${method}`, gate.publicUrl).href,
  ...(unproven !== undefined && { unproven }),
});

/** Nobody is read for like anybody. */
async function realmIn(gate: Gate, { account, purpose: { application } }: Attempt): Promise<{ realm?: string }> {
  if (application === null) return {};
  const wanted = realmAt(gate.realms, application.id);
  return { realm: await realmFor(gate.database.read, gate, account ?? ('' as AccountId), wanted) };
}

/** What the person is called on the page: what they typed, or what their session knows. */
export async function nameOf(gate: Gate, attempt: Attempt): Promise<string> {
  if (attempt.progress.typed !== null || attempt.account === null) return attempt.progress.typed ?? '';
  return (await findAccount(gate.database.read, attempt.account))?.username ?? '';
}
