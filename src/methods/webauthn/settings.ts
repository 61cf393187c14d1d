import { z } from 'zod';

/** The names of RFC 9053 and RFC 8812 with their numbers. */
export const algorithms = { EdDSA: -8, ES256: -7, ES384: -35, ES512: -36, RS256: -257 } as const;

const isOrigin = (url: string): boolean => URL.canParse(url) && new URL(url).origin === url;

const domain = z.string().regex(/^[a-z0-9-]+([.][a-z0-9-]+)*$/);

const aaguid = z.uuid().toLowerCase();

export const webauthnSettings = z
  .strictObject({
    name: z.string().min(1).max(64).default('Sallyport').describe('What the browser calls us while it asks for a key.'),
    rpId: domain
      .optional()
      .describe(
        'The domain that keys belong to: the host of `publicUrl`, or a domain above it that is yours alone. Keys know no other: when Sallyport moves, leave the old one here, or name it in `formerRpIds` (see `docs/moving.md`).',
      ),
    formerRpIds: z
      .array(domain)
      .default([])
      .describe(
        'Domains that keys belonged to before, the last one first. Whoever has one is asked for it after their name, and offered one of today’s once they are in.',
      ),
    relatedOrigins: z
      .array(z.url({ protocol: /^https$/ }).refine(isOrigin, { error: 'must be an origin: https://host, and no path' }))
      .max(5, { error: 'browsers look at no more than five' })
      .default([])
      .describe(
        'Places beside that domain whose pages may ask for its keys (WebAuthn 3, 5.11). What `/.well-known/webauthn` says here, the web server of that domain has to say too.',
      ),
    devices: z
      .array(z.enum(['this-device', 'security-key']))
      .min(1)
      .default(['this-device', 'security-key'])
      .describe('What may be set up: what is built into a device, keys to carry along, or both.'),
    firstPage: z
      .enum(['username-first', 'button', 'autofill', 'passkey-only'])
      .default('autofill')
      .describe(
        'What the page that asks who somebody is does for passkeys: nothing before the name; a button beside it; the button, and the list the browser opens under the name; the passkey first, and the name for whoever asks for another way.',
      ),
    userVerification: z
      .enum(['required', 'preferred', 'discouraged'])
      .default('preferred')
      .describe('Whether a PIN, a finger or a face is asked for besides the touch.'),
    algorithms: z
      .array(z.enum(Object.keys(algorithms) as (keyof typeof algorithms)[]))
      .min(1)
      .default(['EdDSA', 'ES256', 'ES384', 'RS256'])
      .describe('How keys may sign, the preferred first.'),
    attestation: z
      .enum(['none', 'direct'])
      .default('none')
      .describe('`direct` asks a key who made it. Only so can one count as hardware-protected (`phrh`).'),
    metadataFile: z
      .string()
      .optional()
      .describe('What the FIDO Metadata Service says of makers: its BLOB, or a JSON list of metadata statements.'),
    metadataRoots: z
      .string()
      .optional()
      .describe(
        'Certificates (PEM) that the BLOB has to be signed under; a BLOB needs them, a list of yours does not.',
      ),
    metadataNumber: z
      .int()
      .min(0)
      .default(0)
      .describe('The least serial number of the BLOB: one that is older knows less of what went wrong since.'),
    allow: z
      .array(aaguid)
      .optional()
      .describe(
        'The only models that may be set up, by AAGUID; takes `attestation: direct` and metadata to tell them.',
      ),
    deny: z.array(aaguid).default([]).describe('Models that may not be set up, by AAGUID.'),
  })
  .refine(({ allow, attestation, metadataFile }) => allow === undefined || (attestation === 'direct' && metadataFile), {
    message: 'A list of allowed models takes `attestation: direct` and a `metadataFile`: anybody can claim an AAGUID.',
    path: ['allow'],
  })
  .prefault({});

export type WebauthnSettings = z.output<typeof webauthnSettings>;
export type Device = WebauthnSettings['devices'][number];
