import { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type ApiToken, findApiToken } from '../core/api-tokens/store.ts';
import type { InForce } from '../core/policies/store.ts';
import { findSession } from '../core/sessions/store.ts';
import { days, inSeconds, minutes, seconds } from '../kernel/clock.ts';
import { insideAny } from '../kernel/networks.ts';
import { once } from '../kernel/once.ts';
import { ClockAstray } from '../kernel/skew.ts';
import { HashQueueFull } from '../kernel/slow-hash.ts';
import { DirectoryDown } from '../store/directory.ts';
import type { Means } from '../store/means.ts';
import { type Language, languageOf, wishesOf } from '../ui/language.ts';
import { type CookieName, readCookies, writeCookies } from './cookies.ts';
import { csrfField, csrfHolds, csrfToken, fromOurPages } from './csrf.ts';
import { headersFor } from './headers.ts';
import { addressOf, hostProblem } from './host.ts';
import { mustBeJson, readAsJson } from './json.ts';
import { isForMachines } from './operations.ts';
import { originalOf } from './original.ts';
import { Problem, type ProblemCode, problems } from './problems.ts';
import type { Answer, Asked, Route } from './route.ts';
import { senderOf } from './sender.ts';

/** What serving takes besides the routes. */
export interface Served {
  readonly means: Means;
  readonly policy: InForce;
  readonly publicUrl: URL;
  /** Addresses and networks of the proxies that are believed. */
  readonly proxies: readonly string[];
  /** The page for a problem, in somebody's language, at our own host or at a site's. */
  problemPage(code: ProblemCode, language: Language, at: 'home' | 'site'): JSX.Element;
}

/** Serves the table of routes: every request passes the same checks in the same order before a handler sees it. */
export async function serve(app: FastifyInstance, served: Served, routes: readonly Route[]): Promise<void> {
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  readAsJson(app, new Set(routes.flatMap(({ takes }) => takes?.types ?? [])));
  const forProxies = routes.filter(({ binding }) => binding === 'proxy');
  const askedByProxies = new Set(forProxies.map(({ path }) => path));
  app.addHook('onRequest', async (request) => {
    // A proxy asks in the name of another host; what it is believed for is where it stands.
    if (askedByProxies.has(request.routeOptions.url ?? '')) return mustBeTrusted(request, served.proxies);
    const problem = isForMachines(request) ? null : hostProblem(request, served.publicUrl);
    if (problem !== null) throw new Problem(problem);
  });
  app.setNotFoundHandler((request, reply) => refuse(served, request, reply, { code: 'not-found' }));
  app.setErrorHandler((failure, request, reply) => refuse(served, request, reply, told(failure, request)));
  const add = (to: FastifyInstance) => (route: Route) =>
    to.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const asked = await ask(served, route, request);
        return send(served, reply, asked, await route.answer(asked));
      },
      ...(route.takes !== undefined && { bodyLimit: route.takes.bytes }),
      ...(route.refuse !== undefined && { errorHandler: refusing(served, route.refuse) }),
    });
  routes.filter(({ binding }) => binding !== 'proxy').forEach(add(app));
  await app.register((unread, _, done) => {
    // What goes to a site is the site's to read: here it is text, whatever it is.
    unread.removeAllContentTypeParsers();
    unread.addContentTypeParser('*', { parseAs: 'string' }, (_, body, read) => read(null, body));
    forProxies.forEach(add(unread));
    done();
  });
}

/** The checks, in order. @throws Problem at the first that does not hold */
async function ask(served: Served, route: Route, request: FastifyRequest): Promise<Asked> {
  const { means } = served;
  const caller = route.binding === 'bearer' ? await callerOf(served, route, request) : null;
  // A cookie comes along by itself: it never stands for a token, nor beside one.
  const cookies = caller === null && route.binding !== 'client' ? readCookies(request.headers.cookie) : {};
  const original = route.binding === 'proxy' ? originalOf(request) : null;
  // At a site's host a session's name is the site's own to use.
  const session = original === null ? await sessionOf(served, cookies.session) : null;
  const params = parsed(route.params, request.params, 'params');
  const query = parsed(route.query, request.query, 'query');
  if (route.binding === 'session' && session === null) throw new Problem('sign-in-required');
  const secret = secretFor(route, cookies);
  if (route.method !== 'GET') mustBeMeant(served, route, request, secret);
  const form = parsed(route.form, caller === null ? withoutToken(request.body) : request.body, 'form');
  const { 'if-match': ifMatch = null, 'if-none-match': ifNoneMatch = null } = request.headers;
  const nonce = once(() => means.chance.bytes(16).toString('base64url'));
  // What only pages need is made when a page asks for it: a check of a session shows none.
  return {
    params,
    query,
    form,
    cookies,
    session,
    caller,
    original,
    ifMatch,
    ifNoneMatch,
    path: request.url.split('?')[0] ?? '/',
    get address() {
      return addressOf(request);
    },
    get sender() {
      return senderOf(request.headers);
    },
    get agent() {
      return (request.headers['user-agent'] ?? '').slice(0, 300);
    },
    get language() {
      return languageFor(cookies, request);
    },
    get csrf() {
      return secret === undefined ? '' : csrfToken(means.ring, secret);
    },
    get nonce() {
      return nonce();
    },
  };
}

