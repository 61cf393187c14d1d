import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Asked, isRight, type Verdict } from './one-pin.ts';
import { signInPage, storePage } from './pages.ts';

export interface Options extends Asked {
  readonly port: number;
  /** What browsers call it. */
  readonly origin: string;
  /** Its own accounts: it keeps the passwords itself, and asks Sallyport for the PIN alone. */
  readonly people: Readonly<Record<string, string>>;
}

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The browser's session. */
  readonly id: string;
}

/** Listens. An application with a sign-in form of its own: name, password, and the PIN that Sallyport knows. */
export async function startStoreroom(options: Options): Promise<Server> {
  const passwords = new Map(Object.entries(options.people).map(([name, word]) => [name, hashed(word)]));
  const sessions = new Map<string, string>();

  const routes: Readonly<Record<string, (turn: Turn) => Promise<void> | void>> = {
    'GET /': ({ response, id }) => {
      const name = sessions.get(id);
      page(response, name === undefined ? signInPage(null, '') : storePage(name));
    },
    'GET /storeroom.css': ({ response }) => {
      response.setHeader('content-type', 'text/css').end(styles);
    },
    'POST /sign-in': async ({ request, response }) => {
      const form = new URLSearchParams(await bodyOf(request));
      const field = (name: string) => form.get(name) ?? '';
      const name = field('name');
      // The password first: nobody learns whether a PIN is right who does not know it.
      const isTheirs = fits(passwords.get(name), field('password'));
      const verdict: Verdict = isTheirs ? await isRight(options, name, field('pin')) : { is: 'no' };
      if (verdict.is !== 'yes') return page(response, signInPage(verdict, name));
      const id = randomBytes(32).toString('base64url');
      sessions.set(id, name);
      response.setHeader('set-cookie', `storeroom=${id}; Path=/; HttpOnly; SameSite=Lax`);
      home(response);
    },
    'POST /sign-out': ({ response, id }) => {
      sessions.delete(id);
      home(response);
    },
  };

  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const id = /(?:^|; )storeroom=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '';
    const handler = routes[`${method} ${url}`];
    // A form is only taken from our own page.
    const isOurs = method !== 'POST' || headers.origin === options.origin;
    if (handler === undefined || !isOurs) return void response.writeHead(isOurs ? 404 : 403).end();
    const run = async () => handler({ request, response, id });
    run().catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end('That did not work.');
    });
  });
  await new Promise<void>((listening) => server.listen(options.port, '127.0.0.1', listening));
  return server;
}

const home = (response: ServerResponse): void => void response.writeHead(303, { location: '/' }).end();

interface Hashed {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const hashed = (word: string, salt: Buffer = randomBytes(16)): Hashed => ({ salt, hash: scryptSync(word, salt, 32) });

/** The same work for a name that nobody has. */
function fits(kept: Hashed | undefined, word: string): boolean {
  const { hash } = hashed(word, kept?.salt);
  return kept !== undefined && timingSafeEqual(hash, kept.hash);
}

const styles = readFileSync(new URL('./storeroom.css', import.meta.url), 'utf8');

const page = (response: ServerResponse, html: string): void => {
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .setHeader('cache-control', 'no-store')
    .setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .end(html);
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 4096) throw new Error('too long');
  }
  return body;
}
