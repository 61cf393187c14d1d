import { z } from 'zod';
import { findConsent, saveConsent } from '../../core/applications/consents.ts';
import { addEntry } from '../../core/audit/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import { frameOf, type House, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { newSecret } from '../../kernel/ids.ts';
import { type Settled, settleFor } from '../../proving/wanted.ts';
import { consentPage } from '../oidc/pages.tsx';
import { answerNo, answerYes, refusedAnswer } from './answering.ts';
import { type AuthnRequest, readAuthnRequest } from './authn-request.ts';
import { wantedBy } from './classes.ts';
import { type Message, messageInForm, messageInQuery } from './messages.ts';
import { addressOf, paths } from './metadata.ts';
import { kindOf } from './name-ids.ts';
import type { Refusal } from './names.ts';
import type { Provider } from './providers.ts';
import { Refused } from './refused.ts';
import { addRequest, bindRequest, findRequest, type Waiting } from './requests.ts';
import { readSpoken } from './spoken.ts';

const named = z.strictObject({ id: z.string().regex(/^[\w-]{22}$/) });
type Named = Asked<z.output<typeof named>>;

const pathOf = (id: string) => `${paths.sso}/${id}`;

/** Single sign-on (Profiles 4.1): a request comes, its person proves who they are, and carries the answer back. */
export function ssoRoutes(house: House, providers: readonly Provider[]): readonly Route[] {
  const { gate } = house;

  /** Kept first, whichever way it came: a form from another site brings no cookie of ours, what follows does (D36). */
  async function receive(asked: Asked, message: Message | null): Promise<Answer> {
    try {
      const expected = { name: 'AuthnRequest', destination: addressOf(house, 'sso'), now: gate.clock.now() } as const;
      const spoken = readSpoken(message, providers, expected);
      const request = readRequest(spoken, message);
      const application = spoken.provider.application.id;
      const id = await gate.database.transaction((tx) => addRequest(tx, gate, { application, request }));
      if (id === null) throw new Refused('replayed', application);
      return { is: 'redirect', to: pathOf(id) };
    } catch (failure) {
      if (failure instanceof Refused) return refusedAnswer(house, asked, failure);
      throw failure;
    }
  }

  /** In the browser that brought it alone, as long as it is not answered. @throws Problem elsewhere */
  async function during(asked: Named, act: (waiting: Waiting, provider: Provider) => Promise<Answer>): Promise<Answer> {
    const { saml: browser = '' } = asked.cookies;
    const waiting = await findRequest(gate.database.read, gate, asked.params.id, browser);
    const provider = providers.find(({ application }) => application.id === waiting?.application);
    if (waiting === null || provider === undefined) throw new Problem('attempt-gone', 'no request of this browser');
    return act(waiting, provider);
  }

  const settled = async (asked: Asked, { id, request, startedAt }: Waiting, provider: Provider): Promise<Settled> => {
    const { application } = provider;
    const wanted = wantedBy(request, startedAt);
    const { origin } = new URL(request.consumer);
    return settleFor(gate, {
      wanted,
      session: asked.session,
      visit: await visitOf(house, asked),
      purposeAt: (level) => ({
        application: { id: application.id, name: application.name, origin },
        ask: { level, notBefore: wanted.notBefore, withoutRecovery: false },
        wanted: null,
        act: null,
        returnTo: pathOf(id),
        leaveTo: `${pathOf(id)}/leave`,
      }),
    });
  };

  async function goOn(asked: Asked, waiting: Waiting, provider: Provider): Promise<Answer> {
    const { request } = waiting;
    const { session } = asked;
    const say = (refusal: Refusal) => answerNo(house, asked, { waiting, provider, refusal });
    /** Unless no page may be shown (Core 3.4.1, IsPassive). */
    const lead = async (on: () => Promise<Answer>) => (request.isPassive ? say('no-passive') : on());
    if (kindOf(request, provider) === null) return say('no-such-name');
    const { decision, purpose, wanted } = await settled(asked, waiting, provider);
    const refusal = refusalOf({ decision, wanted, purpose }, session);
    if (refusal !== null) return say(refusal);
    if (session === null || decision?.step.screen !== 'done') return lead(() => sendToSignIn(house, asked, purpose));
    if (await allows(session, provider))
      return answerYes(house, asked, { waiting, provider, session, decision, wanted });
    return lead(async () => ({ is: 'redirect', to: `${pathOf(waiting.id)}/consent` }));
  }

  /** All that it may know is allowed, or it is ours. */
  async function allows({ account }: Session, { application }: Provider): Promise<boolean> {
    if (application.firstParty) return true;
    const consent = await findConsent(gate.database.read, account, application.id);
    return scopesOf(application).every((scope) => consent?.scopes.includes(scope));
  }

  return [
    defineRoute({
      method: 'GET',
      path: paths.sso,
      binding: 'none',
      answer: (asked) => receive(asked, messageInQuery(asked.rawQuery, 'SAMLRequest')),
    }),
    defineRoute({
      method: 'POST',
      path: paths.sso,
      binding: 'message',
      form: z.object({ SAMLRequest: z.string(), RelayState: z.string().optional() }),
      answer: (asked) => receive(asked, messageInForm(asked.form.SAMLRequest, asked.form.RelayState ?? null)),
    }),
    defineRoute({
      method: 'GET',
      path: `${paths.sso}/:id`,
      binding: 'none',
      params: named,
      async answer(asked) {
        const browser = asked.cookies.saml ?? newSecret(gate.chance);
        await gate.database.transaction((tx) => bindRequest(tx, asked.params.id, browser));
        const held = { ...asked, cookies: { ...asked.cookies, saml: browser } } as Named;
        const answer = await during(held, (waiting, provider) => goOn(asked, waiting, provider));
        return { ...answer, cookies: { ...answer.cookies, saml: browser } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${paths.sso}/:id/consent`,
      binding: 'session',
      params: named,
      answer: (asked) =>
        during(asked, async ({ request }, { application }) => {
          const to = `${pathOf(asked.params.id)}/consent`;
          const asking = { frame: frameOf(house, asked, to), csrf: asked.csrf, to, application: application.name };
          const { origin } = new URL(request.consumer);
          return { is: 'page', page: consentPage(asking, scopesOf(application)), formTargets: [origin] };
        }),
    }),
    defineRoute({
      method: 'POST',
      path: `${paths.sso}/:id/consent`,
      binding: 'session',
      params: named,
      form: z.strictObject({ answer: z.enum(['allow', 'refuse']) }),
      answer: (asked) =>
        during(asked, async (waiting, provider) => {
          const { session, address } = asked;
          if (session === null) throw new Problem('sign-in-required');
          if (asked.form.answer === 'refuse') return answerNo(house, asked, { waiting, provider, refusal: 'denied' });
          const { account } = session;
          const { id: application } = provider.application;
          const scopes = scopesOf(provider.application);
          await gate.database.transaction(async (tx) => {
            await saveConsent(tx, gate, { account, application, scopes });
            const detail = { application, scopes: scopes.join(' ') };
            await addEntry(tx, gate, { event: 'consent.given', account, address, detail });
          });
          return { is: 'redirect', to: pathOf(waiting.id) };
        }),
    }),
    defineRoute({
      method: 'GET',
      path: `${paths.sso}/:id/leave`,
      binding: 'none',
      params: named,
      answer: (asked) =>
        during(asked, async (waiting, provider) => {
          const { levels } = wantedBy(waiting.request, waiting.startedAt);
          const refusal = levels.some((level) => level > 1) ? 'no-class' : 'not-proven';
          return answerNo(house, asked, { waiting, provider, refusal });
        }),
    }),
    defineRoute({
      method: 'GET',
      path: '/saml/start/:application',
      binding: 'none',
      params: z.strictObject({ application: z.string().max(64) }),
      async answer({ params }) {
        const provider = providers.find(({ application }) => application.id === params.application);
        const [consumer] = provider?.consumers ?? [];
        if (!provider?.saml.unsolicited || consumer === undefined) throw new Problem('not-found', params.application);
        const request = unsolicited(consumer.url, provider.saml.unsolicitedTo);
        const application = provider.application.id;
        const id = await gate.database.transaction((tx) => addRequest(tx, gate, { application, request }));
        if (id === null) throw new Error('what nobody asked was never there before');
        return { is: 'redirect', to: pathOf(id) };
      },
    }),
  ];
}

const readRequest = (spoken: ReturnType<typeof readSpoken>, message: Message | null): AuthnRequest => {
  if (message === null) throw new Refused('unreadable');
  try {
    return readAuthnRequest(spoken, message);
  } catch (failure) {
    if (failure instanceof Refused) throw new Refused(failure.because, spoken.provider.application.id);
    throw failure;
  }
};

/** Where people set out from us: asks for no more than the policy does, and goes where the application itself says (D36). */
const unsolicited = (consumer: string, relayState: string): AuthnRequest => ({
  id: null,
  consumer,
  relayState: relayState === '' ? null : relayState,
  forceAuthn: false,
  isPassive: false,
  format: null,
  qualifier: null,
  subject: null,
  classes: null,
});

/** What a person is asked about: that it is they, and what is released of them. */
const scopesOf = ({ scopes }: Provider['application']): readonly string[] => [
  'openid',
  ...scopes.filter((scope) => ['profile', 'email', 'groups'].includes(scope)),
];

/** Where no page would lead on: the application is told why. */
function refusalOf({ decision, wanted }: Settled, session: Session | null): Refusal | null {
  if (decision === null) return 'no-class';
  if (session === null) return null;
  if (decision.step.screen === 'denied') return 'denied';
  return decision.step.screen === 'stuck' && wanted.essential ? 'no-class' : null;
}