async function sessionOf({ means, policy }: Served, secret: string | undefined): Promise<Asked['session']> {
  if (secret === undefined) return null;
  return findSession(means, (await policy(means.database.read)).sessions, secret);
}

/** A token that serves, where it may be used from, for what it was made for (RFC 6750). */
async function callerOf({ means }: Served, { scope }: Route, request: FastifyRequest): Promise<ApiToken> {
  const [, secret] = /^Bearer ([\w-]{43})$/i.exec(request.headers.authorization ?? '') ?? [];
  const token = secret === undefined ? null : await findApiToken(means, secret);
  if (token === null) throw new Problem('token-required');
  if (!insideAny(token.networks, addressOf(request))) throw new Problem('token-required', `${token.name}: elsewhere`);
  if (scope === undefined || !token.scopes.includes(scope)) throw new Problem('insufficient-scope', token.name);
  return token;
}

const secretFor = ({ binding }: Route, cookies: Asked['cookies']): string | undefined =>
  binding === 'attempt' || binding === 'session' ? cookies[binding] : undefined;

/** The other end of the line, not who a header says it is. */
async function mustBeTrusted({ socket }: FastifyRequest, proxies: readonly string[]): Promise<void> {
  const peer = socket.remoteAddress ?? '';
  if (!insideAny(proxies, peer)) throw new Problem('untrusted-proxy', peer);
}

/** Whoever changes something means to: our own form, for this cookie; or a program, which has nothing that comes by itself. */
function mustBeMeant(
  served: Served,
  { binding, takes }: Route,
  request: FastifyRequest,
  secret: string | undefined,
): void {
  // Whether somebody means what goes to a site is weighed there, where it may be kept; whether a page of an application, or
  // a client, may ask, where it is known which one it is. Nothing of a browser's comes along with what a client asks.
  if (binding === 'proxy' || binding === 'origin' || binding === 'client') return;
  if (binding === 'bearer') {
    mustBeJson(request, ['application/json', ...(takes?.types ?? [])]);
    return;
  }
  mustBeOurs(request, served.publicUrl);
  if (binding !== 'none') mustFit(served, request, secret);
}

/** A form, sent by one of our pages. */
function mustBeOurs(request: FastifyRequest, publicUrl: URL): void {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new Problem('unsupported-media-type', type);
  if (!fromOurPages(request.headers, publicUrl.origin)) throw new Problem('csrf', 'not from our pages');
}

/** And made for whoever holds this very cookie. */
function mustFit({ means }: Served, request: FastifyRequest, secret: string | undefined): void {
  if (secret === undefined) throw new Problem('attempt-gone', 'no cookie');
  const body = request.body as Record<string, unknown> | undefined;
  if (!csrfHolds(means.ring, secret, body?.[csrfField])) throw new Problem('csrf', 'the token does not fit the cookie');
}

/** A text with NUL in it is no text: PostgreSQL does not keep it, and nobody types it. */
const holdsNul = (value: unknown): boolean =>
  Object.values(value ?? {}).some((one) => typeof one === 'string' && one.includes('\0'));

