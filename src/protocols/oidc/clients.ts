import type { ClientMetadata, JWK, Provider } from 'oidc-provider';
import { type ApplicationSettings, hasSecret } from '../../core/applications/settings.ts';
import { sameText } from '../../kernel/bytes.ts';
import { hashOf } from '../../kernel/ids.ts';

/** What oidc-provider is told of an application. */
export const clientOf = (application: ApplicationSettings): ClientMetadata => ({
  client_id: application.id,
  client_name: application.name,
  ...authenticationOf(application),
  redirect_uris: [...application.redirectUris],
  post_logout_redirect_uris: [...application.postLogoutRedirectUris],
  ...(application.backchannelLogoutUri !== undefined && {
    backchannel_logout_uri: application.backchannelLogoutUri,
    backchannel_logout_session_required: true,
  }),
  grant_types: ['authorization_code', ...(application.scopes.includes('offline_access') ? ['refresh_token'] : [])],
  response_types: ['code'],
  response_modes: [...responseModes],
  scope: ['openid', ...application.scopes.filter((scope) => scope !== 'openid')].join(' '),
  require_auth_time: true,
  jwks: { keys: [...application.keys] as JWK[] },
});

export const responseModes = ['query'] as const;

/** How an application proves which one it is, where it has something to prove it with (OpenID Connect Core, 9). */
function authenticationOf(application: ApplicationSettings): Partial<ClientMetadata> {
  if (application.authenticatesBy === 'keys') return { token_endpoint_auth_method: 'private_key_jwt' };
  if (!hasSecret(application)) return { token_endpoint_auth_method: 'none' };
  // It is asked to have one, and none is kept: what is shown is compared by its hash.
  return { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'kept as a hash, and compared by it' };
}

/** Any of the secrets an application has at the moment opens: two, while one follows the other. */
export function compareByHash(provider: Provider, applications: readonly ApplicationSettings[]): void {
  const hashes = new Map(applications.map((application) => [application.id, hashesOf(application)]));
  const client = provider.Client.prototype as { clientId: string; compareClientSecret(shown: string): boolean };
  client.compareClientSecret = function (shown) {
    const given = hashOf(shown);
    return (hashes.get(this.clientId) ?? []).some((hash) => sameText(hash, given));
  };
}

const hashesOf = ({ secret, secretHashes }: ApplicationSettings): readonly string[] => [
  ...secretHashes,
  ...(secret === undefined ? [] : [hashOf(secret)]),
];
