import { findAccount } from '../../core/accounts/store.ts';
import { endOf, hasSession, type Session } from '../../core/sessions/store.ts';
import { provenAt, youngEnough } from '../../flow/assurance.ts';
import { frameOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Answer, Asked } from '../../http/route.ts';
import { mark } from '../../kernel/seal.ts';
import type { Gate } from '../../proving/gate.ts';
import { noteHourly } from '../../proving/reading.ts';
import type { Decision } from '../../proving/situation.ts';
import type { Wanted } from '../../proving/wanted.ts';
import { attributesOf } from './attributes.ts';
import { classFor } from './classes.ts';
import { openSamlKeys } from './keys.ts';
import { entityIdOf } from './metadata.ts';
import { kindOf, nameOf } from './name-ids.ts';
import type { Refusal } from './names.ts';
import { carryPage, refusedPage } from './pages.tsx';
import type { Provider } from './providers.ts';
import type { Refused } from './refused.ts';
import { answerRequest, type Waiting } from './requests.ts';
import { type Answering, assertionAnswer, refusingAnswer } from './responses.ts';

interface Ours {
  readonly waiting: Waiting;
  readonly provider: Provider;
}

/** Names a session to an application, another name for each: nothing has to be kept. */
export const indexOf = (gate: Gate, session: string, application: string): string =>
  mark(gate.ring, 'saml-session', session, application);

const answering = async (house: House, { waiting, provider }: Ours): Promise<Answering> => ({
  means: house.gate,
  signer: (await openSamlKeys(house.gate)).signer,
  issuer: entityIdOf(house),
  provider,
  request: waiting.request,
});

/** The application learns that it is not to be, and why. Once. */
export async function answerNo(
  house: House,
  asked: Asked,
  { refusal, ...ours }: Ours & { readonly refusal: Refusal },
): Promise<Answer> {
  const { gate } = house;
  await gate.database.transaction(async (tx) => {
    if (!(await answerRequest(tx, ours.waiting.id))) throw new Problem('attempt-gone', 'answered already');
  });
  return carried(house, asked, ours, refusingAnswer(await answering(house, ours), refusal));
}

/**
 * Whoever is let through is: what they proved, when, and what the application may know of them. Once: the request is answered and
 * their session looked at in one transaction.
 */
export async function answerYes(
  house: House,
  asked: Asked,
  given: Ours & { readonly session: Session; readonly decision: Decision; readonly wanted: Wanted },
): Promise<Answer> {
  const { gate } = house;
  const { waiting, provider, session, decision, wanted } = given;
  const { request } = waiting;
  const { id: application } = provider.application;
  const kind = kindOf(request, provider);
  const account = await findAccount(gate.database.read, session.account);
  if (account === null || kind === null) throw new Problem('attempt-gone', 'nobody is there any more');
  const name = await gate.database.transaction(async (tx) => {
    if (!(await hasSession(tx, session.id, session.account)))
      throw new Problem('attempt-gone', 'the session has ended');
    const called = await nameOf(tx, gate, kind, { account, application });
    const isTheirs = called !== null && (request.subject === null || request.subject === called.value);
    if (isTheirs && !(await answerRequest(tx, waiting.id))) throw new Problem('attempt-gone', 'answered already');
    return isTheirs ? called : null;
  });
  if (name === null)
    return answerNo(house, asked, { ...given, refusal: request.subject === null ? 'no-such-name' : 'somebody-else' });
  const xml = await assertionAnswer(await answering(house, given), {
    name,
    proven: classFor(request, decision.issued),
    provenAt: provenAt(youngEnough(decision.proofs, wanted.notBefore)),
    session: { index: indexOf(gate, session.id, application), endsAt: endOf(session) },
    attributes: attributesOf(account, provider),
  });
  return carried(house, asked, given, xml);
}

function carried(house: House, asked: Asked, { waiting, provider }: Ours, xml: string): Answer {
  const { consumer, relayState } = waiting.request;
  const fields = {
    SAMLResponse: Buffer.from(xml).toString('base64'),
    ...(relayState !== null && { RelayState: relayState }),
  };
  const page = carryPage(frameOf(house, asked, '/sign-in'), {
    to: consumer,
    application: provider.application.name,
    fields,
  });
  return { is: 'page', page, formTargets: [new URL(consumer).origin] };
}

/** A page for whoever brought it, and a line in the log for whoever looks after it: of each application and kind once an hour. */
export async function refusedAnswer(house: House, asked: Asked, { because, by }: Refused): Promise<Answer> {
  const detail = { because, ...(by !== null && { application: by }) };
  const office = { actor: 'nobody', address: asked.address };
  await noteHourly(house.gate, office, { event: 'saml.refused', account: null, detail });
  return { is: 'page', page: refusedPage(frameOf(house, asked, '/sign-in'), because), status: 400 };
}
