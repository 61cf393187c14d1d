import ipaddr from 'ipaddr.js';
import { canonical } from '../core/accounts/canonical.ts';
import { findAcquaintance } from '../core/browsers/store.ts';
import type { Budget } from '../core/throttle/store.ts';
import { hours, type Instant, minutes } from '../kernel/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import { mark } from '../kernel/seal.ts';
import { noDirectory } from '../store/directory.ts';
import type { Gate, LiveMethod, Turn, Visit } from './gate.ts';

/** All second factors of an account share one, so that no way is a way around it. */
export const secondBudget = (account: string, shutAt?: number): Budget => ({
  key: `second:${account}`,
  schedule: 'second',
  ...(shutAt !== undefined && { shutAt }),
});

/** All accounts together, as seen from one network: the hour is in its name, so that each begins anew. */
export const networkBudget = (address: string, now: Instant): Budget => ({
  key: `network:${networkOf(address)}:${Math.floor(now / hours(1))}`,
  schedule: isAsker(address) ? 'asker' : 'network',
  shared: true,
});

/** What newcomers begin, from one network: no guess, and nobody is shut out by it who signed in here before. */
export const begunBudget = (address: string, now: Instant): Budget => ({
  key: `begun:${networkOf(address)}:${Math.floor(now / minutes(10))}`,
  schedule: 'begun',
});

/** What a program does to people, or a service is given: the hour of the clock is in its name. */
export const programBudget = (program: string, now: Instant): Budget => ({
  key: `program:${program}:${Math.floor(now / hours(1))}`,
  schedule: 'program',
});

/** What programs together make be forgotten of somebody’s wrong answers. */
export const forgottenBudget = (account: AccountId): Budget => ({ key: `forgotten:${account}`, schedule: 'forgotten' });

/**
 * Which counters a guess is charged to. A browser that signed in before has a budget of its own, so that strangers who
 * guess cannot shut its owner out, neither at the account nor behind the same line; everybody else shares one for each
 * account and network, a slow one for the whole account and one for the whole network.
 */
export async function budgetsOf(
  { gate, attempt, visit }: Turn,
  { role, alone }: Pick<LiveMethod, 'role' | 'alone'>,
  met: boolean,
): Promise<readonly Budget[]> {
  // Nobody guesses a signature; and whoever knows but a name must not be able to lock its owner out with wrong ones (D10).
  if (!met && alone === 'anywhere') return [];
  const who = attempt.account ?? `nobody:${mark(gate.ring, 'unknown-name', canonical(attempt.progress.typed ?? ''))}`;
  const { read } = gate.database;
  if (role !== 'first') return [secondBudget(who, (await gate.policy(read)).guessing.lockAfter)];
  if ((await findAcquaintance(read, visit.browser, attempt.account)) !== null)
    return [{ key: `first:${who}:browser:${visit.browser}`, schedule: 'first' }];
  return [
    { key: `first:${who}:network:${networkOf(visit.address)}`, schedule: 'first' },
    { key: `first:${who}`, schedule: 'ceiling' },
    ...(gate.directory === noDirectory ? [] : [{ key: `first:${who}:directory`, schedule: 'directory' as const }]),
    networkBudget(visit.address, gate.clock.now()),
  ];
}

/**
 * Asking for a mail is no guess and shuts nobody out of anything else; it is counted so that nobody is flooded. The hour is in
 * their names: an office that forgot sixteen passwords in its life is no flood.
 */
const mailBudgets =
  (kind: 'recovery' | 'joining') =>
  ({ ring, clock }: Gate, typed: string, { address }: Visit): readonly Budget[] => {
    const hour = Math.floor(clock.now() / hours(1));
    return [
      { key: `${kind}:${mark(ring, kind, canonical(typed))}:${hour}`, schedule: 'recovery' },
      { key: `${kind}:network:${networkOf(address)}:${hour}`, schedule: 'recoveries' },
    ];
  };
export const recoveryBudgets = mailBudgets('recovery');
export const joiningBudgets = mailBudgets('joining');

/** In place of an address stands who asks (`radius:vpn`), where nobody tells from where somebody comes. */
export const isAsker = (address: string): boolean => /^[a-z]+:[a-z0-9._-]+$/.test(address);

/** The /24 or /64 an address is in: one line of one customer, as a rule. Whom nobody tells from where is counted by who asks. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return isAsker(address) ? address : 'unknown';
  const parsed = ipaddr.process(address);
  const kept = parsed.kind() === 'ipv4' ? 3 : 8;
  return parsed.toByteArray().slice(0, kept).join('.');
}
