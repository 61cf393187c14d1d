import { z } from 'zod';
import { isAddress, isNetwork } from '../../kernel/networks.ts';
import { languages } from '../../ui/language.ts';

const client = z.strictObject({
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
  application: z
    .string()
    .optional()
    .describe('The application, or site, by whose rules it is decided; its own id, when left out.'),
  pass: z
    .enum(['password', 'code'])
    .default('password')
    .describe(
      'What `pass` holds. `password`: a password, and behind it a code where there is one. `code`: a code alone, for it asks for the password itself.',
    ),
  codeDigits: z.int().min(6).max(8).default(6).describe('How many digits behind a password are a code.'),
  tellsAddress: z
    .boolean()
    .default(false)
    .describe(
      'Its `client` is the address somebody comes from. Else nobody knows it, and of rules for networks the strictest counts.',
    ),
  language: z.enum(languages).default('en').describe('In which it speaks to people.'),
});

/** Plugins that were written for privacyIDEA: `docs/privacyidea.md`. */
export const pluginSettings = z.strictObject({
  clients: z.array(client).min(1).describe('Who may ask.'),
});

export type Plugin = z.output<typeof client>;
