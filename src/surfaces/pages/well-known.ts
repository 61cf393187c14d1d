import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';

/** Where people set up and change what they sign in with. */
const ways = '/account/security';

/** Addresses by which browsers and password managers find ours (RFC 8615). */
export function wellKnownRoutes({ gate, publicUrl }: House): readonly Route[] {
  const passkeys = [...gate.methods.values()].flatMap(({ passkey }) => passkey ?? []);

  return [
    // A Well-Known URL for Changing Passwords (W3C)
    defineRoute({
      method: 'GET',
      path: '/.well-known/change-password',
      binding: 'none',
      answer: async () => ({ is: 'redirect', to: ways }),
    }),
    // A Well-Known URL for Relying Party Passkey Endpoints (W3C)
    defineRoute({
      method: 'GET',
      path: '/.well-known/passkey-endpoints',
      binding: 'none',
      async answer() {
        if (passkeys.length === 0) throw new Problem('not-found', 'no passkeys here');
        const { href } = new URL(ways, publicUrl);
        return { is: 'json', body: { enroll: href, manage: href } };
      },
    }),
    // Related Origin Requests (WebAuthn 3, 5.11)
    defineRoute({
      method: 'GET',
      path: '/.well-known/webauthn',
      binding: 'none',
      async answer() {
        const origins = passkeys.flatMap(({ related }) => related);
        if (origins.length === 0) throw new Problem('not-found', 'no related origins');
        return { is: 'json', body: { origins } };
      },
    }),
  ];
}
