import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

const url = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https address' });

const origin = url.refine((given) => URL.canParse(given) && new URL(given).origin === given, {
  error: 'must be scheme, host and port, and nothing after them',
});

export const clientId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'may have a-z, 0-9, dot, dash and underscore' })
  .describe('The client_id.');

/** What an application may know of a person, or do for them (OIDC Core 5.4; `groups` and `mfa` are ours). */
export const peopleScopes = ['openid', 'profile', 'email', 'groups', 'offline_access', 'mfa'] as const;

/** What somebody signs with is theirs alone: where the private half stands too, it is refused. */
export const publicKey = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']).describe('And the rest of the key, as RFC 7517 writes it.') })
  .refine((key) => !('d' in key), { error: 'must be the public half of a key: without d' })
  .refine(isKey, { error: 'is no key: a part of it is missing, or no number it could be' });

function isKey(key: object): boolean {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/** Who answers for an application. */
export const owners = z
  .array(z.string().min(1))
  .default([])
  .describe('User names of those who answer for it: with the role `application-owner` they see it at `/admin`.');

/** An OpenID Connect client. Secrets stand in a file of their own or in the environment, see `config/load.ts`. */
const client = z.strictObject({
  id: clientId,
  name: z.string().min(1).describe('What people read on the pages.'),
  secret: z
    .string()
    .min(32, { error: 'must have at least 32 characters' })
    .optional()
    .describe('The client_secret; a public client has none.'),
  secretHashes: z
    .array(z.string().regex(/^[\w-]{43}$/, { error: 'must be a SHA-256 in base64url: 43 characters' }))
    .max(2)
    .default([])
    .describe(
      'Secrets by their SHA-256 in base64url, in place of `secret` or beside it while one follows the other: `sallyport secret` makes one.',
    ),
  authenticatesBy: z
    .enum(['secret', 'keys'])
    .default('secret')
    .describe('`keys`: by a JWT that it signs, once each (private_key_jwt, RFC 7523), and by no secret.'),
  owners,
  redirectUris: z.array(url).min(1).describe('Compared letter by letter.'),
  postLogoutRedirectUris: z.array(url).default([]).describe('Where it may send people after they sign out.'),
  backchannelLogoutUri: url.optional().describe('Told when a session that it knows of ends.'),
  firstParty: z.boolean().default(false).describe('Ours: people are not asked whether it may know who they are.'),
  scopes: z
    .array(z.enum(peopleScopes))
    .default(['openid', 'profile', 'email'])
    .describe(
      'What it may know of a person (OIDC Core 5.4; `groups` is ours), and with `mfa` change of their ways in.',
    ),
  keys: z
    .array(publicKey)
    .default([])
    .describe(
      'Public keys (JWK) that it signs with, requests (RFC 9101) or who it is (RFC 7523): ES256, EdDSA, or PS256.',
    ),
  mayName: z
    .boolean()
    .default(false)
    .describe('May say who is to sign in, by `named_user` in a signed or pushed request: nobody else gets in then.'),
  identity: z
    .strictObject({
      origins: z.array(origin).min(1).describe('Where its pages are: the only ones that are answered.'),
    })
    .optional()
    .describe('It may ask for passwords and codes in pages of its own, by `/identity/v1` (docs/identity-api.md).'),
});

/** As it is, or as a hash. */
export const hasSecret = ({
  secret,
  secretHashes,
}: {
  readonly secret?: string | undefined;
  readonly secretHashes: readonly string[];
}): boolean => secret !== undefined || secretHashes.length > 0;

export const applicationSettings = client
  .refine((given) => !given.mayName || hasSecret(given) || given.keys.length > 0, {
    error: 'must have a secret or keys, where it may name people',
    path: ['mayName'],
  })
  .refine(({ authenticatesBy, keys }) => authenticatesBy !== 'keys' || keys.length > 0, {
    error: 'must have keys, where it authenticates by them',
    path: ['keys'],
  })
  .refine((given) => given.authenticatesBy !== 'keys' || !hasSecret(given), {
    error: 'authenticates by keys: a secret would open nothing',
    path: ['secret'],
  })
  .refine((given) => given.identity === undefined || given.firstParty, {
    error: 'must be ours, where it speaks for people: its pages ask nobody what it may know',
    path: ['firstParty'],
  })
  .refine((given) => given.identity === undefined || !(hasSecret(given) || given.authenticatesBy === 'keys'), {
    error: 'must be a public client, where its pages speak: they can keep no secret',
    path: ['secret'],
  })
  .refine((given) => given.identity !== undefined || !given.scopes.includes('mfa'), {
    error: 'may have mfa only where it may speak /identity/v1',
    path: ['scopes'],
  });

export type ApplicationSettings = z.output<typeof applicationSettings>;
