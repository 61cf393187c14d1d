import { z } from 'zod';
import { days, hours, type Instant, minutes } from '../kernel/clock.ts';

/** So many of the latest sends decide, none older than this. */
export const looksBack = { sends: 100, for: days(1) } as const;

/** To one place, or for one person, no more than so many within so long. */
export interface SendLimit {
  readonly sends: number;
  readonly withinMinutes: number;
}

/** A mailbox is not flooded, a bill not run up. */
export const usualLimits: readonly SendLimit[] = [
  { sends: 1, withinMinutes: 1 },
  { sends: 3, withinMinutes: 10 },
  { sends: 5, withinMinutes: 60 },
  { sends: 10, withinMinutes: 24 * 60 },
];

export const sendLimits = z
  .array(
    z.strictObject({
      sends: z.int().min(1).max(looksBack.sends).describe('So many codes to one place, or for one person,'),
      withinMinutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .describe('within so many minutes.'),
    }),
  )
  .min(1)
  .default([...usualLimits])
  .describe('How often codes may be asked for. Left out: 1 in a minute, 3 in ten, 5 in an hour, 10 in a day.');

/** From one network, to everybody together: a house behind one address signs in, and nobody else's bill is run up. */
export const fromOneNetwork = { sends: 300, within: hours(1) } as const;

/**
 * Milliseconds until another may be sent; 0: now.
 * @param sent when the latest were, the newest first
 */
export function waitAfter(sent: readonly Instant[], now: Instant, limits: readonly SendLimit[]): number {
  const waits = limits.map(({ sends, withinMinutes }) => {
    const first = sent[sends - 1];
    return first === undefined ? 0 : first + minutes(withinMinutes) - now;
  });
  return Math.max(0, ...waits);
}
