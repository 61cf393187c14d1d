import type { Element } from '../../kernel/xml.ts';
import type { Message } from './messages.ts';
import { bindings, ns } from './names.ts';
import type { Consumer, Provider } from './providers.ts';
import { Refused } from './refused.ts';
import type { Spoken } from './spoken.ts';
import { onlyChild, wordsIn } from './xml.ts';

/** What a service provider asks, once it is known that it does. Kept as JSON while its person proves who they are. */
export interface AuthnRequest {
  /** By which the answer is known to be one; null: nobody asked. */
  readonly id: string | null;
  readonly consumer: string;
  readonly relayState: string | null;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  /** The NameID it wants; null: whatever is agreed. */
  readonly format: string | null;
  readonly qualifier: string | null;
  /** Whom it speaks of: nobody is picked by it, and nobody else is answered. */
  readonly subject: string | null;
  /** What it wants proven; null: what the policy asks. */
  readonly classes: { readonly wanted: readonly string[]; readonly comparison: string } | null;
}

/** @throws Refused where it cannot be answered, for nothing says safely where to */
export function readAuthnRequest({ root, provider }: Spoken, message: Message): AuthnRequest {
  const consumer = consumerIn(root, provider);
  const policy = onlyChild(root, ns.protocol, 'NameIDPolicy');
  return {
    id: root.getAttribute('ID'),
    consumer: consumer.url,
    relayState: message.relayState,
    forceAuthn: flag(root, 'ForceAuthn'),
    isPassive: flag(root, 'IsPassive'),
    format: policy?.getAttribute('Format') ?? null,
    qualifier: policy?.getAttribute('SPNameQualifier') ?? null,
    subject: subjectIn(root),
    classes: classesIn(root),
  };
}

/** Only what its metadata names, letter by letter (Core 3.4.1; Profiles 4.1.4.1). */
function consumerIn(root: Element, { consumers }: Provider): Consumer {
  const [url, index] = ['AssertionConsumerServiceURL', 'AssertionConsumerServiceIndex'].map((one) =>
    root.getAttribute(one),
  );
  const binding = root.getAttribute('ProtocolBinding');
  if (binding !== null && binding !== bindings.post) throw new Refused('binding');
  if (url !== null && index !== null) throw new Refused('malformed');
  const found = consumers.find(
    (one) => (url === null || one.url === url) && (index === null || one.index === (index ?? null)),
  );
  if (found === undefined) throw new Refused('unknown-consumer');
  return found;
}

function flag(root: Element, name: string): boolean {
  const value = root.getAttribute(name) ?? 'false';
  if (!['true', 'false', '1', '0'].includes(value)) throw new Refused('malformed');
  return value === 'true' || value === '1';
}

function subjectIn(root: Element): string | null {
  const subject = onlyChild(root, ns.assertion, 'Subject');
  if (subject === null) return null;
  const name = wordsIn(onlyChild(subject, ns.assertion, 'NameID'));
  if (name === null || name === '') throw new Refused('malformed');
  return name;
}

function classesIn(root: Element): AuthnRequest['classes'] {
  const asked = onlyChild(root, ns.protocol, 'RequestedAuthnContext');
  if (asked === null) return null;
  const wanted: string[] = [];
  for (let node = asked.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== 1) continue;
    const one = node as Element;
    // A declaration is a class that nobody here knows.
    wanted.push(one.localName === 'AuthnContextClassRef' ? (wordsIn(one) ?? '') : '');
  }
  return { wanted, comparison: asked.getAttribute('Comparison') ?? 'exact' };
}
