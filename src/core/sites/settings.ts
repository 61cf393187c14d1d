import { z } from 'zod';
import { address } from '../../config/address.ts';
import { owners } from '../applications/settings.ts';

const siteRule = z
  .strictObject({
    paths: z
      .array(z.string().regex(/^\/[\w./~-]*$/, { error: 'must be a path such as /admin, without a pattern' }))
      .min(1)
      .default(['/'])
      .describe('What it is about: each path with all below it.'),
    methods: z
      .array(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']))
      .min(1)
      .optional()
      .describe('By which methods; any, when left out. GET is HEAD too.'),
    require: z.enum(['mfa', 'phr', 'phrh']).optional().describe('What is asked beyond the policy.'),
    withinMinutes: z.int().min(1).max(1440).optional().describe('How long ago it may have been proven.'),
  })
  .refine(({ require, withinMinutes }) => require !== undefined || withinMinutes !== undefined, {
    error: 'must ask for something: require, withinMinutes or both',
  });

/** An application that knows nothing of us, behind a proxy that asks us about every request (`docs/adr/0025`). */
export const siteSettings = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'may have a-z, 0-9, dot, dash and underscore' })
    .describe('What policies call it, among the ids of applications.'),
  name: z.string().min(1).describe('What people read on the pages.'),
  owners,
  origin: address.describe('Where people reach it: a host of its own.'),
  rules: z
    .array(siteRule)
    .default([])
    .describe('Where more is asked than the policy asks. Of all that match, the strictest counts.'),
});

export type Site = z.output<typeof siteSettings>;
