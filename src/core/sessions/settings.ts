import { z } from 'zod';
import { days, hours, minutes } from '../../kernel/clock.ts';

const duration = (byDefault: number, most: number) => z.number().int().min(minutes(1)).max(most).default(byDefault);

/** NIST SP 800-63B-4, 2.1.3 and 2.2.3; in milliseconds. */
export const sessionSettings = z
  .strictObject({
    oneFactor: z
      .strictObject({ overall: duration(days(30), days(30)), idle: duration(days(30), days(30)) })
      .prefault({}),
    twoFactors: z
      .strictObject({ overall: duration(hours(24), hours(24)), idle: duration(hours(1), hours(24)) })
      .prefault({}),
  })
  .prefault({});

export type SessionSettings = z.output<typeof sessionSettings>;
