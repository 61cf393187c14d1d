import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { refusalsOf } from '../../src/surfaces/api/openapi.ts';
import type { Sallyport } from './sallyport.ts';

export interface Call {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Another token, or none. */
  readonly as?: string | null;
}

/** A program at the API. Whatever it is told has to be what the address says of itself. */
export function caller(sallyport: Sallyport, token: string) {
  const routes = routesOf(sallyport.house).filter(({ doc }) => doc !== undefined);
  const routeFor = (method: string, path: string) =>
    routes.find((route) => route.method === method && fits(route.path, path));

  return async (
    method: 'GET' | 'PUT' | 'POST',
    url: string,
    { body, headers = {}, as = token }: Call = {},
  ): Promise<LightMyRequestResponse> => {
    const answer = await sallyport.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: {
        host: 'localhost:4000',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(as !== null && { authorization: `Bearer ${as}` }),
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const route = routeFor(method, `/api/v1${url.split('?')[0]}`);
    if (route === undefined) return answer;
    if (answer.statusCode === 200) route.doc?.answers.parse(answer.json());
    else expect(refusalsOf(route), `${method} ${url} said no`).toContain(answer.json().code);
    return answer;
  };
}

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
