import { type Budget, charge, clear, refund } from '../core/throttle/store.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';

/** What a guess was charged to. */
export interface Charged {
  /** Null: it may be looked at. */
  readonly blockedUntil: Instant | null;
  /** Each with the failures it has now; what was turned away is in none. */
  readonly failures: ReadonlyMap<Budget, number>;
}

/** All budgets or, when one is blocked, none that follow; committed before anything is looked at. */
export function chargeAll(gate: Gate, budgets: readonly Budget[]): Promise<Charged> {
  return gate.database.transaction(async (tx) => {
    const failures = new Map<Budget, number>();
    let blockedUntil: Instant | null = null;
    for (const budget of budgets) {
      const charged = await charge(tx, budget, gate.clock.now(), blockedUntil === null);
      if (charged.is === 'charged') failures.set(budget, charged.failures);
      else blockedUntil ??= charged.until;
    }
    return { blockedUntil, failures };
  });
}

/** It was right: what was counted against them alone begins anew. */
export async function forgive(tx: Transaction, { failures }: Charged): Promise<void> {
  for (const [budget, now] of failures) await (budget.shared ? refund(tx, budget, now) : clear(tx, budget.key));
}

/** It was no guess: a code used before, another tab that was faster, a failure of ours. */
export function refundAll(gate: Gate, { failures }: Charged): Promise<void> {
  return gate.database.transaction(async (tx) => {
    for (const [budget, now] of failures) await refund(tx, budget, now);
  });
}
