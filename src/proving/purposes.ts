import type { Purpose } from '../core/attempts/store.ts';
import { minutes, shift } from '../kernel/clock.ts';
import { firstMethod, type Gate } from './gate.ts';

/** What it takes to see one's own pages: what the policy asks, as for an application. */
export const accountPage = (returnTo: string): Purpose => ({
  application: null,
  ask: { level: null, notBefore: null, withoutRecovery: false },
  wanted: null,
  act: null,
  returnTo,
});

/** What a change to one's own ways in takes: the strongest proof one owns, of minutes ago. */
export function purposeOf(
  gate: Gate,
  given: Pick<Purpose, 'act' | 'wanted' | 'afresh' | 'returnTo'> & { takesAway: boolean },
): Purpose {
  const { takesAway, ...rest } = given;
  const notBefore = shift(gate.clock.now(), -minutes(5));
  return { ...rest, application: null, ask: { level: 'owned', notBefore, withoutRecovery: takesAway } };
}

/** Is it the way back of whoever forgot their password? */
export const recovers = (gate: Gate, { ticket }: Purpose): boolean => ticket === firstMethod(gate).id;
