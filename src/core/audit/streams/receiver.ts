import type { Told } from '../told.ts';

/** Where entries go. */
export interface Receiver {
  /** As many at a time as it takes within a minute, also when it is slow. */
  readonly batch: number;
  /** Takes them in their order. @throws when some were not taken: all of them are told again */
  take(entries: readonly Told[]): Promise<void>;
}
