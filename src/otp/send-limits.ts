import { days, hours, type Instant, minutes, seconds } from '../kernel/clock.ts';

/** To one place no more than so many within so long: a mailbox is not flooded, a bill not run up. */
const most = [
  { sends: 1, within: seconds(60) },
  { sends: 3, within: minutes(10) },
  { sends: 5, within: hours(1) },
  { sends: 10, within: days(1) },
] as const;

/** From one network, to everybody together: a house behind one address signs in, and nobody else's bill is run up. */
export const fromOneNetwork = { sends: 300, within: hours(1) } as const;

/** So many of the latest sends decide, none older than this. */
export const looksBack = { sends: 10, for: days(1) } as const;

/**
 * Milliseconds until another may be sent; 0: now.
 * @param sent when the latest were, the newest first
 */
export function waitAfter(sent: readonly Instant[], now: Instant): number {
  const waits = most.map(({ sends, within }) => {
    const first = sent[sends - 1];
    return first === undefined ? 0 : first + within - now;
  });
  return Math.max(0, ...waits);
}
