import { z } from 'zod';
import { type Factor, factors, usualFactors } from './rules.ts';

export const duoSettings = z.strictObject({
  apiHost: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i, { error: 'must be a host name, without https://' })
    .describe('The API hostname of the application in Duo’s admin panel.'),
  integrationKey: z.string().length(20).describe('Its integration key, or client id.'),
  secretKey: z
    .string()
    .length(40)
    .describe('Its secret key. Better given by a file: `SALLYPORT_METHODS__DUO__SECRET_KEY_FILE`.'),
  mode: z
    .enum(['push', 'universal'])
    .default('push')
    .describe('`push`: pages of ours, by Duo’s Auth API. `universal`: Duo’s own page, the Universal Prompt.'),
  failMode: z
    .enum(['closed', 'open'])
    .default('closed')
    .describe(
      'While Duo does not answer: nobody is let through by it, or whoever gave a password is, as with that alone.',
    ),
  declaredMfa: z
    .boolean()
    .default(false)
    .describe('Your tenant forces biometrics or a PIN and a number to match: a push is then two proofs.'),
  allowedFactors: z
    .array(z.enum(factors as [Factor, ...Factor[]]))
    .min(1)
    .default([...usualFactors])
    .describe(
      'What is taken of all that Duo says yes to. A bypass or a remembered device proves nothing, if taken at all.',
    ),
});

export type DuoSettings = z.output<typeof duoSettings>;
