import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Pair, pace, paired } from './measure.ts';

/** A pair, and how long one of a hundred waits at least, in milliseconds. */
export interface Timed extends Pair {
  readonly p99: { readonly ours: number; readonly floor: number };
}

const abreast = 32;

/** The same request of each over connections that stay, answered with 200. */
export async function askedInTurn(ours: Asking, floor: Asking): Promise<Timed> {
  const [a, b] = [timed(asks(ours)), timed(asks(floor))];
  const pair = await paired(
    () => pace(a.work, abreast, 2000),
    () => pace(b.work, abreast, 2000),
  );
  return { ...pair, p99: { ours: a.p99(), floor: b.p99() } };
}

export interface Asking {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const asks = ({ port, path, headers }: Asking): (() => Promise<void>) => {
  const agent = new Agent({ keepAlive: true, maxSockets: abreast });
  return () =>
    new Promise<void>((resolve, reject) => {
      request({ agent, port, host: '127.0.0.1', path, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume().on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
};

function timed(work: () => Promise<void>): { work: () => Promise<void>; p99(): number } {
  const took: number[] = [];
  return {
    async work() {
      const start = performance.now();
      await work();
      took.push(performance.now() - start);
    },
    p99: () => took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Number.NaN,
  };
}

/** Answers without looking. */
export async function bareServer(): Promise<Server> {
  const bare = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  return bare;
}

export const portOf = (server: { address(): string | AddressInfo | null }): number =>
  (server.address() as AddressInfo).port;
