import { createHash } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Route } from '../../src/http/route.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import type { Browser } from './browser.ts';
import { password } from './open.ts';

const appAt = (id: string, origin: string, more: object = {}) => ({
  id,
  name: id,
  redirectUris: [`${origin}/callback`],
  firstParty: true,
  scopes: ['openid', 'profile', 'email', 'mfa'],
  identity: { origins: [origin] },
  ...more,
});

/** Some that may ask in pages of their own, one closed to everybody, one open to a password alone, and one that may not. */
export const shops = {
  methods: { 'sms-code': { countries: ['DE'] } },
  applications: [
    appAt('shop', 'https://shop.example'),
    appAt('other', 'https://other.example'),
    // In the same page as the first, and another application all the same.
    appAt('twin', 'https://twin.example', { identity: { origins: ['https://shop.example'] } }),
    appAt('closed', 'https://closed.example'),
    appAt('lax', 'https://lax.example'),
    { ...appAt('plain', 'https://plain.example', { scopes: ['openid'] }), identity: undefined },
  ],
  policies: [
    { name: 'closed', when: { applications: ['closed'] }, require: 'deny' },
    { name: 'lax', when: { applications: ['lax'] }, require: 'sfa' },
    {
      name: 'everybody',
      require: 'mfa-if-owned',
      methods: { second: ['email-code', 'sms-code', 'totp'] },
      countsForStepUp: ['email-code'],
      rememberDays: 30,
    },
  ],
};

/** Whose page, and where. */
export interface At {
  readonly client?: string;
  readonly origin?: string | null;
  /** As the browser says how the page stands to us. */
  readonly site?: 'same-site' | 'cross-site';
}

type Body = object;

/** What a script in a page of an application can send, in one browser; and what an attacker makes of that. */
export class ShopPage {
  readonly browser: Browser;
  readonly #sallyport: Pick<OidcSallyport, 'issuer' | 'browser'>;
  readonly #at: Required<At>;
  readonly verifier = 'a-verifier-that-is-long-enough-to-be-taken-for-one';

  constructor(
    sallyport: Pick<OidcSallyport, 'issuer' | 'browser'>,
    { client = 'shop', origin = `https://${client}.example`, site = 'same-site' }: At = {},
    browser = sallyport.browser(),
  ) {
    this.#sallyport = sallyport;
    this.#at = { client, origin, site };
    this.browser = browser;
  }

  /** The same browser, another page: what is not named is as it is here. */
  elsewhere(at: At, browser = this.browser): ShopPage {
    return new ShopPage(this.#sallyport, { ...this.#at, ...at }, browser);
  }

  async send(
    method: Route['method'],
    path: string,
    body?: Body,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const { origin, site } = this.#at;
    return this.browser.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      accept: '*/*',
      'sec-fetch-site': site,
      ...(body !== undefined && { 'content-type': 'application/json;charset=UTF-8' }),
      ...(origin !== null && { origin }),
      ...headers,
    });
  }

  /** @returns the JSON, with its status */
  async call(method: Route['method'], path: string, body?: Body, token?: string): Promise<Said> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.send(method, `/identity/v1${path}`, body, headers);
    return { ...(answer.body === '' ? {} : answer.json()), status: answer.statusCode };
  }

  login(name: string, typed = password): Promise<Said> {
    return this.call('POST', '/password/login', { client_id: this.#at.client, email: name, password: typed });
  }

  /** The authorization request of this page, as the client makes it. */
  request(more: Record<string, string> = {}): Record<string, string> {
    const { client } = this.#at;
    return {
      client_id: client,
      response_type: 'code',
      redirect_uri: `https://${client}.example/callback`,
      scope: 'openid profile email phone mfa',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    };
  }

  /** The page sends its browser to us. @returns where that ends: a page of ours, or the application */
  async goOn(
    tkn: string,
    referrer: string | null = this.#at.origin,
    more: Record<string, string> = {},
  ): Promise<string> {
    const headers: Record<string, string> = referrer === null ? {} : { referer: `${referrer}/` };
    let to = `/oauth/authorize?${new URLSearchParams(this.request({ ...(tkn !== '' && { tkn }), ...more }))}`;
    for (let hops = 0; hops < 6 && to.startsWith('/'); hops++) {
      const answer = await this.browser.send('GET', to, undefined, headers);
      const next = answer.headers.location;
      if (next === undefined) return to;
      to = next.replace(this.#sallyport.issuer, '');
    }
    return to;
  }

  stepUp(more: Body = {}, token?: string): Promise<Said> {
    return this.call('POST', '/mfa/stepup', { ...this.request(), ...more }, token);
  }

  start(stepUp: string, auth_type = 'email'): Promise<Said> {
    return this.call('POST', '/passwordless/start', { auth_type, step_up: stepUp });
  }

  verify(challenge: string, code: string, more: Body = {}): Promise<Said> {
    return this.call('POST', '/passwordless/verify', { challenge_id: challenge, verification_code: code, ...more });
  }

  async redeem(code: string): Promise<Said> {
    const { client } = this.#at;
    const answer = await this.send('POST', '/oauth/token', {
      client_id: client,
      grant_type: 'authorization_code',
      code,
      redirect_uri: `https://${client}.example/callback`,
      code_verifier: this.verifier,
    });
    return { ...answer.json(), status: answer.statusCode };
  }
}

/** What is read there; each test says what of it it looks at. */
export interface Said {
  readonly status: number;
  readonly error?: string;
  readonly error_message_key?: string;
  readonly retry_after?: number;
  readonly tkn?: string;
  readonly mfa_required?: boolean;
  readonly token?: string;
  readonly amr?: readonly string[];
  readonly challenge_id?: string;
  readonly code?: string;
  readonly access_token?: string;
}

/** Said of a token that serves no more, or not here. */
export const over = { status: 401, error: 'invalid_grant', error_message_key: 'error.expiredToken' };

export const isBack = (to: string): boolean => new URL(to, 'http://ours').searchParams.has('code');