function parsed(schema: Route['form'], value: unknown, what: string): unknown {
  if (schema === undefined) return undefined;
  if (holdsNul(value)) throw new Problem('bad-request', `${what}: NUL`);
  const result = schema.safeParse(value ?? {});
  if (!result.success)
    throw new Problem(
      'bad-request',
      `${what}: ${result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    );
  return result.data;
}

const withoutToken = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return {};
  const { [csrfField]: _, ...fields } = body as Record<string, unknown>;
  return fields;
};

const languageFor = (cookies: Partial<Record<CookieName, string>>, request: FastifyRequest): Language =>
  languageOf([
    ...(cookies.language === undefined ? [] : [cookies.language]),
    ...wishesOf(request.headers['accept-language']),
  ]);

function send({ publicUrl }: Served, reply: FastifyReply, asked: Pick<Asked, 'nonce'>, answer: Answer): FastifyReply {
  const page = answer.is === 'page' ? { nonce: asked.nonce, formTargets: answer.formTargets ?? [] } : null;
  reply.headers(headersFor(publicUrl.protocol === 'https:', page));
  if (answer.is === 'page' && answer.referrer !== undefined) reply.header('referrer-policy', answer.referrer);
  if (answer.cookies !== undefined) reply.header('set-cookie', writeCookies(answer.cookies));
  switch (answer.is) {
    case 'page':
      return html(reply.code(answer.status ?? 200), answer.page);
    case 'redirect':
      return reply.redirect(answer.to, answer.status ?? 303);
    case 'verdict':
      return reply.headers(answer.headers).code(answer.status).send();
    case 'problem':
      return problem(reply, answer.code, answer.more);
    case 'json':
      return json(reply, answer);
    case 'text':
      if (answer.keep === true) reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply.type(answer.type).send(answer.body);
    case 'download':
      return download(reply, answer);
  }
}

/** Read no faster than it is taken: what waits in memory is one part (RFC 6266 for the name). */
const download = (reply: FastifyReply, { name, type, parts }: Extract<Answer, { is: 'download' }>): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(type)
    .send(Readable.from(parts, { highWaterMark: 1 }));

const json = (
  reply: FastifyReply,
  { body, tag, status = 200, headers = {} }: Extract<Answer, { is: 'json' }>,
): FastifyReply =>
  reply
    .headers({ ...headers, ...(tag !== undefined && { etag: tag }) })
    .code(status)
    .send(body);

const html = (reply: FastifyReply, page: JSX.Element): FastifyReply =>
  reply.type('text/html; charset=utf-8').send(`<!doctype html>${renderToString(page)}`);

/** The page for people, `application/problem+json` (RFC 9457) for programs; the same status and code for both. */
function refuse(
  served: Served,
  request: FastifyRequest,
  reply: FastifyReply,
  { code, mistakes = [], wait = null }: { code: ProblemCode } & Partial<Pick<Problem, 'mistakes' | 'wait'>>,
): FastifyReply {
  const { status } = problems[code];
  const forPeople = !request.url.startsWith('/api/') && (request.headers.accept?.includes('text/html') ?? false);
  if (code === 'sign-in-required' && forPeople && request.method === 'GET')
    return reply.redirect(`/sign-in?to=${encodeURIComponent(request.url.split('?')[0] ?? '/')}`, 303);
  const cookies = readCookies(request.headers.cookie);
  reply.headers(headersFor(served.publicUrl.protocol === 'https:', null)).code(status);
  reply.headers(comeAgain(wait ?? waits[code]));
  if (code === 'token-required') reply.header('www-authenticate', 'Bearer');
  if (code === 'insufficient-scope') reply.header('www-authenticate', 'Bearer error="insufficient_scope"');
  if (forPeople)
    return html(
      reply,
      served.problemPage(code, languageFor(cookies, request), request.url.startsWith('/.sallyport/') ? 'site' : 'home'),
    );
  return problem(reply, code, mistakes.length === 0 ? {} : { mistakes });
}

/** In the words of whoever reads it there. */
const refusing =
  (served: Served, refuse: NonNullable<Route['refuse']>) =>
  (failure: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const language = languageFor(readCookies(request.headers.cookie), request);
    const answer = refuse(codeOf(failure, request), { sender: senderOf(request.headers), language });
    return send(served, reply, { nonce: '' }, answer);
  };

function problem(reply: FastifyReply, code: ProblemCode, more: object = {}): FastifyReply {
  const { status, title } = problems[code];
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title, status, code, ...more });
}

/** When to come again (RFC 9110, 10.2.3). */
const waits: Partial<Record<ProblemCode, number>> = {
  busy: seconds(5),
  'directory-down': minutes(1),
  'too-many-requests': minutes(10),
};

/** Whoever is out for good may ask again tomorrow. */
const comeAgain = (wait: number | undefined): Record<string, string> =>
  wait === undefined ? {} : { 'retry-after': String(inSeconds(Math.min(wait, days(1)))) };

/** An address that cannot even be decoded reaches no route: it is refused before there is one. */
export function refuseUnread(_: unknown, __: FastifyRequest, reply: FastifyReply): FastifyReply {
  return problem(reply.headers(headersFor(false, null)), 'bad-request');
}

/** Fastify's own refusals by their status (RFC 9110); anything unforeseen is ours to mend, and the log says what. */
const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-media-type',
  431: 'headers-too-large',
};

const told = (failure: unknown, request: FastifyRequest) => ({
  code: codeOf(failure, request),
  ...(failure instanceof Problem && { mistakes: failure.mistakes, wait: failure.wait }),
});

function codeOf(failure: unknown, request: FastifyRequest): ProblemCode {
  if (failure instanceof Problem) {
    request.log.info({ code: failure.code, detail: failure.detail }, 'refused');
    return failure.code;
  }
  if (failure instanceof DirectoryDown) {
    request.log.error({ servers: failure.message }, 'the directory does not answer');
    return 'directory-down';
  }
  if (failure instanceof HashQueueFull || failure instanceof ClockAstray) return 'busy';
  const status = (failure as { statusCode?: number }).statusCode ?? 500;
  const code = byStatus[status];
  if (code !== undefined) return code;
  request.log.error({ err: failure }, 'unforeseen');
  return 'internal';
}
