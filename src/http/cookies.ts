import { days, inSeconds, minutes } from '../kernel/clock.ts';

/**
 * Every cookie there is. `__Host-` binds each to this very host and to TLS; none of them is readable by a script, and
 * none says anything about anybody by itself.
 */
export const cookies = {
  /** Proves who is signed in; ends with the browser. */
  session: { name: '__Host-session', lifetime: null },
  /** Proves that all that is owned was shown for one change; opens that change alone, once. */
  proof: { name: '__Host-proof', lifetime: minutes(5) },
  /** Proves that this browser began a sign-in; opens the sign-in pages and nothing else. */
  attempt: { name: '__Host-attempt', lifetime: null },
  /** Proves nothing; tells this browser from others. */
  browser: { name: '__Host-browser', lifetime: days(400) },
  /** Proves nothing; excuses from the second factor that a policy asks for. One entry for each person, new at each use. */
  remembered: { name: '__Host-remembered', lifetime: days(365) },
  /** Proves nothing; who goes on without a password in this browser, sealed, or that nobody wants to be asked. */
  passwordless: { name: '__Host-passwordless', lifetime: days(400) },
  /** Proves nothing; the language last chosen here. */
  language: { name: '__Host-language', lifetime: days(400) },
  /** At a site's own host: proves that its person came from us; opens that site alone, and ends with their session. */
  pass: { name: '__Host-sallyport-pass', lifetime: null },
  /** There too: names what waits to be sent, and sends it once. */
  parked: { name: '__Host-sallyport-parked', lifetime: minutes(5) },
  /** There too: proves that this browser set out for us, so that nobody's way back ends in another's. */
  setOut: { name: '__Host-sallyport-set-out', lifetime: null },
  /** Proves that this browser brought an application's SAML request, and opens the way on with that request alone. */
  saml: { name: '__Host-saml', lifetime: null },
  /** Proves that this browser began an application's request; set by oidc-provider for that request's addresses alone. */
  interaction: { name: '__Secure-interaction', lifetime: null },
  /** The same, for the address it is resumed at. */
  resume: { name: '__Secure-resume', lifetime: null },
} as const;

export type CookieName = keyof typeof cookies;

/** A value to set, or null to take the cookie away. */
export type CookieChanges = Readonly<Partial<Record<CookieName, string | null>>>;

const ours = new Map<string, CookieName>(Object.entries(cookies).map(([key, { name }]) => [name, key as CookieName]));

/**
 * What we write into one: a secret, a word, a few secrets with their names, or something sealed. Anything else was not
 * written by us.
 */
const written = /^([\w-]{1,43}|[\w-]{65}(\.[\w-]{65}){0,4}|[\w-]{1,43}(\.[\w-]{1,64}){3})$/;

/** Ours among those sent. A name sent twice is somebody's attempt to slip one in: it counts as not sent. */
export function readCookies(header: string | undefined): Partial<Record<CookieName, string>> {
  const found = new Map<CookieName, string[]>();
  for (const pair of (header ?? '').split(';')) {
    const [name = '', ...value] = pair.trim().split('=');
    const key = ours.get(name);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), value.join('=')]);
  }
  const single = [...found].flatMap(([key, values]) =>
    values.length === 1 && written.test(values[0] ?? '') ? [[key, values[0] ?? '']] : [],
  );
  return Object.fromEntries(single);
}

/** What a site is sent in place of the Cookie field: what is ours is not its business. */
export const withoutOurs = (header: string): string =>
  header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => !pair.startsWith('__Host-sallyport-'))
    .join('; ');

/** Set-Cookie fields (RFC 6265bis). */
export const writeCookies = (changes: CookieChanges): string[] =>
  Object.entries(changes).map(([key, value]) => {
    const { name, lifetime } = cookies[key as CookieName];
    const age = value === null ? '; Max-Age=0' : lifetime === null ? '' : `; Max-Age=${inSeconds(lifetime)}`;
    return `${name}=${value ?? ''}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`;
  });
