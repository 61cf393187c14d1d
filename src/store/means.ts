import type { Chance } from '../kernel/chance.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Fetch } from '../kernel/network.ts';
import type { KeyRing } from '../kernel/seal.ts';
import type { Skew } from '../kernel/skew.ts';
import type { SlowHash } from '../kernel/slow-hash.ts';
import type { Tally } from '../kernel/tally.ts';
import type { Database } from './database.ts';
import type { Directory } from './directory.ts';
import type { Outbox } from './outbox.ts';

/** What everything that keeps something needs, handed in from the top. */
export interface Means {
  readonly database: Database;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ring: KeyRing;
  readonly hash: SlowHash;
  /** How far our clock is from the database's. */
  readonly skew: Skew;
  /** Where people reach us. */
  readonly publicUrl: URL;
  /** How others are reached. */
  readonly fetch: Fetch;
  /** What happened so far, for the metrics. */
  readonly tally: Tally;
  /** What is owed to people by mail and SMS. */
  readonly outbox: Outbox;
  /** Who keeps people in our place. */
  readonly directory: Directory;
}
