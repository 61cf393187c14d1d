import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

/** Other names for JSON; nothing at all is nothing, and not malformed. */
export function readAsJson(app: FastifyInstance, types: ReadonlySet<string>): void {
  const read = app.getDefaultJsonParser('error', 'error');
  for (const type of types)
    app.addContentTypeParser(type, { parseAs: 'string' }, (request, body, done) =>
      body === '' ? done(null, undefined) : read(request, body as string, done),
    );
}

/** What has no body has no type. */
export function mustBeJson(request: FastifyRequest, types: readonly string[]): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isEmpty = request.method === 'DELETE' && request.body === undefined;
  if (!isEmpty && !types.includes(type)) throw new Problem('unsupported-media-type', type);
}
