import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { FastifyInstance } from 'fastify';

/** Sallyport as a process of its own, as an installation runs it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Every line it wrote. */
  readonly lines: string[];
  /** How many requests it has answered. */
  answers(): number;
  /** What `Browser` talks to: the same, through a socket. */
  readonly app: FastifyInstance;
  /** Sends the signal and waits for the end. @returns its exit code */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Settings as variables, and none of those that this run was started with. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SALLYPORT_'));
  return { ...Object.fromEntries(inherited), SALLYPORT_PUBLIC_URL: 'http://localhost:4000', ...variables };
}

/** @param variables `SALLYPORT_*`, without the public address and the port */
export async function startServer(variables: Record<string, string>): Promise<ServerProcess> {
  const env = environment({ SALLYPORT_LISTEN__PORT: '0', ...variables });
  const child = spawn(process.execPath, [resolve('dist/server.js'), 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const port = await new Promise<number>((done, failed) => {
    const heard = (line: string) => {
      lines.push(line);
      const found = /Server listening at https?:\/\/127\.0\.0\.1:(\d+)/.exec(line);
      if (found) done(Number(found[1]));
    };
    createInterface({ input: child.stdout }).on('line', heard);
    createInterface({ input: child.stderr }).on('line', heard);
    child.once('exit', (code) => failed(new Error(`ended with ${code}:\n${lines.join('\n')}`)));
  });
  let answers = 0;
  return {
    child,
    port,
    lines,
    answers: () => answers,
    app: overSocket(port, () => {
      answers++;
    }),
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** A command to its end. */
export async function command(
  words: readonly string[],
  variables: Record<string, string>,
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [resolve('dist/server.js'), ...words], { env: environment(variables) });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.err += data;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

interface Asked {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string;
}

/** Speaks to a socket in the words of `inject`. */
function overSocket(port: number, answered: () => void = () => undefined): FastifyInstance {
  const inject = ({ method = 'GET', url, headers = {}, payload = '' }: Asked) =>
    new Promise((done, failed) => {
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          method,
          path: url,
          agent: false,
          headers: { ...headers, 'content-length': Buffer.byteLength(payload) },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (data) => {
            body += data;
          });
          response.on('error', failed);
          response.on('end', () => {
            answered();
            done({
              statusCode: response.statusCode,
              headers: response.headers,
              body,
              cookies: cookiesIn(response.headers['set-cookie']),
            });
          });
        },
      );
      sent.on('error', failed);
      sent.end(payload);
    });
  return { inject } as unknown as FastifyInstance;
}

const cookiesIn = (fields: readonly string[] = []) =>
  fields.map((field) => {
    const [pair = '', ...attributes] = field.split('; ');
    const [name = '', ...value] = pair.split('=');
    const age = attributes.find((attribute) => attribute.startsWith('Max-Age='));
    return { name, value: value.join('='), ...(age !== undefined && { maxAge: Number(age.slice('Max-Age='.length)) }) };
  });
