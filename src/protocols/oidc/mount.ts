import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import type Provider from 'oidc-provider';
import { headersFor } from '../../http/headers.ts';
import type { Visitors } from './shadow.ts';

/** The addresses that oidc-provider answers itself; the rest of `/oauth` is ours. */
// biome-ignore format: a table reads in columns
const addresses: readonly (readonly [string, readonly HTTPMethods[]])[] = [
  ['/.well-known/openid-configuration', ['GET', 'OPTIONS']],
  ['/oauth/jwks',                       ['GET', 'OPTIONS']],
  ['/oauth/authorize',                  ['GET']],
  ['/oauth/authorize/:uid',             ['GET']],
  ['/oauth/token',                      ['POST', 'OPTIONS']],
  ['/oauth/revoke',                     ['POST', 'OPTIONS']],
  ['/oauth/introspect',                 ['POST', 'OPTIONS']],
  ['/oauth/userinfo',                   ['GET', 'POST', 'OPTIONS']],
  ['/oauth/par',                        ['POST', 'OPTIONS']],
];

type Callback = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Hands requests to oidc-provider unread: it parses bodies itself, and stricter than we would. */
export const mount =
  (publicUrl: URL, provider: () => Promise<Provider>, visitors: Visitors) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const callbacks = new WeakMap<Provider, Callback>();
    for (const [url, method] of addresses) {
      app.route({
        url,
        method: [...method],
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const current = await provider();
          const callback = callbacks.get(current) ?? (current.callback() as Callback);
          callbacks.set(current, callback);
          reply.hijack();
          const { raw } = request;
          visitors.set(raw, { address: request.ip, session: null, met: 0, owned: 0 });
          // How we are reached is ours to say, whatever the request claims.
          raw.headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
          raw.headers['x-forwarded-host'] = publicUrl.host;
          const secure = publicUrl.protocol === 'https:';
          const headers = headersFor(secure, null);
          for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
          await callback(raw, reply.raw);
        },
      });
    }
  };
