import { inflateRawSync } from 'node:zlib';
import { longest } from './xml.ts';

/** A message as a browser brought it, still to be believed. */
export interface Message {
  readonly binding: 'redirect' | 'post';
  readonly xml: string;
  readonly relayState: string | null;
  /** What stands beside it in the query, where it is signed there. */
  readonly beside: { readonly text: string; readonly algorithm: string; readonly value: string } | null;
}

/** Some give their own address with all its parameters; nobody needs more. */
const longestRelayState = 2048;

/**
 * Of the query as it came (Bindings 3.4.4): what is verified is what is read, so it is taken apart here, letter by letter.
 * @returns null for what is no such message, or is larger than any
 */
export function messageInQuery(query: string, name: 'SAMLRequest' | 'SAMLResponse'): Message | null {
  const parts = query.split('&');
  const raw = (wanted: string): string | null | undefined => {
    const found = parts.filter((part) => part.startsWith(`${wanted}=`));
    return found.length > 1 ? undefined : (found[0]?.slice(wanted.length + 1) ?? null);
  };
  const [message, relay, algorithm, signature] = [name, 'RelayState', 'SigAlg', 'Signature'].map(raw);
  if (message == null || relay === undefined || algorithm === undefined || signature === undefined) return null;
  const packed = decoded(message);
  const relayState = relay === null ? null : decoded(relay);
  const xml = packed === null ? null : inflated(packed);
  if (xml === null || (relay !== null && relayState === null) || isLong(relayState)) return null;
  if (algorithm === null && signature === null) return { binding: 'redirect', xml, relayState, beside: null };
  const [by, value] = [decoded(algorithm ?? ''), decoded(signature ?? '')];
  if (by === null || value === null) return null;
  const said = [`${name}=${message}`, ...(relay === null ? [] : [`RelayState=${relay}`]), `SigAlg=${algorithm}`];
  return { binding: 'redirect', xml, relayState, beside: { text: said.join('&'), algorithm: by, value } };
}

/** Of a form (Bindings 3.5.4). */
export function messageInForm(message: string, relayState: string | null): Message | null {
  const bytes = inBase64(message);
  const xml = bytes === null || bytes.length > longest ? null : inUtf8(bytes);
  return xml === null || isLong(relayState) ? null : { binding: 'post', xml, relayState, beside: null };
}

const isLong = (relayState: string | null): boolean => (relayState?.length ?? 0) > longestRelayState;

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** No more is unpacked than a message may have: what a few bytes would grow to is never in memory. */
function inflated(packed: string): string | null {
  const bytes = inBase64(packed);
  try {
    return bytes === null ? null : inUtf8(inflateRawSync(bytes, { maxOutputLength: longest }));
  } catch {
    return null;
  }
}

/** In lines, as some write it. */
function inBase64(text: string): Buffer | null {
  const joined = text.replaceAll(/[\r\n ]/g, '');
  return joined !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(joined) ? Buffer.from(joined, 'base64') : null;
}

function inUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
