import { fromOurPages } from '../../http/csrf.ts';
import type { Original } from '../../http/original.ts';
import type { Place } from './place.ts';
import { isForPeople } from './told.ts';

/** No form that a person reads over is longer. */
const longest = 16 * 1024;

/** Fields as names and values, in their order. */
export const fieldsOf = (body: string): readonly (readonly [string, string])[] => [...new URLSearchParams(body)];

/**
 * A form of the site's own page, by a person, which a browser would send again letter for letter (URL Standard, 5.2). Whatever
 * another site made a browser send is not kept: to keep it would make it look meant.
 */
export function mayBeParked(original: Original, place: Place): boolean {
  const type = original.header('content-type').toLowerCase();
  return (
    place.method === 'POST' &&
    !original.handsOn &&
    isFromSite(original, place) &&
    isForPeople(original) &&
    /^application\/x-www-form-urlencoded\s*(;\s*charset=utf-8\s*)?$/.test(type) &&
    original.body.length <= longest &&
    new URLSearchParams(original.body).toString() === original.body &&
    fieldsOf(original.body).every(([name, value]) => isKept(name) && isKept(value))
  );
}

/** Whose page it was, as the browser says. */
export const isFromSite = (original: Original, { site }: Place): boolean => {
  const fetchSite = original.header('sec-fetch-site');
  const said = { origin: original.header('origin'), ...(fetchSite !== '' && { 'sec-fetch-site': fetchSite }) };
  return fromOurPages(said, site.origin.origin);
};

/** A hidden field keeps its text but for NUL and for line ends that are no CRLF; one of that name is filled by the browser. */
const isKept = (text: string): boolean =>
  text !== '_charset_' && !/[\0\r\n]/.test(text.replaceAll('\r\n', '')) && text.isWellFormed();

/** What is better not on a screen. What it is called is all that is known of a field. */
export const isSecret = (name: string): boolean => /pass|pwd|secret|token|csrf|nonce|^pin$|cvc|cvv/i.test(name);
