import type { IncomingHttpHeaders } from 'node:http';

/** Whose page asks, as the browser says, and the token it shows. */
export interface Sender {
  /** The origin of the page; null where no browser says one. */
  readonly origin: string | null;
  /** The origin of the page that led here (`Referer`). */
  readonly referrer: string | null;
  /** The page is at our own registrable domain, as the browser counts (Fetch Metadata): it keeps cookies of ours. */
  readonly isNear: boolean;
  /** RFC 6750, 2.1 */
  readonly token: string | null;
  /** What a program shows that knows no bearer: as it is. */
  readonly shown: string | null;
}

export const senderOf = (headers: IncomingHttpHeaders): Sender => ({
  origin: headers.origin ?? null,
  referrer: headers.referer !== undefined && URL.canParse(headers.referer) ? new URL(headers.referer).origin : null,
  isNear: ['same-origin', 'same-site'].includes(String(headers['sec-fetch-site'])),
  token: /^Bearer ([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1] ?? null,
  shown: oneOf(headers['pi-authorization']) ?? headers.authorization ?? null,
});

const oneOf = (field: string | string[] | undefined): string | undefined => (Array.isArray(field) ? field[0] : field);
