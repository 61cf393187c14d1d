import { z } from 'zod';
import { hours, minutes } from '../../kernel/clock.ts';

/** When wrong answers are no longer somebody who mistypes: at one account, and at many. */
export const guessingSettings = z
  .strictObject({
    accounts: z.int().min(2).default(50).describe('Accounts with a wrong answer that raise the alarm.'),
    lockAfter: z
      .int()
      .min(3)
      .max(100)
      .default(100)
      .describe('Wrong second factors in a row after which an account takes none until somebody unlocks it.'),
    within: z.int().min(minutes(1)).max(hours(24)).default(minutes(10)).describe('In how long, in milliseconds.'),
  })
  .prefault({});
