import type { Account } from '../core/accounts/store.ts';
import { demandOf, rulingFor } from '../core/policies/policy.ts';
import { type Level, worthHere } from '../flow/assurance.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Handle } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { nothingMore, ownedBy, whoseRules } from './owned.ts';

/** How somebody was let in once. */
export interface LetIn {
  readonly application: string;
  readonly address: string;
  readonly level: Level;
  readonly at: Instant;
}

/** Whoever proved so much meets `mfa-if-owned`, whatever they own. */
const most: Level = 4;

/**
 * Would the policy of this moment let them in on what they had proven, at the place where they stood? Nobody is there to be
 * asked for more. What they have set up since is asked for when they come again, not of what they gave before.
 */
export async function isStillEnough(
  handle: Handle,
  gate: Gate,
  account: Account,
  { application, address, level, at }: LetIn,
): Promise<boolean> {
  const { policies } = await gate.policy(handle);
  const { require } = rulingFor(policies, { application, address, ...whoseRules(account) });
  if (require === 'deny') return false;
  if (demandOf(require, nothingMore, most).level <= level) return true;
  const owned = (await ownedBy(handle, gate, account.id)).filter(({ beside, since }) => !beside && since < at);
  return demandOf(require, nothingMore, worthHere(owned.map(({ best }) => best))).level <= level;
}
