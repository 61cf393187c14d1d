import { type KeyObject, sign, verify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { Element } from '../../kernel/xml.ts';
import { algorithms, ns } from './names.ts';
import { childrenOf, isNamed, readXml } from './xml.ts';

/** What we sign with, and what is shown of it. */
export interface Signer {
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
}

const { rsaSha256, rsaSha512, sha256, sha512, exclusive, enveloped } = algorithms;

/**
 * Signs the root, by its ID (Core 5.4).
 * @param at where the signature stands: after the Issuer in messages and assertions, first in metadata
 */
export function signed(xml: string, { privateKey, certificate }: Signer, at: 'after-issuer' | 'first'): string {
  const signer = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
  });
  signer.addReference({ xpath: '/*', transforms: [enveloped, exclusive], digestAlgorithm: sha256 });
  const location =
    at === 'first'
      ? ({ reference: '/*', action: 'prepend' } as const)
      : ({ reference: `/*/*[local-name(.)='Issuer']`, action: 'after' } as const);
  signer.computeSignature(xml, { prefix: 'ds', location });
  return signer.getSignedXml();
}

/** Of a message whose root is signed: exactly as much of it as was signed, read anew; null unless one of the keys made it. */
export function signedPart(xml: string, root: Element, keys: readonly KeyObject[]): Element | null {
  const signature = soleSignature(root);
  if (signature === null || !isOrdinary(signature, root)) return null;
  for (const key of keys) {
    const part = checked(xml, signature, key);
    // What was signed is consumed, never the document that it stood in.
    if (part !== null) return readXml(part);
  }
  return null;
}

/** Its own, and the only one anywhere in it: wrapped ones have two (XSW1-8). */
function soleSignature(root: Element): Element | null {
  const all = root.getElementsByTagNameNS('*', 'Signature');
  const [own] = childrenOf(root, ns.signature, 'Signature');
  return all.length === 1 && own !== undefined ? own : null;
}

/** Core 5.4.2-5.4.4: one reference, to the root by its ID, with the two transforms that change nothing else, and none of ours refused. */
function isOrdinary(signature: Element, root: Element): boolean {
  const [info, ...others] = childrenOf(signature, ns.signature, 'SignedInfo');
  const [reference, ...more] = childrenOf(info ?? null, ns.signature, 'Reference');
  if (info === undefined || reference === undefined || others.length + more.length > 0) return false;
  const id = root.getAttribute('ID') ?? '';
  const [list, ...lists] = childrenOf(reference, ns.signature, 'Transforms');
  const transforms = childrenOf(list ?? null, ns.signature, 'Transform').map((one) => one.getAttribute('Algorithm'));
  return (
    id !== '' &&
    reference.getAttribute('URI') === `#${id}` &&
    lists.length === 0 &&
    transforms.length <= 2 &&
    transforms[0] === enveloped &&
    (transforms.length === 1 || transforms[1] === exclusive) &&
    is(info, 'CanonicalizationMethod', [exclusive]) &&
    is(info, 'SignatureMethod', [rsaSha256, rsaSha512]) &&
    is(reference, 'DigestMethod', [sha256, sha512]) &&
    childrenOf(reference, ns.signature, 'DigestValue').length === 1
  );
}

function is(parent: Element, name: string, allowed: readonly string[]): boolean {
  const [one, ...more] = childrenOf(parent, ns.signature, name);
  return one !== undefined && more.length === 0 && allowed.includes(one.getAttribute('Algorithm') ?? '');
}

/** By this key and no other: what a message says of keys (`KeyInfo`) is not looked at. */
function checked(xml: string, signature: Element, key: KeyObject): string | null {
  const verifier = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null });
  try {
    verifier.loadSignature(signature as unknown as Node);
    if (!verifier.checkSignature(xml)) return null;
  } catch {
    return null;
  }
  const [part, ...more] = verifier.getSignedReferences();
  return part === undefined || more.length > 0 ? null : part;
}

const hashes: Readonly<Record<string, string>> = { [rsaSha256]: 'sha256', [rsaSha512]: 'sha512' };

/** A signature beside the message (Bindings 3.4.4.1): over the query letter by letter, as it came. */
export const isSignedBeside = (
  { text, algorithm, value }: { text: string; algorithm: string; value: string },
  keys: readonly KeyObject[],
): boolean => {
  const hash = hashes[algorithm];
  return hash !== undefined && keys.some((key) => verify(hash, Buffer.from(text), key, Buffer.from(value, 'base64')));
};

/** The query with our signature after it. */
export function signedBeside(query: string, { privateKey }: Signer): string {
  const text = `${query}&${new URLSearchParams({ SigAlg: rsaSha256 })}`;
  const value = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return `${text}&${new URLSearchParams({ Signature: value })}`;
}

export const holdsSignature = (root: Element): boolean =>
  childrenOf(root, ns.signature, 'Signature').length > 0 || isNamed(root, ns.signature, 'Signature');
