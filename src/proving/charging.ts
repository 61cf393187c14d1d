import { type Budget, charge, refund } from '../core/throttle/store.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Gate } from './gate.ts';

/** All budgets or, when one is blocked, none that follow; committed before anything is looked at. @returns the block */
export function chargeAll(gate: Gate, budgets: readonly Budget[]): Promise<Instant | null> {
  return gate.database.transaction(async (tx) => {
    for (const budget of budgets) {
      const charged = await charge(tx, budget, gate.clock.now());
      if (charged.is === 'blocked') return charged.until;
    }
    return null;
  });
}

/** It was no guess: a code used before, another tab that was faster, a failure of ours. */
export function refundAll(gate: Gate, budgets: readonly Budget[]): Promise<void> {
  return gate.database.transaction(async (tx) => {
    for (const budget of budgets) await refund(tx, budget);
  });
}
