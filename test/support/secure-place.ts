import { fingerprintOf, makeAuthority } from './authority.ts';
import type { Place } from './scenario.ts';

/** A name of its own, over https, as in the world: some of what browsers do they do nowhere else. */
export function securePlace(host: `${string}.test`): Place {
  const authority = makeAuthority();
  return {
    origin: (port) => `https://${host}:${port}`,
    flags: [
      '--host-resolver-rules=MAP *.test localhost',
      `--ignore-certificate-errors-spki-list=${fingerprintOf(authority)}`,
    ],
    config: { tls: { certificate: authority.certificate, key: authority.key } },
  };
}
