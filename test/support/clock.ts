import type { Clock, Instant } from '../../src/kernel/clock.ts';

/** A clock whose hands the test turns. It starts on a minute, so that a code lives its whole 30 seconds. */
export interface TestClock extends Clock {
  pass(milliseconds: number): void;
}

export function testClock(start = Date.UTC(2026, 0, 15, 9, 0, 0)): TestClock {
  let now = start;
  return {
    now: () => now as Instant,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}
