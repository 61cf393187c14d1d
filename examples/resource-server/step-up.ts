import * as client from 'openid-client';

/** What an act asks of whoever does it. */
export interface Asked {
  /** Any of these will do. The first is what a client is told to ask for: put the least that is enough there. */
  readonly acr: readonly string[];
  /** How many seconds ago its person may have proven who they are. */
  readonly maxAge?: number;
}

/** The resource server, as the authorization server knows it. */
export interface Options {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The clients whose tokens are taken here: a token that somebody gave another application is no word to this one. */
  readonly clients: readonly string[];
}

/** Whose token it is, and how they proved who they are. */
export interface Proven {
  readonly sub: string;
  readonly acr: string;
  /** In seconds since 1970. */
  readonly authTime: number;
}

/** What to answer in place of what was asked for. */
export interface Refusal {
  readonly status: 401 | 503;
  readonly headers: Readonly<Record<string, string>>;
}

/** Weighs what a request brings. @returns null: it may be done, and `provenBy` says by whom */
export type StepUp = (request: Asking, asked: Asked) => Promise<Refusal | null>;

type Asking = { readonly headers: { readonly authorization?: string | undefined } };

const proven = new WeakMap<Asking, Proven>();

/** Who asks, once their request was weighed and let through. */
export const provenBy = (request: Asking): Proven | undefined => proven.get(request);

/**
 * A resource server's half of OAuth 2.0 Step Up Authentication (RFC 9470): it asks the authorization server what a token is
 * worth (RFC 7662, with `acr` and `auth_time`), and says what it lacks.
 */
export function openStepUp(options: Options, now: () => number = Date.now): StepUp {
  const { issuer, clientId, clientSecret } = options;
  const known = lazily(() => {
    const execute = new URL(issuer).protocol === 'http:' ? [client.allowInsecureRequests] : [];
    return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), { execute });
  });

  return async (request, asked) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    // Who brings nothing is told nothing but how to come (RFC 6750, 3.1).
    if (token === undefined) return challenge({});
    const said = await known()
      .then((config) => client.tokenIntrospection(config, token))
      .catch(() => null);
    // Who cannot be asked has not said yes.
    if (said === null) return { status: 503, headers: { 'retry-after': '5' } };
    if (!said.active || !options.clients.includes(String(said.client_id))) return challenge({ error: 'invalid_token' });
    const one = { sub: String(said.sub), acr: String(said['acr'] ?? ''), authTime: Number(said['auth_time'] ?? 0) };
    if (!isEnough(one, asked, now() / 1000)) return challenge(insufficient(asked));
    proven.set(request, one);
    return null;
  };
}

const isEnough = ({ acr, authTime }: Proven, asked: Asked, now: number): boolean =>
  asked.acr.includes(acr) && (asked.maxAge === undefined || now - authTime <= asked.maxAge);

/** RFC 9470, 3. */
const insufficient = ({ acr: [least = ''], maxAge }: Asked): Readonly<Record<string, string>> => ({
  error: 'insufficient_user_authentication',
  error_description: 'A different authentication level is required, or a more recent authentication',
  acr_values: least,
  ...(maxAge !== undefined && { max_age: String(maxAge) }),
});

function challenge(parameters: Readonly<Record<string, string>>): Refusal {
  const said = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  return { status: 401, headers: { 'www-authenticate': `Bearer ${said.join(', ')}`.trim() } };
}

/** Once it has worked it is kept; a failure is not. */
function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Value | undefined;
  return async () => {
    made ??= await make();
    return made;
  };
}
