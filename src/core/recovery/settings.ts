import { z } from 'zod';

/** How somebody who forgot their password comes to another one. */
export const recoverySettings = z
  .strictObject({
    offered: z.boolean().default(true).describe('Shows “Forgot your password?”. It goes by mail.'),
    linkMinutes: z.int().min(5).max(30).default(15).describe('Minutes for which the link in the mail works.'),
    waitHours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .describe(
        'Hours that somebody waits who has nothing but their mail; they are told at once, and may stop it. 0: nobody gets in that way.',
      ),
  })
  .prefault({});

export type RecoverySettings = z.output<typeof recoverySettings>;
