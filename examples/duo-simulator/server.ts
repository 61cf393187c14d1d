import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { authApi } from './auth-api.ts';
import { newCertificate } from './certificate.ts';
import { activatePage, phonePage } from './pages.ts';
import { type Switch, switches, Tenant } from './tenant.ts';
import { universalPrompt } from './universal.ts';

export { Tenant };

export interface Simulator {
  readonly tenant: Tenant;
  readonly port: number;
  /** Who vouches for its certificate, as PEM: what a client that speaks TLS to it has to trust. */
  readonly authority: string;
  close(): Promise<void>;
}

/** Listens: on one port it speaks plain HTTP to people and TLS to whoever begins with a handshake. */
export async function startDuo(tenant: Tenant, port: number): Promise<Simulator> {
  const { key, certificate, authority } = newCertificate();
  const answer = (request: IncomingMessage, response: ServerResponse) => void respond(tenant, request, response);
  const open = new Set<Socket>();
  const plain = createServer(answer);
  const secure = createSecureServer({ key, cert: certificate + authority }, answer);
  const server = createSocketServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === handshake ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    tenant,
    port: (server.address() as AddressInfo).port,
    authority,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The first byte of a TLS connection (RFC 8446, 5.1). */
const handshake = 22;

/** The same without a socket: what a test hands in as its network. */
export async function answerFrom(tenant: Tenant, request: Request, place = '127.0.0.1'): Promise<Response> {
  const url = new URL(request.url);
  const { method, headers } = request;
  const body = method === 'POST' ? await request.text() : '';
  if (!isOurs(url.pathname)) {
    if (tenant.on.has('outage')) return Response.json({ stat: 'FAIL', code: 50_300 }, { status: 503 });
    if (tenant.on.has('slow')) await after(15_000, undefined, { signal: request.signal });
  }
  const signed = { method, host: headers.get('host') ?? url.host, path: url.pathname, query: url.searchParams };
  return (
    (await authApi(tenant, { ...signed, headers, body })) ??
    (await universalPrompt(tenant, { method, url, form: new URLSearchParams(body), place })) ??
    people(tenant, `${method} ${url.pathname}`, new URLSearchParams(body))
  );
}

const isOurs = (path: string) => !/^\/(auth|oauth)\//.test(path);

const file = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const typed = (type: string, body: string) => new Response(body, { headers: { 'content-type': type } });
const home = () => new Response(null, { status: 303, headers: { location: '/' } });

/** The pages for people: the phones, and how Duo behaves today. */
function people(tenant: Tenant, what: string, form: URLSearchParams): Response {
  const activation = /^GET \/activate\/([\w-]+)$/.exec(what)?.[1];
  const user = tenant.users.find((one) => one.activation === activation);
  if (user !== undefined) return typed('text/html; charset=utf-8', activatePage(user));
  switch (what) {
    case 'GET /':
      return typed('text/html; charset=utf-8', phonePage(tenant));
    case 'GET /version':
      return typed('text/plain', String(tenant.version));
    case 'GET /phones.css':
      return typed('text/css', file('phones.css'));
    case 'GET /phones.js':
      return typed('text/javascript', file('phones.js'));
    case 'POST /activate':
      tenant.activate(form.get('activation') ?? '');
      return home();
    case 'POST /answer': {
      const transaction = tenant.transactions.get(form.get('id') ?? '');
      const answer = form.get('answer');
      if (transaction !== undefined && (answer === 'allow' || answer === 'deny' || answer === 'fraud'))
        tenant.answer(transaction, answer, form.get('number') ?? '');
      return home();
    }
    case 'POST /switches':
      for (const name of Object.keys(switches)) tenant.turn(name as Switch, form.has(name));
      return home();
    default:
      return new Response('There is nothing here.', { status: 404 });
  }
}

/** A form is only taken from our own pages: other sites cannot approve anything. */
const fromHere = ({ method, headers, url = '' }: IncomingMessage): boolean =>
  method !== 'POST' || !isOurs(url) || headers.origin === undefined || new URL(headers.origin).host === headers.host;

async function respond(tenant: Tenant, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (!fromHere(request)) return void response.writeHead(403).end();
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await answerFrom(
      tenant,
      new Request(`${scheme}://${request.headers.host}${request.url}`, {
        method: request.method ?? 'GET',
        headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]),
        signal: gone.signal,
        ...(request.method === 'POST' && { body: await bodyOf(request) }),
      }),
      request.socket.remoteAddress,
    );
    response.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text());
  } catch {
    if (!response.headersSent) response.writeHead(400);
    response.end('That did not work.');
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 64 * 1024) throw new Error('too long');
  }
  return body;
}
