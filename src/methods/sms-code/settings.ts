import { z } from 'zod';
import { sendLimits } from '../../otp/send-limits.ts';
import { isCountry } from './rules.ts';

/** Nothing goes anywhere until somebody says where to: left out, the method is not there. */
export const smsCodeSettings = z
  .strictObject({
    countries: z
      .array(z.string().refine(isCountry, { error: 'must be a country such as DE (ISO 3166-1)' }))
      .min(1)
      .describe(
        'Countries (ISO 3166-1, such as `DE`) whose mobile numbers get codes; the first is proposed. Codes by text message are taken only where a rule names `sms-code`.',
      ),
    blockedPrefixes: z
      .array(z.string().regex(/^\+[1-9][0-9]{1,14}$/, { error: 'must be the beginning of a number, such as +49155' }))
      .default([])
      .describe('Beginnings of numbers that get none, such as `+49155`.'),
    codeMinutes: z.int().min(1).max(10).default(5).describe('Minutes for which a code sent by text message works.'),
    dailyCeiling: z
      .int()
      .min(1)
      .default(1000)
      .describe('Codes sent by text message in a day, to all people together: what it may cost.'),
    sendLimits,
  })
  .optional();
