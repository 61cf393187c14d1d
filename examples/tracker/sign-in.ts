import * as client from 'openid-client';

/** What an API says is lacking before it does what was asked (RFC 9470, 3). */
export interface Challenge {
  readonly acr: string | undefined;
  /** In seconds. */
  readonly maxAge: number | undefined;
}

/** Kept between sending somebody away and their return. */
export interface Pending {
  /** Null: they only sign in. Else they confirm an act that an API challenged. */
  readonly challenge: Challenge | null;
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
  readonly accessToken: string;
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

/** Where to send the browser: to sign in, or to prove what an API finds lacking. */
export async function begin(
  config: client.Configuration,
  options: Options,
  challenge: Challenge | null,
): Promise<[URL, Pending]> {
  const pending = {
    challenge,
    verifier: client.randomPKCECodeVerifier(),
    state: client.randomState(),
    nonce: client.randomNonce(),
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackOf(options),
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
    ...(challenge !== null && asParameters(challenge)),
  });
  return [url, pending];
}

/** Essential: less than this is an error, not a smaller answer (RFC 9470, 4; OIDC Core 5.5.1.1). */
const asParameters = ({ acr, maxAge }: Challenge): Record<string, string> => ({
  ...(acr !== undefined && {
    acr_values: acr,
    claims: JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } }),
  }),
  ...(maxAge !== undefined && { max_age: String(maxAge) }),
});

/** Checks everything that can be checked, then asks for the name. @throws when anything is not as it was asked for */
export async function complete(config: client.Configuration, url: URL, pending: Pending): Promise<Person> {
  const tokens = await client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    idTokenExpected: true,
    ...(pending.challenge?.maxAge !== undefined && { maxAge: pending.challenge.maxAge }),
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
    accessToken: tokens.access_token,
  };
}

/** Asks Tracker's API to delete their project. @returns what is lacking; null when it is done */
export async function deleteProject(
  config: client.Configuration,
  { port }: Options,
  { accessToken }: Person,
): Promise<Challenge | null> {
  const project = new URL(`http://127.0.0.1:${port}/api/project`);
  try {
    const { status } = await client.fetchProtectedResource(config, accessToken, project, 'DELETE');
    if (status !== 204) throw new Error(`the API answers ${status}`);
    return null;
  } catch (failure) {
    if (!(failure instanceof client.WWWAuthenticateChallengeError)) throw failure;
    const lacking = failure.cause.find(({ scheme }) => scheme === 'bearer')?.parameters;
    const maxAge = lacking?.['max_age'];
    return { acr: lacking?.['acr_values'], maxAge: maxAge === undefined ? undefined : Number(maxAge) };
  }
}

export const signOutUrl = (config: client.Configuration, { origin }: Options, { idToken }: Person): URL =>
  client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` });

/** Why it did not work, as the issuer says. */
export const reasonOf = (failure: unknown): string =>
  failure instanceof client.AuthorizationResponseError ? failure.error : 'error';
