import { z } from 'zod';
import { oneSource } from '../../config/secret.ts';
import { isAddress, isNetwork } from '../../kernel/networks.ts';
import { languages } from '../../ui/language.ts';

const secret = oneSource('secret');

/** RFC 2865, 3: at least 16 octets; whoever hears a packet may guess at it for as long as they like. */
export const shortest = 16;

const client = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'may have a-z, 0-9, dot, dash and underscore' })
      .describe('What the log calls it, and policies among the ids of applications.'),
    name: z.string().min(1).max(64).describe('What people read of it.'),
    networks: z
      .array(
        z.string().refine((text) => isAddress(text) || isNetwork(text), { error: 'must be an address or a network' }),
      )
      .min(1)
      .describe('From where it asks: addresses or networks. Nobody else is answered.'),
    secret: z
      .string()
      .min(shortest, { error: `must have at least ${shortest} characters` })
      .optional()
      .describe('What it shares with us, and with nobody else.'),
    secretFile: z.string().optional().describe('A file that holds it.'),
    application: z
      .string()
      .optional()
      .describe('The application, or site, by whose rules it is decided; its own id, when left out.'),
    code: z
      .enum(['challenge', 'appended'])
      .default('challenge')
      .describe(
        '`challenge`: a code is asked for after the password. `appended`: it is typed behind it, in one field.',
      ),
    codeDigits: z.int().min(6).max(8).default(6).describe('How many digits are the code, where it is `appended`.'),
    tellsAddress: z
      .boolean()
      .default(false)
      .describe(
        'Its Calling-Station-Id is the address somebody comes from. Else nobody knows it, and of rules for networks the strictest counts.',
      ),
    language: z.enum(languages).default('en').describe('In which it speaks to people.'),
  })
  .refine(secret.check, { error: secret.error })
  .refine(({ secret: given, secretFile }) => (given ?? secretFile) !== undefined, {
    error: 'give secret or secretFile: nobody would be answered',
  });

export type RadiusClient = z.output<typeof client>;

/** Who asks by RADIUS (RFC 2865), passwords in the clear within it (PAP) and nothing else: `docs/radius.md`. */
export const radiusSettings = z.strictObject({
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('The address to listen at, by UDP.'),
      port: z.int().min(0).max(65_535).default(1812).describe('The port to listen at.'),
    })
    .prefault({}),
  clients: z.array(client).min(1).describe('Who may ask: VPNs, switches, and whatever else speaks RADIUS.'),
});

export type RadiusSettings = z.output<typeof radiusSettings>;
