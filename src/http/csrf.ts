import { sameText } from '../kernel/bytes.ts';
import { type KeyRing, mark } from '../kernel/seal.ts';

/** The name of the hidden field that every form of ours carries. */
export const csrfField = '_csrf';

/** Bound to the secret in the cookie: with another cookie it is worth nothing. */
export const csrfToken = (ring: KeyRing, secret: string): string => mark(ring, 'csrf', secret);

export const csrfHolds = (ring: KeyRing, secret: string | undefined, given: unknown): boolean =>
  secret !== undefined && typeof given === 'string' && sameText(csrfToken(ring, secret), given);

/**
 * Does the browser say that our own page sent this? Sec-Fetch-Site where there is one, else Origin; one of both must be
 * there (OWASP Cross-Site Request Forgery Prevention).
 */
export function fromOurPages(
  headers: { readonly [name: string]: string | string[] | undefined },
  origin: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers['origin'] === origin;
}
