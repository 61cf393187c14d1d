import { z } from 'zod';
import { days, hours, minutes } from '../../kernel/clock.ts';

const limit = (byDefault: number, most: number) => z.int().min(minutes(1)).max(most).default(byDefault);
const overall = (byDefault: number, most: number) =>
  limit(byDefault, most).describe('Milliseconds from the proof to the end, whatever happens.');
const idle = (byDefault: number, most: number) =>
  limit(byDefault, most).describe('Milliseconds without a request to the end.');

/** NIST SP 800-63B-4, 2.1.3 and 2.2.3; in milliseconds. */
export const sessionSettings = z
  .strictObject({
    oneFactor: z.strictObject({ overall: overall(days(30), days(30)), idle: idle(days(30), days(30)) }).prefault({}),
    twoFactors: z
      .strictObject({ overall: overall(hours(24), hours(24)), idle: idle(hours(1), hours(24)) })
      .prefault({}),
  })
  .prefault({});

export type SessionSettings = z.output<typeof sessionSettings>;
export type Limits = SessionSettings['oneFactor'];
