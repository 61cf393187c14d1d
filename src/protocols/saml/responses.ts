import { dateOf, type Instant, minutes, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Means } from '../../store/means.ts';
import type { AuthnRequest } from './authn-request.ts';
import { encrypted } from './encryption.ts';
import type { NameId } from './name-ids.ts';
import { ns, type Refusal, refusals, success } from './names.ts';
import type { Provider } from './providers.ts';
import { type Signer, signed } from './signing.ts';
import { escaped, tag } from './xml.ts';

/** How long an assertion may be shown to the application. It is on its way for seconds. */
const shownWithin = minutes(5);
/** A clock that is behind ours is no reason to say no. */
const before = minutes(1);

/** An answer, before it is written. */
export interface Answering {
  readonly means: Means;
  readonly signer: Signer;
  /** Whose answer it is: the entityID of ours. */
  readonly issuer: string;
  readonly provider: Provider;
  readonly request: Pick<AuthnRequest, 'id' | 'consumer'>;
}

/** What is said of a person. */
export interface Statement {
  readonly name: NameId;
  /** What was proven, and when: the truth at this moment, for this request. */
  readonly proven: string;
  readonly provenAt: Instant;
  readonly session: { readonly index: string; readonly endsAt: Instant };
  /** XML. */
  readonly attributes: string;
}

export const moment = (at: Instant): string => dateOf(at).toISOString();

/** An ID is an NCName: it does not begin with a digit or a dash (XML Schema 2, 3.3.7). */
export const newMessageId = ({ chance }: Pick<Means, 'chance'>): string => `_${newId(chance)}`;

/** Yes: both the assertion and the answer around it are signed (Profiles 4.1.4.2). */
export async function assertionAnswer(answering: Answering, statement: Statement): Promise<string> {
  const { signer, provider } = answering;
  const assertion = signed(assertionOf(answering, statement), signer, 'after-issuer');
  const { encryption, saml } = provider;
  const inside = saml.encrypted && encryption !== null ? await encrypted(assertion, encryption) : assertion;
  return answerOf(answering, tag('samlp:Status', {}, statusCode(success)), inside);
}

/** No, and why. */
export const refusingAnswer = (answering: Answering, refusal: Refusal): string => {
  const [whose, why] = refusals[refusal];
  return answerOf(answering, tag('samlp:Status', {}, statusCode(whose, statusCode(why))));
};

export const statusCode = (value: string, ...inside: readonly string[]): string =>
  tag('samlp:StatusCode', { Value: value }, ...inside);

function answerOf({ means, signer, issuer, request }: Answering, ...inside: readonly string[]): string {
  const response = tag(
    'samlp:Response',
    {
      'xmlns:samlp': ns.protocol,
      'xmlns:saml': ns.assertion,
      ID: newMessageId(means),
      Version: '2.0',
      IssueInstant: moment(means.clock.now()),
      Destination: request.consumer,
      InResponseTo: request.id,
    },
    tag('saml:Issuer', {}, escaped(issuer)),
    ...inside,
  );
  return signed(response, signer, 'after-issuer');
}

function assertionOf({ means, issuer, provider, request }: Answering, statement: Statement): string {
  const now = means.clock.now();
  const { name, proven, provenAt, session, attributes } = statement;
  return tag(
    'saml:Assertion',
    { 'xmlns:saml': ns.assertion, ID: newMessageId(means), Version: '2.0', IssueInstant: moment(now) },
    tag('saml:Issuer', {}, escaped(issuer)),
    tag(
      'saml:Subject',
      {},
      nameIdOf(name, issuer, provider.entityId),
      tag(
        'saml:SubjectConfirmation',
        { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' },
        tag('saml:SubjectConfirmationData', {
          NotOnOrAfter: moment(shift(now, shownWithin)),
          Recipient: request.consumer,
          InResponseTo: request.id,
        }),
      ),
    ),
    tag(
      'saml:Conditions',
      { NotBefore: moment(shift(now, -before)), NotOnOrAfter: moment(shift(now, shownWithin)) },
      tag('saml:AudienceRestriction', {}, tag('saml:Audience', {}, escaped(provider.entityId))),
    ),
    tag(
      'saml:AuthnStatement',
      {
        AuthnInstant: moment(provenAt),
        SessionIndex: session.index,
        SessionNotOnOrAfter: moment(session.endsAt),
      },
      tag('saml:AuthnContext', {}, tag('saml:AuthnContextClassRef', {}, escaped(proven))),
    ),
    attributes,
  );
}

/** Qualified where the same word may mean somebody else elsewhere (Core 8.3.7). */
function nameIdOf({ format, value }: NameId, issuer: string, entityId: string): string {
  const isOneOfMany = format.endsWith(':persistent') || format.endsWith(':transient');
  const qualifiers = isOneOfMany ? { NameQualifier: issuer, SPNameQualifier: entityId } : {};
  return tag('saml:NameID', { Format: format, ...qualifiers }, escaped(value));
}
