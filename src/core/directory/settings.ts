import { z } from 'zod';
import { oneSource } from '../../config/secret.ts';
import { kinds } from './entries.ts';

const dn = z
  .string()
  .regex(/^[^=,]+=.+$/u, { error: 'must be a distinguished name such as ou=people,dc=example,dc=org' });
const server = z.string().regex(/^ldaps?:\/\/[^/?#@\s]+$/, { error: 'must be ldaps://HOST or ldap://HOST' });
const password = oneSource('password');

/** Where people and their passwords are kept, if not here (RFC 4511). */
export const directorySettings = z
  .strictObject({
    kind: z
      .enum(Object.keys(kinds) as [keyof typeof kinds])
      .default('openldap')
      .describe('Which attributes say who somebody is, and whether they are kept out.'),
    servers: z
      .array(server)
      .min(1)
      .max(8)
      .describe(
        '`ldaps://HOST`, or `ldap://HOST`, which is spoken to after StartTLS alone. The next one when one is down.',
      ),
    ca: z.string().optional().describe('A PEM file: authorities believed for it besides the system’s.'),
    user: dn.describe('Who we are there: somebody who may read people and groups, and nothing else.'),
    password: z.string().min(1).optional().describe('With which password.'),
    passwordFile: z.string().optional().describe('A file that holds it.'),
    people: dn.describe('Under which entry people are.'),
    groups: dn.optional().describe('Under which entry groups are; nobody is in any, when left out.'),
    filter: z
      .string()
      .regex(/^\(.+\)$/, { error: 'must be a filter such as (memberOf=cn=staff,ou=groups,dc=example,dc=org)' })
      .optional()
      .describe('Of these people, who may sign in (RFC 4515); all, when left out.'),
  })
  .refine(password.check, password.error)
  .refine((given) => given.password !== undefined || given.passwordFile !== undefined, {
    error: 'give password or passwordFile',
  });

export type DirectorySettings = z.output<typeof directorySettings>;
