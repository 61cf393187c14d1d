import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApache } from './apache.ts';
import { startNginx } from './nginx.ts';
import { findProgram } from './programs.ts';

/** Where a proxy stands, and what is behind it. */
export interface Given {
  readonly port: number;
  /** Ports without TLS. */
  readonly sallyport: number;
  readonly site: number;
  /** The names of the sites it serves; behind it they are one. */
  readonly hosts: readonly string[];
  /** Files. */
  readonly certificate: string;
  readonly key: string;
}

interface Proxy {
  stop(): Promise<void>;
}

/** Each with its own folder of `examples`, and this machine's names, ports and files in place of those in there. */
export const proxies = {
  nginx: (given: Given) => nginx('', given),
  caddy,
  apache,
  haproxy,
  'nginx before Jira': (given: Given) => nginx(read('nginx/jira-doors.conf'), given),
} as const;
export type ProxyName = keyof typeof proxies;

const read = (file: string): string => readFileSync(`examples/${file}`, 'utf8');

/** @param doors what stands in the server besides */
function nginx(doors: string, given: Given): Promise<Proxy> {
  const listening = read('nginx/ledger.conf').replace('listen 443', `listen localhost:${given.port}`);
  const text = listening.replace(/^ {2}location \/ \{/m, `${doors}\n$&`);
  const whole = text.replaceAll('include ledger-site.conf;', read('nginx/ledger-site.conf'));
  return startNginx(given.port, forEachHost(here(whole, given), /^server \{/m, given));
}

function caddy(given: Given): Promise<Proxy> {
  const program = findProgram('caddy');
  if (program === undefined) throw new Error('No Caddy here: on Debian, `apt-get install caddy`.');
  const home = newHome('caddy');
  const file = join(home, 'Caddyfile');
  const options = [
    'admin off',
    'auto_https disable_redirects',
    'default_bind localhost',
    `storage file_system ${home}`,
  ];
  const servers = 'servers {\nprotocols h1 h2\n}';
  const text = forEachHost(here(read('caddy/Caddyfile'), given), /^ledger\.example\.org \{/m, given);
  writeFileSync(file, `{\n${[...options, servers].join('\n')}\n}\n${text}`);
  return started(program, ['run', '--adapter', 'caddyfile', '--config', file], { port: given.port, home });
}

async function apache(given: Given): Promise<Proxy> {
  const script = join(newHome('lua'), 'sallyport.lua');
  writeFileSync(script, here(read('apache/sallyport.lua'), given), { mode: 0o644 });
  const text = here(read('apache/ledger.conf'), given).replace('*:443', `*:${given.port}`);
  const needs = ['lua', 'proxy', 'proxy_http', 'setenvif', 'ssl'];
  const body = forEachHost(text, /^<VirtualHost/m, given).replaceAll('/etc/apache2/sallyport.lua', script);
  return startApache(given.port, needs, body);
}

function haproxy(given: Given): Promise<Proxy> {
  const program = findProgram('haproxy');
  if (program === undefined) throw new Error('No HAProxy here: on Debian, `apt-get install haproxy`.');
  const home = newHome('haproxy');
  const both = join(home, 'both.pem');
  writeFileSync(both, readFileSync(given.certificate, 'utf8') + readFileSync(given.key, 'utf8'), { mode: 0o600 });
  const script = join(home, 'sallyport.lua');
  writeFileSync(script, here(read('haproxy/sallyport.lua'), given));
  const line = /^ {2}http-request set-var\(txn\.site\).*\n/m;
  const text = here(read('haproxy/haproxy.cfg'), given)
    .replace('bind :443', `bind localhost:${given.port}`)
    .replace('/etc/ssl/ledger.both.pem', both)
    .replace('/etc/haproxy/sallyport.lua', script)
    .replace(line, (one) => given.hosts.map((host) => named(one, host, given)).join(''));
  const file = join(home, 'haproxy.cfg');
  writeFileSync(file, text);
  return started(program, ['-db', '-f', file], { port: given.port, home });
}

/** Addresses and files, in what is written for another machine. */
function here(text: string, { sallyport, site, certificate, key }: Given): string {
  return text
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${sallyport}`)
    .replaceAll('127.0.0.1:4004', `127.0.0.1:${site}`)
    .replaceAll('/etc/ssl/ledger.pem', certificate)
    .replaceAll('/etc/ssl/ledger.key', key);
}

/** What the example says of its site, from where it begins to the end of the file, of each. */
function forEachHost(text: string, begin: RegExp, given: Given): string {
  const at = text.search(begin);
  if (at < 0) throw new Error(`nothing begins with ${begin}`);
  return text.slice(0, at) + given.hosts.map((host) => named(text.slice(at), host, given)).join('\n');
}

/** Where a browser is told the port, the address has it; what names a server has none. */
const named = (text: string, host: string, { port }: Given): string =>
  text
    .replace(/^ledger\.example\.org \{/m, `${host}:${port} {`)
    .replaceAll('https://ledger.example.org', `https://${host}:${port}`)
    .replaceAll('X-Forwarded-Host ledger.example.org', `X-Forwarded-Host ${host}:${port}`)
    .replaceAll('ledger.example.org', host);

function newHome(name: string): string {
  const home = mkdtempSync(join(tmpdir(), `sallyport-${name}-`));
  chmodSync(home, 0o755);
  return home;
}

/** A server in the foreground, once it listens. */
async function started(
  program: string,
  args: readonly string[],
  { port, home }: { port: number; home: string },
): Promise<Proxy> {
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const server = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  server.stderr.on('data', (chunk) => said.push(String(chunk)));
  for (let tries = 0; !(await listens(port)); tries++) {
    if (server.exitCode !== null || tries === 100) throw new Error(`${program} does not listen:\n${said.join('')}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return { stop: () => stopped(server) };
}

const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((done) => {
    server.once('close', () => done());
    server.kill('SIGTERM');
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const socket = connect(port, 'localhost', () => answer(socket.end() && true));
    socket.once('error', () => answer(false));
  });
