import type { Purpose } from '../core/attempts/store.ts';
import type { Session } from '../core/sessions/store.ts';
import { type AskedLevel, acrOf, type Level, levelOf } from '../flow/assurance.ts';
import type { Instant } from '../kernel/clock.ts';
import { wouldPass } from './begin.ts';
import type { Gate, Visit } from './gate.ts';
import type { Decision } from './situation.ts';

/** What an application wants proven, in whatever words it asks. */
export interface Wanted {
  /** The levels it would take, the highest first. */
  readonly levels: readonly AskedLevel[];
  /** One of them or nothing at all. */
  readonly essential: boolean;
  readonly notBefore: Instant | null;
}

/** The request and what our flow says to it. */
export interface Settled {
  readonly wanted: Wanted;
  readonly purpose: Purpose;
  /** Null when no method that is installed could ever prove what the request insists on. */
  readonly decision: Decision | null;
}

interface Settling {
  readonly wanted: Wanted;
  readonly session: Session | null;
  readonly visit: Visit;
  purposeAt(level: AskedLevel | null): Purpose;
}

/**
 * Asks the flow for the highest wanted level that this person has a way to; a wish that nobody insists on ends in the
 * request without it, an essential one never does.
 */
export async function settleFor(gate: Gate, { wanted, session, visit, purposeAt }: Settling): Promise<Settled> {
  const best = levelOf([...gate.methods.values()].map((method) => method.best));
  const inReach: (AskedLevel | null)[] = wanted.levels.filter((level) => level <= best);
  if (!wanted.essential) inReach.push(null);
  let settled: Settled = { wanted, purpose: purposeAt(null), decision: null };
  for (const level of inReach) {
    const purpose = purposeAt(level);
    const decision = await wouldPass(gate, { session, purpose, visit });
    settled = { wanted, purpose, decision };
    if (decision.step.screen !== 'stuck') break;
  }
  return settled;
}

/** The class that is answered: the highest of those asked for that is met, else what was reached. */
export function answered({ levels }: Wanted, reached: Level): string {
  const level = levels.find((one) => one <= reached) ?? reached;
  if (level === 0) throw new Error('nobody is let through with nothing proven');
  return acrOf[level];
}
