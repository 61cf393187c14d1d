import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { ProblemCode } from './problems.ts';

/**
 * What is wrong with the name by which the request calls us; null when nothing is. Names that others point at this
 * machine get no page of ours, and nothing here is ever built from the name a request brings along.
 */
export function hostProblem(request: FastifyRequest, publicUrl: URL): ProblemCode | null {
  const given = request.raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (given.length > 1) return 'bad-request';
  const line = request.originalUrl;
  const inLine = line.startsWith('/') || !URL.canParse(line) ? null : new URL(line).host;
  const names = [(request.host ?? '').toLowerCase(), ...(inLine === null ? [] : [inLine])];
  return names.every((name) => name === publicUrl.host) ? null : 'wrong-host';
}

/**
 * The path of a request line. A proxy's form, `GET http://host/path`, is read as the path when it names us; else it
 * stays as it is, and there is nothing at such an address (RFC 9112, 3.2.2).
 */
export function pathIn(url: string, publicUrl: URL): string {
  if (url.startsWith('/')) return url;
  const whole = URL.canParse(url) ? new URL(url) : null;
  return whole !== null && whole.host === publicUrl.host ? `${whole.pathname}${whole.search}` : '/%00';
}

/** Where the visitor stands: what a named proxy says if that is an address at all, else nobody knows (T45): the proxy's own is nobody's. */
export const addressOf = ({ ip }: FastifyRequest): string =>
  ipaddr.isValid(ip) ? ipaddr.process(ip).toString() : 'unknown';
