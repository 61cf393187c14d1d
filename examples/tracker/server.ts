import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Configuration } from 'openid-client';
import { openApi } from './api.ts';
import { endedSession } from './logout.ts';
import { notesPage, projectPage, welcomePage } from './pages.ts';
import { Projects } from './projects.ts';
import { type Session, Sessions, setCookie } from './sessions.ts';
import {
  begin,
  type Challenge,
  complete,
  deleteProject,
  discover,
  type Options,
  type Person,
  reasonOf,
  signOutUrl,
} from './sign-in.ts';

/** One request, with whoever sent it. */
interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly session: Session | null;
}
type Handler = (turn: Turn) => Promise<void> | void;

/** Listens. An ordinary relying party: it knows Sallyport by its address alone. */
export async function startTracker(options: Options): Promise<Server> {
  const sessions = new Sessions();
  const projects = new Projects();
  let config: Configuration | null = null;
  const issuer = async () => {
    config ??= await discover(options);
    return config;
  };

  const routes: Readonly<Record<string, Handler>> = {
    'GET /': ({ response, session }) => {
      const inside = (one: Session, person: Person) => projectPage(one, person, projects.has(person.sub));
      page(response, session, inside, welcomePage);
    },
    'GET /notes': ({ response, session }) => page(response, session, notesPage, welcomePage),
    'GET /tracker.css': ({ response }) => {
      response.setHeader('content-type', 'text/css').end(styles);
    },
    'POST /sign-in': (turn) => send(turn, null),
    'POST /delete': async (turn) => {
      const { response, session } = turn;
      if (session?.person == null) return redirect(response, '/');
      const lacking = await deleteProject(await issuer(), options, session.person);
      if (lacking !== null) return send(turn, lacking);
      session.told = 'The project is deleted.';
      redirect(response, '/', session);
    },
    'DELETE /api/project': openApi(options, projects),
    'POST /restore': ({ response, session }) => {
      if (session?.person != null) projects.restore(session.person.sub);
      redirect(response, '/');
    },
    'GET /callback': receive,
    'POST /sign-out': async ({ response, session }) => {
      if (session === null || session.person === null) return redirect(response, '/');
      sessions.remove(session);
      redirect(response, signOutUrl(await issuer(), options, session.person).href, null);
    },
    'POST /backchannel-logout': async ({ request, response }) => {
      const keys = new URL((await issuer()).serverMetadata().jwks_uri ?? '');
      const token = new URLSearchParams(await bodyOf(request)).get('logout_token') ?? '';
      sessions.endAll(await endedSession(token, { issuer: options.issuer, audience: options.clientId, keys }));
      response.setHeader('cache-control', 'no-store').end();
    },
  };

  /** Off to Sallyport, remembering why. */
  async function send({ response, session }: Turn, challenge: Challenge | null): Promise<void> {
    const mine = session ?? sessions.renew(null);
    const [to, pending] = await begin(await issuer(), options, challenge);
    mine.pending = pending;
    redirect(response, to.href, mine);
  }

  /** Back from Sallyport: what was challenged is tried once more, with the token that they bring. */
  async function receive({ response, url, session }: Turn): Promise<void> {
    const pending = session?.pending;
    if (!session || !pending) return redirect(response, '/');
    session.pending = null;
    try {
      const person = await complete(await issuer(), url, pending);
      const same = session.person === null || session.person.sub === person.sub;
      const mine = sessions.renew(session);
      mine.person = person;
      if (pending.challenge !== null) {
        const done = same && (await deleteProject(await issuer(), options, person)) === null;
        mine.told = done ? 'The project is deleted.' : 'Nothing was deleted: it was not proven that it is you.';
      }
      redirect(response, '/', mine);
    } catch (failure) {
      session.told = `That did not work (${reasonOf(failure)}). Nothing was changed.`;
      redirect(response, '/', session);
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', options.origin);
    const session = sessions.find(request.headers.cookie);
    const handler = routes[`${request.method} ${url.pathname}`];
    const run = async () => {
      if (handler === undefined || !ours(request, options.origin, url.pathname))
        return void response.writeHead(handler === undefined ? 404 : 403).end();
      await handler({ request, response, url, session });
    };
    run().catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end('That did not work.');
    });
  });
  await new Promise<void>((listening) => server.listen(options.port, '127.0.0.1', listening));
  return server;
}

const styles = readFileSync(new URL('./tracker.css', import.meta.url), 'utf8');

/** A form is only taken from our own pages; Sallyport itself tells of a sign-out, and signs what it says. The API knows no cookie. */
const ours = ({ method, headers }: IncomingMessage, origin: string, path: string): boolean =>
  method !== 'POST' || path === '/backchannel-logout' || headers.origin === origin;

function page(
  response: ServerResponse,
  session: Session | null,
  inside: (session: Session, person: NonNullable<Session['person']>) => string,
  outside: (session: Session | null) => string,
): void {
  const html = session?.person ? inside(session, session.person) : outside(session);
  if (session !== null) session.told = null;
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .setHeader('cache-control', 'no-store')
    .setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .end(html);
}

function redirect(response: ServerResponse, to: string, session?: Session | null): void {
  if (session !== undefined) response.setHeader('set-cookie', setCookie(session));
  response.writeHead(303, { location: to }).end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 16_384) throw new Error('too long');
  }
  return body;
}
