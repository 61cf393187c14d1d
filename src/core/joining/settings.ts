import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { canonical } from '../accounts/canonical.ts';

const domain = z
  .string()
  .transform((given) => domainToASCII(given))
  .refine((given) => readable.test(given), { error: 'must be a domain like example.org' });
const readable = /^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/;

/** Whether people may make accounts for themselves, and which. */
export const joiningSettings = z
  .strictObject({
    offered: z.boolean().default(false).describe('Shows “Create an account” to whoever is not known. It goes by mail.'),
    domains: z
      .array(domain)
      .default([])
      .describe('Only addresses at these domains, and none below them. Left out: any address.'),
    groups: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'The groups of whoever makes an account for themselves: name one, and rules of the policy can tell them.',
      ),
    linkHours: z.int().min(1).max(72).default(24).describe('Hours for which the link in the mail works.'),
  })
  .prefault({});

export type JoiningSettings = z.output<typeof joiningSettings>;

/** Does an address, as it is looked up, belong to those who may? */
export const mayJoin = ({ domains }: JoiningSettings, address: string): boolean =>
  domains.length === 0 || domains.includes(canonical(address.slice(address.lastIndexOf('@') + 1)));
