import type { Ask } from '../../core/attempts/store.ts';
import type { Site } from '../../core/sites/settings.ts';
import { levelOfName } from '../../flow/assurance.ts';
import { type Instant, minutes, shift } from '../../kernel/clock.ts';

/** Where a request to a site was going. */
export interface Place {
  readonly site: Site;
  readonly method: string;
  /** Decoded once, as rules read it. */
  readonly path: string;
  /** Path and query as they were sent. */
  readonly target: string;
}

/**
 * Null where there is no such site, or where two readers could disagree on what is meant: the site may read `/a/../b`, `//b`,
 * `/b;x`, `/%2e` or `\` otherwise than we do, and then a rule for one would not stand before the other (CVE-2021-32637).
 */
export function placeOf(sites: readonly Site[], { url, method }: { url: string; method: string }): Place | null {
  const [, origin = '', raw = '', query = ''] = /^(https?:\/\/[^/?#@]+)(\/[^?#]*)(\?[^#]*)?$/i.exec(url) ?? [];
  const site = sites.find((one) => URL.canParse(origin) && one.origin.origin === new URL(origin).origin);
  const path = decoded(raw);
  // Every character that is sent is one of a URI's (RFC 3986, 2): no space, no control, nothing beyond ASCII.
  const isPlain = /^[\x21-\x7e]+$/.test(url) && /^[A-Z]{1,20}$/.test(method);
  if (site === undefined || path === null || !isPlain) return null;
  return { site, method: method === 'HEAD' ? 'GET' : method, path, target: raw + query };
}

/** Once; what would still change if it were read again, or by somebody else, is no path. */
function decoded(raw: string): string | null {
  try {
    const path = decodeURIComponent(raw);
    const isTwofold = changes.test(path) || changes.test(plain(path)) || steps(plain(path)) !== steps(path);
    return isTwofold || /%2f/i.test(raw) ? null : path;
  } catch {
    return null;
  }
}

const changes = /%[0-9a-f]{2}|[\\;\p{Cc}]|\/\/|\/\.{1,2}(\/|$)/iu;

/** With the plain letters that some systems take for those that look alike: a fullwidth slash for a slash. */
const plain = (path: string): string => path.normalize('NFKC');
const steps = (path: string): number => path.split('/').length;

/** What the site's rules ask here beyond the policy: the strictest of all that match. */
export function askAt({ site, method, path }: Place, now: Instant): Ask {
  const rules = site.rules.filter(({ paths, methods }) => paths.some(covers(path)) && isAmong(methods, method));
  const levels = rules.flatMap(({ require }) => (require === undefined ? [] : [levelOfName[require]]));
  const within = rules.flatMap(({ withinMinutes }) => (withinMinutes === undefined ? [] : [withinMinutes]));
  return {
    level: levels.sort((a, b) => b - a)[0] ?? null,
    notBefore: within.length === 0 ? null : shift(now, -minutes(Math.min(...within))),
    withoutRecovery: false,
  };
}

/** Whole steps of the path as it is, or as a site may take it that cares less: more is asked at most. */
const covers = (path: string) => (above: string) =>
  [path, loosely(path)].some((one) => `${one}/`.startsWith(`${loosely(above).replace(/\/$/, '')}/`));

/** There are sites that take `/Admin` for `/admin`, drop spaces and dots at the end of a step, or look for a query once more. */
const loosely = (path: string): string =>
  plain(path.replace(/[?#].*$/s, ''))
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/[ .]+(?=\/|$)/g, '');

/** A method that no rule can name counts as each of them. */
const isAmong = (methods: readonly string[] | undefined, method: string): boolean =>
  methods === undefined || methods.includes(method) || !known.includes(method);
const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
