import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { welcomePage, wikiPage } from './pages.ts';
import { mfa, type Options, openSignIn, type Person } from './sign-in.ts';

interface Session {
  readonly person: Person;
  /** Said once, on the next page. */
  told: string;
}

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly session: Session | undefined;
  readonly id: string;
}

/** Listens. A service provider like any other: it is known to Sallyport by its metadata, as Sallyport is to it. */
export async function startWiki(options: Options): Promise<Server> {
  const signIn = await openSignIn(options);
  const sessions = new Map<string, Session>();

  const routes: Readonly<Record<string, (turn: Turn) => Promise<void> | void>> = {
    'GET /': ({ response, session }) => {
      page(response, session === undefined ? welcomePage('') : wikiPage(session.person, session.told));
      if (session !== undefined) session.told = '';
    },
    'GET /wiki.css': ({ response }) => void response.setHeader('content-type', 'text/css').end(styles),
    'POST /sign-in': async ({ response }) => to(response, await signIn.begin('read')),
    'POST /edit': async ({ response, session }) => {
      if (session?.person.proven !== mfa) return to(response, await signIn.begin('edit'));
      session.told = 'The page is changed.';
      to(response, '/');
    },
    'POST /saml/acs': receive,
    'POST /sign-out': ({ response, id }) => {
      sessions.delete(id);
      to(response, '/');
    },
  };

  /** The answer is in a form that came from Sallyport's page; a session begins, with an id that nobody had before. */
  async function receive({ request, response }: Turn): Promise<void> {
    const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const person = await signIn.complete(form).catch(() => null);
    if (person === null) return page(response, welcomePage('That did not work. Nothing was changed.'));
    const id = randomBytes(32).toString('base64url');
    const edits = form['RelayState'] === 'edit' && person.proven === mfa;
    sessions.set(id, { person, told: edits ? 'The page is changed.' : '' });
    response.setHeader('set-cookie', `wiki=${id}; Path=/; HttpOnly; SameSite=Lax`);
    to(response, '/');
  }

  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const id = /(?:^|; )wiki=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '';
    const handler = routes[`${method} ${url}`];
    const isOurs = method !== 'POST' || url === '/saml/acs' || headers.origin === options.origin;
    if (handler === undefined || !isOurs) return void response.writeHead(isOurs ? 404 : 403).end();
    const run = async () => handler({ request, response, session: sessions.get(id), id });
    run().catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end('That did not work.');
    });
  });
  await new Promise<void>((listening) => server.listen(options.port, '127.0.0.1', listening));
  return server;
}

const to = (response: ServerResponse, location: string): void => void response.writeHead(303, { location }).end();

const styles = readFileSync(new URL('./wiki.css', import.meta.url), 'utf8');

const page = (response: ServerResponse, html: string): void => {
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .setHeader('cache-control', 'no-store')
    .setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .end(html);
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 256 * 1024) throw new Error('too long');
  }
  return body;
}
