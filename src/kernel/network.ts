/** Handed in, never imported: a test plays the other side. */
export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/** Redirects are not followed, and nobody waits longer than this. */
export const systemFetch =
  (milliseconds: number): Fetch =>
  (url, request) =>
    fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(milliseconds), ...request });
