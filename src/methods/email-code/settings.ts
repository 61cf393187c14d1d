import { z } from 'zod';
import { sendLimits } from '../../otp/send-limits.ts';

export const emailCodeSettings = z
  .strictObject({
    codeMinutes: z
      .int()
      .min(1)
      .max(10)
      .default(5)
      .describe(
        'Minutes for which a code sent by mail works. Such codes are taken only where a rule names `email-code`.',
      ),
    dailyCeiling: z.int().min(1).default(10_000).describe('Codes sent by mail in a day, to all people together.'),
    sendLimits,
  })
  .prefault({});
