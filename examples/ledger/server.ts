import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What arrived, as it arrived. */
export interface Arrived {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Ledger {
  readonly server: Server;
  readonly arrived: readonly Arrived[];
}

/** Payments on a page. Whoever asks is whoever `Remote-User` says: it has no sign-in, and knows of none. */
export function startLedger(port: number): Promise<Ledger> {
  const arrived: Arrived[] = [];
  const payments: string[] = [];

  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`;
    const body = await bodyOf(request);
    arrived.push({ line, headers: fieldsOf(request), body });
    const who = `<p>You are <b>${shown(String(request.headers['remote-user'] ?? 'nobody'))}</b>.</p>`;
    if (line === 'POST /payments') {
      const sent = new URLSearchParams(body);
      payments.push(`${sent.get('amount')} to ${sent.get('to')}`);
      response.writeHead(303, { location: '/payments' }).end();
    } else if (request.url?.startsWith('/payments')) page(response, 'Payments', `${who}${form}${listOf(payments)}`);
    else if (request.url?.startsWith('/books')) page(response, 'Books', who);
    else page(response, 'Ledger', `${who}<p><a href="/payments">Payments</a> <a href="/books">Books</a></p>`);
  });
  server.on('upgrade', (request, socket) => {
    arrived.push({ line: `${request.method} ${request.url}`, headers: fieldsOf(request), body: '' });
    const accepted = createHash('sha1').update(`${request.headers['sec-websocket-key']}${webSocket}`).digest('base64');
    const said = Buffer.from(String(request.headers['remote-user'] ?? 'nobody'));
    socket.on('error', () => socket.destroy()).on('data', () => socket.end());
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accepted}\r\n\r\n`,
    );
    // One text, whole (RFC 6455, 5.2).
    socket.write(Buffer.concat([Buffer.from([0x81, said.length]), said]));
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({ server, arrived })));
}

/** RFC 6455, 1.3. */
const webSocket = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const form = `<form method="post" action="/payments">
  <p><label>To <input name="to" /></label> <label>Amount <input name="amount" /></label></p>
  <p><label>Password of the account <input name="password" type="password" /></label> <button>Pay</button></p>
</form>`;

const listOf = (payments: readonly string[]): string =>
  `<ul>${payments.map((one) => `<li>${shown(one)}</li>`).join('')}</ul>`;

const page = (response: ServerResponse, title: string, body: string): void => {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`);
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const fieldsOf = ({ rawHeaders }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [])),
  );

const shown = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
