/** Sent with every answer of ours (OWASP ASVS 5.0, 3.4). */
const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};

/** What a page of ours may do besides. */
export interface PageRights {
  /** Of the scripts of this page. */
  readonly nonce: string;
  /**
   * Origins a form may end up at besides ours: where the request under way is redirected to; 'self' alone would stop the
   * redirect back to the application.
   */
  readonly formTargets: readonly string[];
}

const policyFor = (scripts: string, formTargets: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
  ].join('; ');

const plain = { ...always, 'content-security-policy': policyFor("'none'", []) };
const overTls = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };
const plainOverTls = { ...plain, ...overTls };

/** @param page null for what is no page, or one without scripts */
export function headersFor(secure: boolean, page: PageRights | null): Readonly<Record<string, string>> {
  const same = secure ? plainOverTls : plain;
  return page === null
    ? same
    : { ...same, 'content-security-policy': policyFor(`'nonce-${page.nonce}'`, page.formTargets) };
}
