import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const network = z
  .string()
  .refine((text) => ipaddr.isValidCIDR(text), { error: 'must be a network such as 10.0.0.0/8 or 2001:db8::/32' });

export const requirements = ['deny', 'sfa', 'mfa', 'mfa-if-owned', 'phr', 'phrh'] as const;

const rule = z.strictObject({
  name: z.string().min(1),
  /** All of what is named must hold; nothing named matches everybody. */
  when: z
    .strictObject({
      applications: z.array(z.string()).min(1).optional(),
      groups: z.array(z.string()).min(1).optional(),
      networks: z.array(network).min(1).optional(),
    })
    .prefault({}),
  require: z.enum(requirements),
  /** Second factors and backups allowed; all when left out. */
  methods: z.array(z.string()).min(1).optional(),
});

/** An ordered list; the first rule that matches decides; the last matches everybody. */
export const policySettings = z
  .array(rule)
  .min(1)
  .refine((rules) => Object.keys(rules.at(-1)?.when ?? {}).length === 0, {
    error: 'the last rule must match everybody: leave its "when" out',
  })
  .default([{ name: 'everybody', when: {}, require: 'mfa-if-owned' }]);

export type Rule = z.output<typeof rule>;
