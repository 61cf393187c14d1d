import { z } from 'zod';
import { hours, minutes } from '../../kernel/clock.ts';

/** When wrong answers to so many accounts are no longer people who mistype. */
export const guessingSettings = z
  .strictObject({
    accounts: z.int().min(2).default(50).describe('Accounts with a wrong answer that raise the alarm.'),
    within: z.int().min(minutes(1)).max(hours(24)).default(minutes(10)).describe('In how long, in milliseconds.'),
  })
  .prefault({});

export type GuessingSettings = z.output<typeof guessingSettings>;
