import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { once } from './once.ts';

/** Handed in, never imported: a test plays the other side. */
export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/** The way out, where it is not straight. */
export interface Network {
  /** The URL of an HTTP proxy: everything goes through it by CONNECT, TLS end to end. */
  readonly proxy?: string | undefined;
  /** Hosts that are reached without it; `.example.org` means all below. */
  readonly noProxy?: readonly string[] | undefined;
  /** A PEM file of authorities that are believed besides the system's. */
  readonly ca?: string | undefined;
}

/** Redirects are not followed, and nobody waits longer than this. */
export function systemFetch(milliseconds: number, network: Network = {}): Fetch {
  const send = network.proxy === undefined && network.ca === undefined ? fetch : through(network);
  return (url, request) => send(url, { redirect: 'manual', signal: AbortSignal.timeout(milliseconds), ...request });
}

/** The built-in `fetch` knows neither proxy nor authority of one caller; the package it is made of does. */
function through({ proxy = '', noProxy = [], ca }: Network): Fetch {
  const opened = once(async () => {
    const { EnvHttpProxyAgent, fetch: send } = await import('undici');
    const tls = { ca: authorities(ca) };
    const given = { httpProxy: proxy, httpsProxy: proxy, noProxy: noProxy.join(','), proxyTunnel: true };
    return { send, dispatcher: new EnvHttpProxyAgent({ ...given, connect: tls, requestTls: tls, proxyTls: tls }) };
  });
  return async (url, request) => {
    const { send, dispatcher } = await opened();
    return send(url, { ...request, dispatcher } as Parameters<typeof send>[1]) as unknown as Promise<Response>;
  };
}

/** Whom TLS believes: the system's authorities, and those of a PEM file. */
export const authorities = (...files: readonly (string | undefined)[]): string[] => [
  ...getCACertificates('default'),
  ...files.flatMap((file) => (file === undefined ? [] : [readFileSync(file, 'utf8')])),
];

/** Is the host reached without the proxy? */
export const isDirect = (host: string, { noProxy = [] }: Network): boolean =>
  noProxy.some((name) => name === host || (name.startsWith('.') && host.endsWith(name)));
