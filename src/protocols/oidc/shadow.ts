import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { findSession, type Session } from '../../core/sessions/store.ts';
import { amrOf, type Level, provenAt, youngEnough } from '../../flow/assurance.ts';
import { visitOf } from '../../house.ts';
import { readCookies } from '../../http/cookies.ts';
import { type Instant, inSeconds, seconds } from '../../kernel/clock.ts';
import { mark } from '../../kernel/seal.ts';
import type { Gate } from '../../proving/gate.ts';
import { type Decision, metBy } from '../../proving/situation.ts';
import { answered, type Wanted } from '../../proving/wanted.ts';
import { languageOf, wishesOf } from '../../ui/language.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { settle } from './wanted.ts';

/** What the mount knows of a request that oidc-provider does not. */
export interface Came {
  readonly address: string;
  session: Session | null;
  /** What of the policy's asking is met, once that is known to be enough. */
  met: Level;
  /** What all they owned was worth then. */
  owned: Level;
}

/** Requests under way. */
export type Visitors = WeakMap<IncomingMessage, Came>;

/** Names a session to an application, another name for each (OIDC Back-Channel Logout 2.1): nothing has to be kept. */
export const sidOf = (gate: Gate, session: string, application: string): string =>
  mark(gate.ring, 'oidc-sid', session, application);

/**
 * oidc-provider's session is a shadow of ours: made anew from our cookie for every request and never kept, so it cannot
 * outlive ours, belong to anybody else, or claim what was not proven (`docs/adr/0009`).
 */
export function castShadow(provider: Provider, { gate, applications }: OidcHouse, visitors: Visitors): void {
  const shadows = provider.Session as unknown as {
    new (payload?: object): object;
    get(ctx: { req: IncomingMessage }): Promise<object>;
  };
  shadows.get = async (ctx) => {
    const secret = readCookies(ctx.req.headers.cookie).session;
    const { sessions } = await gate.policy(gate.database.read);
    const ours = secret === undefined ? null : await findSession(gate, sessions, secret);
    const came = visitors.get(ctx.req);
    if (came !== undefined) came.session = ours;
    const authorizations = Object.fromEntries(
      applications.map(({ id }) => [id, { sid: sidOf(gate, ours?.id ?? '', id) }]),
    );
    const shadow = ours === null ? new shadows() : new shadows(payloadOf(ours, authorizations));
    // To oidc-provider it looks destroyed, so it neither stores it nor sets a cookie.
    Object.defineProperty(shadow, 'destroyed', { value: true });
    const entities = (ctx as Partial<KoaContextWithOIDC>).oidc;
    entities?.entity('Session', shadow as never);
    return shadow;
  };
}

const payloadOf = (ours: Session, authorizations: object) => ({
  uid: ours.id,
  jti: ours.id,
  accountId: ours.account,
  loginTs: inSeconds(ours.provenAt),
  authorizations,
});

/** What a token says about how somebody proved who they are: the truth at this moment, for this request. */
export function truthOf(wanted: Wanted, decision: Decision): { acr: string; amr: string[]; loginTs: number } {
  const counted = youngEnough(decision.proofs, wanted.notBefore);
  return {
    acr: answered(wanted, decision.issued),
    amr: [...amrOf(counted)],
    loginTs: inSeconds(provenAt(counted)),
  };
}

/** When the request came: now, or when the interaction it went through was begun. */
export const startOf = (gate: Gate, interaction: { iat?: number | undefined } | undefined): Instant =>
  interaction?.iat === undefined ? gate.clock.now() : (seconds(interaction.iat) as Instant);

/** Whose checks these replace; `wanted.ts` does them for all of our methods and policies. */
const replaced = ['no_session', 'max_age', 'essential_acrs', 'essential_acr'];

/**
 * When a page is needed: our flow decides, with the policy for this application and what this request wants. The last
 * row keeps the grant, once nothing is missing.
 */
export function policyOf(
  house: OidcHouse,
  visitors: Visitors,
  keep: (ctx: KoaContextWithOIDC, came: Came) => Promise<void>,
) {
  const { Check, Prompt, base } = interactionPolicy;
  const policy = base();
  const login = policy.get('login');
  if (login === undefined) throw new Error('oidc-provider has no login prompt');
  for (const reason of replaced) login.checks.remove(reason);
  const known = (ctx: KoaContextWithOIDC) =>
    (visitors.get(ctx.req)?.session ?? null) !== null && ctx.oidc.account !== undefined;
  login.checks.add(new Check('nobody', 'nobody is signed in', 'login_required', (ctx) => !known(ctx)));
  login.checks.add(
    new Check('not_enough', 'more is to be proven', 'interaction_required', async (ctx) =>
      known(ctx) ? !(await enough(house, visitors, ctx)) : false,
    ),
  );
  const last = new Check('kept', 'the grant is kept', 'server_error', async (ctx) => {
    const came = visitors.get(ctx.req);
    if (came === undefined) throw new Error('whoever is given something has come');
    await keep(ctx, came);
    return false;
  });
  policy.add(new Prompt({ name: 'keep', requestable: false }, last));
  return policy;
}

/** Is what was proven enough? Then the tokens say just that. */
async function enough(house: OidcHouse, visitors: Visitors, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { gate } = house;
  const { oidc } = ctx;
  const came = visitors.get(ctx.req);
  const application = applicationOf(house, oidc.client?.clientId);
  if (came === undefined || application === undefined) return false;
  const visit = await visitOf(house, {
    cookies: readCookies(ctx.req.headers.cookie),
    session: came.session,
    address: came.address,
    agent: ctx.get('user-agent').slice(0, 300),
    language: languageOf(wishesOf(ctx.get('accept-language'))),
  });
  const params = oidc.params ?? {};
  const start = startOf(gate, oidc.entities.Interaction);
  const { wanted, decision } = await settle(gate, {
    application,
    params,
    start,
    session: came.session,
    visit,
    returnTo: '',
  });
  if (decision?.step.screen !== 'done') return false;
  Object.assign(oidc.session ?? {}, truthOf(wanted, decision));
  came.met = metBy(decision);
  came.owned = decision.facts.owned;
  return true;
}
