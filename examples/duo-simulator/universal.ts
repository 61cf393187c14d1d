import { randomBytes } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { promptPage } from './pages.ts';
import type { Tenant, Transaction, User } from './tenant.ts';

/** A request as it came to the Universal Prompt. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly form: URLSearchParams;
  /** The address the browser comes from. */
  readonly place: string;
}

/** One sign-in under way at the prompt. */
interface Prompt {
  readonly id: string;
  readonly user: User;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string | null;
  readonly codeName: 'duo_code' | 'code';
  readonly place: string;
  transaction: Transaction | null;
}
interface Result {
  readonly prompt: Prompt;
  readonly factor: string;
  readonly reason: string;
}
type Handler = (tenant: Tenant, asked: Asked) => Promise<Response>;

const application = 'Sallyport';
const prompts = new WeakMap<Tenant, Map<string, Prompt>>();
const codes = new WeakMap<Tenant, Map<string, Result>>();

/** The Universal Prompt (https://duo.com/docs/oauthapi): a row for each address. */
const endpoints: Readonly<Record<string, Handler>> = {
  async 'POST /oauth/v1/health_check'(tenant, { url, form }) {
    await assertion(tenant, form, `${url.origin}/oauth/v1/health_check`);
    return Response.json({ stat: 'OK', response: { timestamp: Math.floor(tenant.now / 1000) } });
  },

  async 'GET /oauth/v1/authorize'(tenant, { url, place }) {
    const claims = await verified(tenant, url.searchParams.get('request') ?? '', { audience: url.origin });
    const name = String(claims['duo_uname']);
    const state = String(claims['state']);
    if (state.length < 22 || claims['response_type'] !== 'code' || claims['scope'] !== 'openid')
      throw new Error('invalid_request');
    const prompt: Prompt = {
      id: randomBytes(16).toString('base64url'),
      user: tenant.find(name) ?? tenant.add(name) ?? never(),
      redirectUri: String(claims['redirect_uri']),
      state,
      nonce: typeof claims['nonce'] === 'string' ? claims['nonce'] : null,
      codeName: claims['use_duo_code_attribute'] === false ? 'code' : 'duo_code',
      place,
      transaction: null,
    };
    of(prompts, tenant).set(prompt.id, prompt);
    if (tenant.on.has('bypass')) return back(tenant, { prompt, factor: 'not_available', reason: 'bypass_user' });
    if (tenant.on.has('remembered'))
      return back(tenant, { prompt, factor: 'remembered_device', reason: 'remembered_device' });
    return html(promptPage(prompt, null));
  },

  /** The prompt while it waits for the phone. */
  async 'GET /oauth/v1/prompt'(tenant, { url }) {
    const prompt = of(prompts, tenant).get(url.searchParams.get('id') ?? '') ?? never();
    const { transaction } = prompt;
    const answer = transaction === null ? 'deny' : tenant.outcome(transaction);
    if (answer === 'allow' && transaction?.factor === 'push')
      return back(tenant, { prompt, factor: 'duo_push', reason: 'user_approved' });
    if (answer === 'allow') return back(tenant, { prompt, factor: 'phone_call', reason: 'user_approved' });
    return html(promptPage(prompt, answer));
  },

  async 'POST /oauth/v1/prompt'(tenant, { form }) {
    const prompt = of(prompts, tenant).get(form.get('id') ?? '') ?? never();
    const factor = form.get('factor') ?? '';
    if (factor === 'cancel') return away(prompt, { error: 'access_denied', error_description: 'User canceled' });
    if (factor === 'register') prompt.user.active = true;
    if (factor === 'push' || factor === 'phone') {
      prompt.transaction = tenant.begin(prompt.user, factor, { application, place: prompt.place });
      return redirect(`/oauth/v1/prompt?id=${prompt.id}`);
    }
    const spent = tenant.spend(prompt.user, form.get('passcode')?.trim() ?? '');
    if (spent === null) return html(promptPage(prompt, factor === 'register' ? null : 'deny'));
    return back(tenant, { prompt, ...named[spent] });
  },

  async 'POST /oauth/v1/token'(tenant, { url, form }) {
    await assertion(tenant, form, `${url.origin}/oauth/v1/token`);
    const result = of(codes, tenant).get(form.get('code') ?? '');
    of(codes, tenant).delete(form.get('code') ?? '');
    if (result === undefined || form.get('redirect_uri') !== result.prompt.redirectUri)
      return Response.json({ error: 'invalid_grant', error_description: 'The code is not valid' }, { status: 400 });
    return Response.json({
      id_token: await idToken(tenant, result, url.origin),
      access_token: randomBytes(20).toString('base64url'),
      expires_in: 600,
      token_type: 'Bearer',
    });
  },
};

