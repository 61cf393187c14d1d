import * as client from 'openid-client';

/** Multi-factor authentication, by the name that research and education agreed on (REFEDS MFA Profile). */
export const mfa = 'https://refeds.org/profile/mfa';
/** How many seconds ago somebody may have proven it is them before they delete something. */
const lately = 300;

/** What sends a person to sign in: just that, or to confirm one act. */
export type Why = 'sign-in' | 'delete';

/** Kept between sending somebody away and their return. */
export interface Pending {
  readonly why: Why;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** Who came back, and how they proved it. */
export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly email: string | null;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly authTime: number;
  readonly sid: string | null;
  readonly idToken: string;
}

export interface Options {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly origin: string;
  readonly port: number;
}

export const callbackOf = ({ origin }: Options): string => `${origin}/callback`;

/** Learns everything from the issuer's own description. On this machine alone plain http is good enough. */
export function discover({ issuer, clientId, clientSecret }: Options): Promise<client.Configuration> {
  const execute = new URL(issuer).protocol === 'http:' ? [client.allowInsecureRequests] : [];
  return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), { execute });
}

/** Where to send the browser. To delete something, being signed in is not enough: MFA is essential, and of minutes ago. */
export async function begin(config: client.Configuration, options: Options, why: Why): Promise<[URL, Pending]> {
  const pending = {
    why,
    verifier: client.randomPKCECodeVerifier(),
    state: client.randomState(),
    nonce: client.randomNonce(),
  };
  const stepUp = {
    acr_values: mfa,
    claims: JSON.stringify({ id_token: { acr: { essential: true, values: [mfa] } } }),
    max_age: String(lately),
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackOf(options),
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
    ...(why === 'delete' && stepUp),
  });
  return [url, pending];
}

/** Checks everything that can be checked, then asks for the name. @throws when anything is not as it was asked for */
export async function complete(config: client.Configuration, url: URL, pending: Pending): Promise<Person> {
  const tokens = await client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    idTokenExpected: true,
    ...(pending.why === 'delete' && { maxAge: lately }),
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('no ID token came');
  const about = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  const amr = claims['amr'];
  return {
    sub: claims.sub,
    name: about.name ?? about.preferred_username ?? claims.sub,
    email: about.email ?? null,
    acr: String(claims['acr'] ?? ''),
    amr: Array.isArray(amr) ? amr.map(String) : [],
    authTime: Number(claims.auth_time ?? 0),
    sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
    idToken: tokens.id_token ?? '',
  };
}

/** Does the ID token prove what deleting takes? Its age was checked with it. */
export const provesMfa = ({ acr }: Person): boolean => acr === mfa;

export const signOutUrl = (config: client.Configuration, { origin }: Options, { idToken }: Person): URL =>
  client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` });

/** Why it did not work, as the issuer says. */
export const reasonOf = (failure: unknown): string =>
  failure instanceof client.AuthorizationResponseError ? failure.error : 'error';
