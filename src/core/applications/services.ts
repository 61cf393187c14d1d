import { z } from 'zod';
import { beginningOf, type Instant } from '../../kernel/clock.ts';
import { clientId, peopleScopes, publicKey } from './settings.ts';

/**
 * A program that acts for nobody: it signs for itself (RFC 7523) and is given a token of its own (RFC 6749, 4.4). Somebody answers for it,
 * and its time ends. It is no person, has no browser, and its token says nothing of two factors (`docs/adr/0047`).
 */
const service = z.strictObject({
  id: clientId,
  name: z.string().min(1).describe('What people read on the pages.'),
  owner: z
    .string()
    .min(1)
    .describe(
      'The user name of whoever answers for it: while there is nobody of that name, or they are disabled, it is given nothing.',
    ),
  expires: z.iso
    .date()
    .describe('The last day on which it is given anything, as 2027-01-31, by the clock of the host.'),
  keys: z.array(publicKey).min(1).describe('Public keys (JWK) that it signs with: ES256, EdDSA, or PS256.'),
  scopes: z
    .array(
      z
        .string()
        .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/, { error: 'must be a scope (RFC 6749, 3.3)' })
        .refine((scope) => !(peopleScopes as readonly string[]).includes(scope), { error: 'is said of people only' }),
    )
    .min(1)
    .describe('What it may ask for: words that your resource servers understand. We give them no meaning.'),
});

export const serviceSettings = z.array(service).default([]);

export type Service = z.output<typeof service>;

/** From then on it is given nothing. */
export const endOf = ({ expires }: Pick<Service, 'expires'>): Instant => beginningOf(expires, 1);
