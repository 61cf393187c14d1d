import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { sameText } from '../kernel/bytes.ts';
import { hashOf } from '../kernel/ids.ts';
import { within } from '../kernel/timers.ts';

/** What is asked before the server says it is ready; each says whether it holds. */
export interface Readiness {
  readonly database: () => Promise<boolean>;
  readonly keys: () => Promise<boolean>;
  readonly schema: () => Promise<boolean>;
}

/** Asked by machines that know us by an address, not by a name. */
const forMachines = new Set(['/healthz', '/readyz', '/metrics']);
export const isForMachines = (request: FastifyRequest): boolean => forMachines.has(request.routeOptions.url ?? '');

/** Is the process alive? Is it of use? How is it doing? Nobody's name stands in any of the answers. */
export function serveOperations(
  app: FastifyInstance,
  given: { readiness: Readiness; registry: Registry; token: string | undefined },
): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/healthz', async (_, reply) => plain(reply).send('alive\n'));
  app.get('/readyz', async (_, reply) => {
    const found = stopping ? { stopping: false } : await ask(given.readiness);
    const ready = Object.values(found).every(Boolean);
    return plain(reply.code(ready ? 200 : 503)).send(`${lines(found)}${ready ? 'ready' : 'not ready'}\n`);
  });
  const { token, registry } = given;
  if (token === undefined) return;
  app.get('/metrics', async (request, reply) => {
    if (!sameText(hashOf(request.headers.authorization ?? ''), hashOf(`Bearer ${token}`)))
      return plain(reply.code(401).header('www-authenticate', 'Bearer')).send('a token is asked for\n');
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

const plain = (reply: FastifyReply): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('text/plain; charset=utf-8');

const lines = (found: Readonly<Record<string, boolean>>): string =>
  Object.entries(found)
    .map(([what, holds]) => `${what}: ${holds ? 'yes' : 'no'}\n`)
    .join('');

/** Whoever asks wants an answer now: what takes longer than two seconds does not hold. */
async function ask(readiness: Readiness): Promise<Readonly<Record<string, boolean>>> {
  const asked = Object.entries(readiness).map(async ([what, holds]) => {
    const answer = await within(
      2000,
      (holds as () => Promise<boolean>)().catch(() => false),
      () => false,
    );
    return [what, answer] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}