const named = {
  passcode: { factor: 'duo_mobile_passcode', reason: 'valid_passcode' },
  sms_passcode: { factor: 'sms_passcode', reason: 'valid_passcode' },
  bypass_code: { factor: 'bypass_code', reason: 'valid_passcode' },
} as const;

/** @returns null when it is none of the prompt's */
export async function universalPrompt(tenant: Tenant, asked: Asked): Promise<Response | null> {
  const endpoint = endpoints[`${asked.method} ${asked.url.pathname}`];
  if (endpoint === undefined) return null;
  return endpoint(tenant, asked).catch((failure: Error) =>
    Response.json({ error: 'invalid_request', error_description: failure.message }, { status: 400 }),
  );
}

const keyOf = ({ keys }: Tenant) => new TextEncoder().encode(keys.secret);

/** A JWT of whoever holds the secret key. @throws when it is not */
async function verified(
  tenant: Tenant,
  jwt: string,
  more: { audience: string; subject?: string },
): Promise<JWTPayload> {
  const { integration } = tenant.keys;
  const expected = { ...more, issuer: integration, algorithms: ['HS512'], requiredClaims: ['exp'] };
  return (await jwtVerify(jwt, keyOf(tenant), { ...expected, currentDate: new Date(tenant.now) })).payload;
}

const assertion = (tenant: Tenant, form: URLSearchParams, audience: string): Promise<JWTPayload> =>
  verified(tenant, form.get('client_assertion') ?? '', { audience, subject: tenant.keys.integration });

function idToken(tenant: Tenant, { prompt, factor, reason }: Result, origin: string): Promise<string> {
  const now = Math.floor(tenant.now / 1000);
  const { user, nonce, place } = prompt;
  const key = tenant.on.has('wrongSignature') ? randomBytes(40) : keyOf(tenant);
  return new SignJWT({
    iss: `${origin}/oauth/v1/token`,
    sub: user.name,
    aud: tenant.keys.integration,
    iat: now,
    exp: now + 300,
    auth_time: now,
    preferred_username: user.name,
    ...(nonce !== null && { nonce }),
    auth_result: { result: 'allow', status: 'allow', status_msg: 'Login Successful' },
    auth_context: {
      txid: prompt.id,
      timestamp: now,
      event_type: 'authentication',
      result: 'success',
      factor,
      reason,
      user: { name: user.name, key: user.id, groups: [] },
      application: { name: application, key: tenant.keys.integration },
      access_device: { ip: place, hostname: null, location: { city: null, state: null, country: null } },
      auth_device: { ip: place, name: `${user.name}’s phone`, location: { city: null, state: null, country: null } },
    },
  })
    .setProtectedHeader({ alg: 'HS512' })
    .sign(key);
}

/** The browser goes back with a code that serves once. */
function back(tenant: Tenant, result: Result): Response {
  const code = randomBytes(24).toString('base64url');
  of(codes, tenant).set(code, result);
  of(prompts, tenant).delete(result.prompt.id);
  return away(result.prompt, { [result.prompt.codeName]: code });
}

function away({ redirectUri, state }: Prompt, params: Readonly<Record<string, string>>): Response {
  const to = new URL(redirectUri);
  for (const [name, value] of Object.entries({ state, ...params })) to.searchParams.set(name, value);
  return redirect(to.href);
}

const redirect = (to: string) => new Response(null, { status: 303, headers: { location: to } });
const html = (body: string) => new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });

function of<T>(all: WeakMap<Tenant, Map<string, T>>, tenant: Tenant): Map<string, T> {
  const mine = all.get(tenant) ?? new Map<string, T>();
  all.set(tenant, mine);
  return mine;
}

function never(): never {
  throw new Error('there is no such prompt');
}
