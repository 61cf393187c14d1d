import type { Chance } from '../kernel/chance.ts';
import type { Clock } from '../kernel/clock.ts';
import type { KeyRing } from '../kernel/seal.ts';
import type { SlowHash } from '../kernel/slow-hash.ts';
import type { Database } from './database.ts';

/** What everything that keeps something needs, handed in from the top. */
export interface Means {
  readonly database: Database;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ring: KeyRing;
  readonly hash: SlowHash;
}
