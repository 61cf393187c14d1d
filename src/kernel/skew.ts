import { seconds } from './clock.ts';

/** How far our clock is from the database's, in milliseconds; whoever watches it writes it here. */
export class Skew {
  milliseconds = 0;

  get worthTelling(): boolean {
    return Math.abs(this.milliseconds) > seconds(5);
  }

  /** Codes that rest on the time cannot be told right from wrong. */
  get tooFar(): boolean {
    return Math.abs(this.milliseconds) > seconds(30);
  }
}

/** Nobody's answer is at fault: the caller answers 503 and counts nothing. */
export class ClockAstray extends Error {
  override readonly name = 'ClockAstray';
}
