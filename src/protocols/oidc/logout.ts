import type Provider from 'oidc-provider';
import type { Client } from 'oidc-provider';
import { z } from 'zod';
import { frameOf, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { signOut } from '../../proving/acts.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { signedOutPage, signOutPage } from './pages.tsx';

const text = z.string().max(4096).optional();
const wish = z.object({ client_id: text, post_logout_redirect_uri: text, state: text });
type Wish = z.output<typeof wish>;

const confirmPath = '/oauth/logout/confirm';

/** Signing out on an application's word (OIDC RP-Initiated Logout 1.0). It ends our session, and so every shadow of it. */
export function logoutRoutes(house: OidcHouse, provider: () => Promise<Provider>): readonly Route[] {
  /** Where to go afterwards; only what the application has registered, letter for letter. @throws Problem */
  async function targetOf({ client_id, post_logout_redirect_uri: to, state }: Wish): Promise<string | null> {
    if (to === undefined || client_id === undefined) return null;
    const client = await clientOf(await provider(), client_id);
    if (!(client.postLogoutRedirectUris ?? []).includes(to))
      throw new Problem('bad-request', 'post_logout_redirect_uri is not registered');
    const target = new URL(to);
    if (state !== undefined) target.searchParams.set('state', state);
    return target.href;
  }

  async function leave(asked: Asked, target: string | null): Promise<Answer> {
    const { session } = asked;
    if (session !== null) await signOut(house.gate, session, 'here', await visitOf(house, asked));
    const cookies = { session: null, attempt: null };
    if (target !== null) return { is: 'redirect', to: target, cookies };
    return { is: 'page', page: signedOutPage(frameOf(house, asked, '/sign-in')), cookies };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/oauth/logout',
      binding: 'none',
      query: wish.extend({ id_token_hint: text, ui_locales: text, logout_hint: text }),
      async answer(asked) {
        const { id_token_hint, post_logout_redirect_uri, state } = asked.query;
        const hint = await hintOf(await provider(), id_token_hint);
        const client_id = hint?.audience ?? asked.query.client_id;
        if (hint !== null && asked.query.client_id !== undefined && asked.query.client_id !== hint.audience)
          throw new Problem('bad-request', 'client_id is not the audience of id_token_hint');
        const target = await targetOf({ client_id, post_logout_redirect_uri, state });
        if (asked.session === null || hint?.subject === asked.session.account) return leave(asked, target);
        const kept = given({ client_id, post_logout_redirect_uri, state });
        return { is: 'redirect', to: `${confirmPath}?${new URLSearchParams(kept)}` };
      },
    }),
    defineRoute({
      method: 'GET',
      path: confirmPath,
      binding: 'session',
      query: wish,
      async answer(asked) {
        const target = await targetOf(asked.query);
        const application = applicationOf(house, asked.query.client_id)?.name ?? null;
        const asking = { frame: frameOf(house, asked, '/account'), csrf: asked.csrf, to: confirmPath, application };
        return {
          is: 'page',
          page: signOutPage(asking, given(asked.query)),
          formTargets: target === null ? [] : [new URL(target).origin],
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: confirmPath,
      binding: 'session',
      form: wish.strict(),
      answer: async (asked) => leave(asked, await targetOf(asked.form)),
    }),
  ];
}

/** Without the fields that were left out. */
const given = (wish: Wish): Record<string, string> =>
  Object.fromEntries(Object.entries(wish).filter((field): field is [string, string] => field[1] !== undefined));

async function clientOf(provider: Provider, id: string): Promise<Client> {
  const client = await provider.Client.find(id);
  if (client === undefined) throw new Problem('bad-request', 'no such client');
  return client;
}

interface Hint {
  readonly subject: string;
  readonly audience: string;
}

/** An ID token of ours, of any age; whatever else it is counts as not sent, and the person is asked. */
async function hintOf(provider: Provider, token: string | undefined): Promise<Hint | null> {
  if (token === undefined) return null;
  const audience = audienceOf(token);
  const client = audience === null ? undefined : await provider.Client.find(audience);
  if (client === undefined || audience === null) return null;
  try {
    const { payload } = await provider.IdToken.validate(token, client);
    return { subject: String(payload['sub']), audience };
  } catch {
    return null;
  }
}

/** Unverified: only to know whose keys and name to verify with. */
function audienceOf(token: string): string | null {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      aud?: unknown;
    };
    return typeof claims.aud === 'string' ? claims.aud : null;
  } catch {
    return null;
  }
}
