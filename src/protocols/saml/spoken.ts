import { type Instant, instantOf, minutes } from '../../kernel/clock.ts';
import type { Element } from '../../kernel/xml.ts';
import type { Message } from './messages.ts';
import { ns } from './names.ts';
import type { Provider } from './providers.ts';
import { type Reason, Refused } from './refused.ts';
import { holdsSignature, isSignedBeside, signedPart } from './signing.ts';
import { isNamed, onlyChild, readXml, wordsIn } from './xml.ts';

/** A message, and whose it is: as much as was signed of it, where it is signed. */
export interface Spoken {
  readonly root: Element;
  readonly provider: Provider;
  readonly isSigned: boolean;
}

interface Expected {
  /** What the root is called. */
  readonly name: 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse';
  /** Which address of ours it came to. */
  readonly destination: string;
  readonly now: Instant;
}

/** How far the clocks of two machines may be apart. */
const skew = minutes(5);

/** Everything that is asked of any message, in order (Core 3.2, 5; Bindings 3.4.5.2, 3.5.5.2). @throws Refused */
export function readSpoken(message: Message | null, providers: readonly Provider[], expected: Expected): Spoken {
  const whole = message === null ? null : readXml(message.xml);
  if (message === null || whole === null) throw new Refused('unreadable');
  const provider = senderOf(whole, providers, expected);
  const refuse = (because: Reason): never => {
    throw new Refused(because, provider.application.id);
  };
  const isSigned = message.beside !== null || holdsSignature(whole);
  if (!isSigned && provider.signs) refuse('unsigned');
  const root = isSigned ? (verified(message, whole, provider) ?? refuse('signature')) : whole;
  // What was signed is looked at anew: whose it is, too.
  if (senderOf(root, providers, expected) !== provider) refuse('signature');
  if (!isMeantFor(root, expected.destination, isSigned)) refuse('destination');
  if (!isTimely(root, expected.now)) refuse('too-old');
  return { root, provider, isSigned };
}

/** What is signed says for whom: else it could be taken to somebody else (Bindings 3.4.5.2, 3.5.5.2). */
function isMeantFor(root: Element, address: string, isSigned: boolean): boolean {
  const destination = root.getAttribute('Destination');
  return destination === null ? !isSigned : destination === address;
}

/** @throws Refused unless it is what is expected, of somebody we know */
function senderOf(root: Element, providers: readonly Provider[], { name }: Expected): Provider {
  const id = root.getAttribute('ID') ?? '';
  // An NCName, as xs:ID is (XML Schema 2, 3.3.8); nobody makes longer ones.
  const isIt = isNamed(root, ns.protocol, name) && root.getAttribute('Version') === '2.0';
  if (!isIt || !/^[A-Za-z_][\w.-]{0,255}$/.test(id)) throw new Refused('malformed');
  const issuer = wordsIn(onlyChild(root, ns.assertion, 'Issuer'));
  const provider = providers.find(({ entityId }) => entityId === issuer);
  if (provider === undefined) throw new Refused('unknown-issuer');
  return provider;
}

/** As much of it as is signed. By Redirect the signature stands beside it, and none in it (Bindings 3.4.4.1). */
function verified({ binding, beside, xml }: Message, root: Element, { keys }: Provider): Element | null {
  if (binding === 'post') return signedPart(xml, root, keys);
  if (beside === null || holdsSignature(root)) return null;
  return isSignedBeside(beside, keys) ? root : null;
}

function isTimely(root: Element, now: Instant): boolean {
  const at = root.getAttribute('IssueInstant') ?? '';
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(at) && Math.abs(instantOf(at) - now) <= skew;
}
