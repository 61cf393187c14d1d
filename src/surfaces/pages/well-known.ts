import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { passkeyMethod } from '../../proving/gate.ts';

/** Where people set up and change what they sign in with. */
const ways = '/account/security';

/** Addresses by which browsers and password managers find ours (RFC 8615). */
export function wellKnownRoutes({ gate, publicUrl }: House): readonly Route[] {
  const passkey = passkeyMethod(gate)?.passkey;

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
        if (passkey === undefined) throw new Problem('not-found', 'no passkeys here');
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
        const origins = passkey?.related ?? [];
        if (origins.length === 0) throw new Problem('not-found', 'no related origins');
        return { is: 'json', body: { origins } };
      },
    }),
  ];
}
