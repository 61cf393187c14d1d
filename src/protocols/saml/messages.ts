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
  const raw = partsOf(query, [name, 'RelayState', 'SigAlg', 'Signature']);
  const { [name]: message, RelayState: relay, SigAlg: by, Signature: value } = raw ?? {};
  if (message === undefined || (by === undefined) !== (value === undefined)) return null;
  const xml = inflated(decoded(message) ?? '');
  const relayState = decoded(relay ?? '');
  if (xml === null || relayState === null || relayState.length > longestRelayState) return null;
  const signed = [`${name}=${message}`, ...(relay === undefined ? [] : [`RelayState=${relay}`])];
  return { binding: 'redirect', xml, relayState: relayState || null, beside: besideOf(signed, by, value) };
}

/** What was signed stands in this order, whatever the order was (Bindings 3.4.4.1). */
const besideOf = (signed: readonly string[], by: string | undefined, value: string | undefined): Message['beside'] =>
  by === undefined || value === undefined
    ? null
    : { text: [...signed, `SigAlg=${by}`].join('&'), algorithm: decoded(by) ?? '', value: decoded(value) ?? '' };

/** By their names, still encoded; null where one is there twice: two readers would take another one of them. */
function partsOf(query: string, names: readonly string[]): Partial<Record<string, string>> | null {
  const found = query.split('&').flatMap((part): [string, string][] => {
    const [name = '', ...value] = part.split('=');
    return names.includes(name) ? [[name, value.join('=')]] : [];
  });
  return new Set(found.map(([name]) => name)).size === found.length ? Object.fromEntries(found) : null;
}

/** Of a form (Bindings 3.5.4). */
export function messageInForm(message: string, relayState: string | null): Message | null {
  const bytes = inBase64(message);
  const xml = bytes === null || bytes.length > longest ? null : inUtf8(bytes);
  return xml === null || (relayState?.length ?? 0) > longestRelayState
    ? null
    : { binding: 'post', xml, relayState, beside: null };
}

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
