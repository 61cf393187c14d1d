/** Sent with every answer of ours (OWASP ASVS 5.0, 3.4). */
const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};

/**
 * @param nonce of the scripts of this page; empty where none may run
 * @param formTargets origins a form may end up at besides ours: where the request under way is redirected to; 'self'
 *   alone would stop the redirect back to the application
 */
export function headersFor({
  secure,
  nonce,
  formTargets,
}: {
  secure: boolean;
  nonce: string;
  formTargets: readonly string[];
}) {
  const policy = [
    "default-src 'none'",
    `script-src ${nonce === '' ? "'none'" : `'nonce-${nonce}'`}`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
  ];
  return {
    ...always,
    'content-security-policy': policy.join('; '),
    ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}
