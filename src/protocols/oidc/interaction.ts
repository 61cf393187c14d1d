import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import { saveConsent } from '../../core/applications/consents.ts';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import { addEntry } from '../../core/audit/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import { frameOf, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { inSeconds } from '../../kernel/clock.ts';
import type { Settled } from '../../proving/wanted.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { nameParameter } from './naming.ts';
import { consentPage } from './pages.tsx';
import { startOf, truthOf } from './shadow.ts';
import { settle } from './wanted.ts';

type Interaction = InstanceType<Provider['Interaction']>;
type Named = Asked<{ uid: string }>;

const named = z.strictObject({ uid: z.string().regex(/^[\w-]{1,64}$/) });

/** Reasons that have nothing to do with how much was proven, but with who it is. */
const somebodyElse = ['id_token_hint', 'claims_id_token_sub_value'];

/** Where oidc-provider sends a person when a page is needed, and where they come back to from the sign-in pages. */
export function interactionRoutes(house: OidcHouse, provider: () => Promise<Provider>): readonly Route[] {
  const { gate } = house;
  const path = (uid: string) => `/interaction/${uid}`;

  /** In the browser that began it alone: another one's cookie finds nothing, and no link makes somebody finish it. */
  async function during(
    asked: Named,
    act: (interaction: Interaction, application: ApplicationSettings) => Promise<Answer>,
  ): Promise<Answer> {
    const { uid } = asked.params;
    const interaction = asked.cookies.interaction === uid ? await (await provider()).Interaction.find(uid) : undefined;
    const application = applicationOf(house, interaction?.params['client_id']);
    if (interaction === undefined || application === undefined) throw new Problem('attempt-gone', 'no interaction');
    return act(interaction, application);
  }

  /** Back to oidc-provider, which looks again at everything before it believes a word. */
  async function finish(interaction: Interaction, result: InteractionResults): Promise<Answer> {
    Object.assign(interaction, { result: { ...interaction.lastSubmission, ...result }, session: undefined });
    await interaction.save(interaction.exp - inSeconds(gate.clock.now()));
    const { pathname } = new URL(interaction.returnTo);
    return { is: 'redirect', to: pathname };
  }

  const settled = async (asked: Named, interaction: Interaction, application: ApplicationSettings): Promise<Settled> =>
    settle(gate, {
      application,
      params: interaction.params,
      start: startOf(gate, interaction),
      session: asked.session,
      visit: await visitOf(house, asked),
      returnTo: path(asked.params.uid),
    });

  async function login(asked: Named, interaction: Interaction, application: ApplicationSettings): Promise<Answer> {
    const { session } = asked;
    const outcome = await settled(asked, interaction, application);
    const refusal = refusalOf(outcome, session, interaction);
    if (refusal !== null) return finish(interaction, refusal);
    const { wanted, purpose, decision } = outcome;
    if (session !== null && decision?.step.screen === 'done') {
      const { acr, amr, loginTs } = truthOf(wanted, decision);
      return finish(interaction, { login: { accountId: session.account, acr, amr, ts: loginTs } });
    }
    return sendToSignIn(house, asked, purpose);
  }

  async function allow(session: Session, interaction: Interaction, application: ApplicationSettings, address: string) {
    const scopes = missingScopes(interaction);
    await gate.database.transaction(async (tx) => {
      await saveConsent(tx, gate, { account: session.account, application: application.id, scopes });
      await addEntry(tx, gate, {
        event: 'consent.given',
        account: session.account,
        address,
        detail: { application: application.id, scopes: scopes.join(' ') },
      });
    });
    return finish(interaction, { consent: {} });
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/interaction/:uid',
      binding: 'none',
      params: named,
      answer: (asked) =>
        during(asked, async (interaction, application) => {
          if (interaction.prompt.name !== 'consent') return login(asked, interaction, application);
          if (application.firstParty) return finish(interaction, { consent: {} });
          return { is: 'redirect', to: `${path(asked.params.uid)}/consent` };
        }),
    }),
    defineRoute({
      method: 'GET',
      path: '/interaction/:uid/consent',
      binding: 'session',
      params: named,
      answer: (asked) =>
        during(asked, async (interaction, application) => {
          const to = `${path(asked.params.uid)}/consent`;
          const asking = { frame: frameOf(house, asked, to), csrf: asked.csrf, to, application: application.name };
          const origin = new URL(String(interaction.params['redirect_uri'])).origin;
          return { is: 'page', page: consentPage(asking, missingScopes(interaction)), formTargets: [origin] };
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/interaction/:uid/consent',
      binding: 'session',
      params: named,
      form: z.strictObject({ answer: z.enum(['allow', 'refuse']) }),
      answer: (asked) =>
        during(asked, async (interaction, application) => {
          const { session } = asked;
          if (session === null) throw new Problem('sign-in-required');
          if (asked.form.answer === 'allow') return allow(session, interaction, application, asked.address);
          return finish(interaction, { error: 'access_denied', error_description: 'the person did not allow it' });
        }),
    }),
    defineRoute({
      method: 'GET',
      path: '/interaction/:uid/leave',
      binding: 'none',
      params: named,
      answer: (asked) =>
        during(asked, async (interaction, application) => {
          const { wanted } = await settled(asked, interaction, application);
          const isNamed = interaction.params[nameParameter] !== undefined;
          return finish(interaction, wanted.levels.length > 0 && !isNamed ? unmet : denied);
        }),
    }),
  ];
}

const denied = { error: 'access_denied', error_description: 'the person may not, or did not want to' };
/** OpenID Connect Core Error Code unmet_authentication_requirements 1.0 */
const unmet = {
  error: 'unmet_authentication_requirements',
  error_description: 'the person cannot prove what was asked for',
};

/** Where no page would lead on: the application is told why. */
function refusalOf({ decision, wanted }: Settled, session: Session | null, interaction: Interaction) {
  if (decision === null) return unmet;
  if (session === null) return null;
  if (decision.step.screen === 'denied') return denied;
  if (decision.step.screen === 'stuck' && wanted.essential) return unmet;
  const other = interaction.prompt.reasons.some((reason) => somebodyElse.includes(reason));
  return other ? { error: 'login_required', error_description: 'somebody else is signed in' } : null;
}

/** What the person is asked about: what they have not been asked before or, asked again on purpose, all of it. */
function missingScopes({ prompt, params }: Interaction): readonly string[] {
  const missing = prompt.details['missingOIDCScope'];
  return Array.isArray(missing) ? missing.map(String) : String(params['scope'] ?? 'openid').split(' ');
}
