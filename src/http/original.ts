import type { FastifyRequest } from 'fastify';
import { isAddress } from '../kernel/networks.ts';
import { Problem } from './problems.ts';

/** A request to a site, as the proxy before it tells of it: nothing of this has been believed yet but that it was told so. */
export interface Original {
  readonly url: string;
  readonly method: string;
  /** The proxy hands our answer to the browser as it is; else it looks at its status, and asks again for what to say. */
  readonly handsOn: boolean;
  /** It was refused before, and is sent on: only what is asked of everybody is asked again. */
  readonly sending: boolean;
  /** All cookies, the site's among them. */
  readonly cookie: string;
  readonly body: string;
  /** What else the browser said of it. */
  header(name: 'accept' | 'content-type' | 'origin' | 'referer' | 'sec-fetch-mode' | 'sec-fetch-site'): string;
}

/** @throws Problem unless the request was told of whole, and in one way: of two, one would be the visitor's own */
export function originalOf(request: FastifyRequest): Original {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [whole, path] = [header('x-original-url'), header('x-forwarded-uri') || sentOnTo(request)];
  if ((whole === '') === (path === ''))
    throw new Problem('bad-request', 'X-Original-URL or X-Forwarded-Uri, one of both');
  // A policy by networks would take the proxy's own for the visitor's.
  if (!isAddress(request.ip)) throw new Problem('bad-request', 'X-Forwarded-For holds no address');
  const handsOn = path !== '';
  return {
    url: handsOn ? `${header('x-forwarded-proto')}://${header('x-forwarded-host')}${path}` : whole,
    method:
      header(handsOn ? 'x-forwarded-method' : 'x-original-method') || (request.url === path ? request.method : ''),
    handsOn,
    sending: header('x-sallyport-sending') === 'yes',
    cookie: header('cookie'),
    body: typeof request.body === 'string' ? request.body : '',
    header,
  };
}

/** What is sent on to our own pages at a site's host, as to any application, says by its own address where it was going. */
const sentOnTo = ({ headers, url }: FastifyRequest): string =>
  headers['x-original-url'] === undefined && headers['x-forwarded-host'] !== undefined && url.startsWith('/.sallyport/')
    ? url
    : '';
