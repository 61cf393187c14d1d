import { z } from 'zod';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where somebody is reached. Cookies that belong to one host want TLS, and so do people. */
export const address = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === 'https:' || loopback.has(hostname), {
    error: 'must be https, unless it is this machine itself',
  })
  .refine(({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '', {
    error: 'must be an origin, without a path',
  });
