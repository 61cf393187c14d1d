import { z } from 'zod';

const url = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https address' });

/** An OpenID Connect client. Secrets stand in a file of their own or in the environment, see `config/load.ts`. */
export const applicationSettings = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'may have a-z, 0-9, dot, dash and underscore' }),
  name: z.string().min(1),
  secret: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  redirectUris: z.array(url).min(1),
  postLogoutRedirectUris: z.array(url).default([]),
  backchannelLogoutUri: url.optional(),
  /** Ours: people are not asked whether it may know who they are. */
  firstParty: z.boolean().default(false),
  /** What it may know of a person (OIDC Core 5.4; `groups` is ours). */
  scopes: z
    .array(z.enum(['openid', 'profile', 'email', 'groups', 'offline_access']))
    .default(['openid', 'profile', 'email']),
});

export type ApplicationSettings = z.output<typeof applicationSettings>;
