import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A request of the Auth API as it came. */
export interface Signed {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** Duo takes a clock to be right within five minutes. */
const tolerance = 300_000;

/** Why the request is not from whoever holds the secret key; null when it is. */
export function flawOf(request: Signed, { integration, secret }: { integration: string; secret: string }, now: number) {
  const date = request.headers.get('date') ?? '';
  if (!(Math.abs(Date.parse(date) - now) <= tolerance)) return 'Bad request timestamp';
  const [scheme, encoded = ''] = (request.headers.get('authorization') ?? '').split(' ');
  const [key, signature = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  if (scheme !== 'Basic' || key !== integration) return 'Invalid integration key in request credentials';
  const forms = [canonical2(request, date), canonical5(request, date)];
  return forms.some((form) => same(signature, form, secret)) ? null : 'Invalid signature in request credentials';
}

function same(signature: string, signed: string, secret: string): boolean {
  const expected = createHmac('sha512', secret).update(signed).digest('hex');
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/** What was asked, whichever way it was sent. */
export function paramsOf(request: Signed): Readonly<Record<string, string>> {
  if (isJson(request)) return JSON.parse(request.body || '{}') as Record<string, string>;
  return Object.fromEntries(request.method === 'GET' ? request.query : new URLSearchParams(request.body));
}

const isJson = ({ headers }: Signed) => headers.get('content-type')?.startsWith('application/json') === true;

const canonical2 = (request: Signed, date: string): string => {
  const params = request.method === 'GET' ? request.query : new URLSearchParams(request.body);
  return [date, request.method, request.host.toLowerCase(), request.path, encoded(params)].join('\n');
};

/** As 2, with the body as it is, and headers of Duo's own, of which there are none. */
const canonical5 = (request: Signed, date: string): string => {
  const head = [date, request.method, request.host.toLowerCase(), request.path, encoded(request.query)];
  return [...head, sha512(request.body), sha512('')].join('\n');
};

const sha512 = (text: string) => createHash('sha512').update(text).digest('hex');

/** Sorted by name, and escaped as RFC 3986 has it, which is more than `encodeURIComponent` does. */
const encoded = (params: URLSearchParams): string =>
  [...params]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map((pair) => pair.map(escaped).join('='))
    .join('&');
const escaped = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
