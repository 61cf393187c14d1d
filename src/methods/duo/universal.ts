import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { sameText } from '../../kernel/bytes.ts';
import { dateOf, inSeconds, seconds } from '../../kernel/clock.ts';
import { newId, newSecret } from '../../kernel/ids.ts';
import type { Means } from '../../store/means.ts';
import type { Form } from '../method.ts';
import { promptPage } from './pages.tsx';
import { shownBy } from './rules.ts';
import type { DuoSettings } from './settings.ts';
import { type Answered, refused, type Way, type Whom, withoutAnswer } from './way.ts';
import type { Heard, Wire } from './wire.ts';

const token = z.object({ id_token: z.string(), token_type: z.literal('Bearer') });
const claims = z.object({
  preferred_username: z.string(),
  nonce: z.string(),
  auth_result: z.object({ result: z.string() }),
  auth_context: z.object({ factor: z.string(), reason: z.string().optional() }),
});

type Claims = z.output<typeof claims>;

/** Duo's own page, the Universal Prompt (https://duo.com/docs/oauthapi): there and back. */
interface Prompt {
  health(): Promise<Heard<unknown>>;
  /** Where the person goes, and what they have to come back with. */
  leave(username: string, returnTo: string): Promise<{ to: string; state: string; nonce: string }>;
  /** What Duo says of whoever came back; odd: not signed by Duo, not for us, or not of now. */
  exchange(code: string, returnTo: string): Promise<Heard<Claims>>;
}

/** Off to Duo's own page, and back with a code. */
export function universal(wire: Wire, means: Means, settings: DuoSettings): Way {
  const prompt = openPrompt(wire, means, settings);

  async function leave({ username, memo, returnTo }: Omit<Whom, 'account'>): Promise<Answered> {
    const health = await prompt.health();
    if (health.is !== 'said') return withoutAnswer(health);
    const { to, state, nonce } = await prompt.leave(username, returnTo);
    memo.set('state', state).set('nonce', nonce);
    return { is: 'begun', leaveFor: to };
  }

  /** Back from Duo: the state is the one this attempt went with, and serves once. */
  async function arrive({ username, memo, returnTo }: Whom, form: Form): Promise<Answered> {
    const [state, nonce] = [memo.get('state'), memo.get('nonce')];
    memo.clear();
    if (state === undefined || nonce === undefined || !sameText(state, form['state'] ?? ''))
      return refused('expired', 'another state');
    const code = form['duo_code'];
    if (code === undefined) return refused('denied', 'no code');
    const heard = await prompt.exchange(code, returnTo);
    return heard.is === 'said' ? read(heard.said, { username, nonce }) : withoutAnswer(heard);
  }

  return {
    ask: async (_, act) => promptPage(act),
    async answer(whom, form) {
      if (form['state'] !== undefined) return arrive(whom, form);
      return form['send'] === 'prompt' ? leave(whom) : { is: 'refused', because: 'malformed' };
    },
    async pretend(whom, form) {
      const left = form['send'] === 'prompt' ? await leave(whom) : refused('wrong', 'nobody');
      return left.is === 'begun' || left.is === 'refused' ? left : refused('unavailable', left.is);
    },
  };
}

/** Is it for this attempt, about this person, and a yes? */
function read(claims: Claims, expected: { username: string; nonce: string }): Answered {
  if (!sameText(claims.nonce, expected.nonce)) return refused('expired', 'another nonce');
  if (claims.preferred_username !== expected.username) return refused('wrong', 'another user');
  if (claims.auth_result.result !== 'allow') return refused('denied', claims.auth_result.result);
  const { factor, reason } = claims.auth_context;
  return { is: 'shown', factor: shownBy(factor, reason), push: null };
}

const algorithm = 'HS512';
const lives = 300;
const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

function openPrompt(wire: Wire, { clock, chance }: Means, settings: DuoSettings): Prompt {
  const id = settings.integrationKey;
  const endpoint = (name: string) => `/oauth/v1/${name}`;
  const issuer = `${wire.origin}${endpoint('token')}`;
  const now = () => inSeconds(clock.now());
  const key = () => new TextEncoder().encode(settings.secretKey);
  const sign = (payload: Record<string, string | number | boolean>) =>
    new SignJWT({ iss: id, exp: now() + lives, ...payload }).setProtectedHeader({ alg: algorithm }).sign(key());
  const assertion = (audience: string) => sign({ sub: id, aud: audience, iat: now(), jti: newId(chance) });

  async function verified(idToken: string): Promise<Heard<Claims>> {
    try {
      const { payload } = await jwtVerify(idToken, key(), {
        algorithms: [algorithm],
        issuer,
        audience: id,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: inSeconds(seconds(60)),
        currentDate: dateOf(clock.now()),
      });
      return { is: 'said', said: claims.parse(payload) };
    } catch (failure) {
      if (failure instanceof errors.JOSEError || failure instanceof z.ZodError) return { is: 'odd', code: 200 };
      throw failure;
    }
  }

  return {
    async health() {
      const path = endpoint('health_check');
      const fields = { client_id: id, client_assertion: await assertion(`${wire.origin}${path}`) };
      return wire.ask({ path, request: form(fields), shape: z.object({ stat: z.literal('OK') }) });
    },

    async leave(username, returnTo) {
      const [state, nonce] = [newSecret(chance), newSecret(chance)];
      const asked = { response_type: 'code', client_id: id, redirect_uri: returnTo, scope: 'openid' };
      const request = await sign({
        ...asked,
        aud: wire.origin,
        state,
        nonce,
        duo_uname: username,
        use_duo_code_attribute: true,
      });
      const query = new URLSearchParams({ ...asked, request });
      return { to: `${wire.origin}${endpoint('authorize')}?${query}`, state, nonce };
    },

    async exchange(code, returnTo) {
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: returnTo,
        client_id: id,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(issuer),
      };
      const heard = await wire.ask({ path: endpoint('token'), request: form(fields), shape: token });
      return heard.is === 'said' ? verified(heard.said.id_token) : heard;
    },
  };
}
