import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Logger, pino } from 'pino';
import type { Chance } from '../kernel/chance.ts';
import { newId } from '../kernel/ids.ts';

type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Where lines go. */
export interface LogTarget {
  write(line: string): void;
}

/** Fields that never stand in a log, whoever writes one. */
const secrets = [
  'password',
  'code',
  'secret',
  'token',
  'cookie',
  'authorization',
  'set-cookie',
  'memo',
  'form',
  'body',
];

/**
 * JSON lines. A request is told by its route, never by its address: that may hold a token. A failure is told by its name,
 * its message and where it arose, never by what hangs on it: a driver hangs values there.
 */
export const openLog = (level: LogLevel, to: LogTarget = process.stdout): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]) },
      serializers: {
        req: told,
        res: () => undefined,
        err: (failure: unknown) =>
          failure instanceof Error
            ? { type: failure.name, message: failure.message, stack: failure.stack }
            : { type: typeof failure },
      },
    },
    to,
  );

const told = (request: FastifyRequest) => ({ method: request.method, route: routeOf(request) });

/** The pattern, such as `/sign-in/:attempt`. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** A name for every request, in its log lines and in its answer: what a person reads to whoever helps. */
export const requestNames = (chance: Chance) => () => newId<'request'>(chance);

/** One line when an answer is out. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { method: request.method, route: routeOf(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
}
