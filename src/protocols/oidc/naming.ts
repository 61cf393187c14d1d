import { decodeJwt } from 'jose';
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { inSeconds, minutes, shift } from '../../kernel/clock.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { addRecord } from './records.ts';

/** By which a request names who is to sign in (P-7); `login_hint` only fills the field. */
export const nameParameter = 'named_user';

/** Signatures that only their owner can make: a secret that we know too would say no more than the request itself. */
export const signedBy = ['ES256', 'EdDSA', 'PS256'] as const;

/** How long a signed request that names somebody may be good for. */
const longest = minutes(10);

/**
 * Who may name somebody, and by what: an application with the right, in a request that it signed (RFC 9101) or pushed, itself
 * authenticated (RFC 9126). A parameter in a link anybody can write is refused, not overlooked: the application would
 * believe that it was heard.
 */
export const mayName =
  (house: OidcHouse) =>
  async (ctx: KoaContextWithOIDC, name: string | undefined, client: Client): Promise<void> => {
    if (name === undefined) return;
    if (applicationOf(house, client.clientId)?.mayName !== true)
      throw new errors.InvalidRequest('this application may not name anybody');
    if (!isVouchedFor(ctx, client)) throw new errors.InvalidRequest('who is named must be signed for, or pushed');
    if (name.length > 254) throw new errors.InvalidRequest('nobody is called that');
    const object = objectIn(ctx);
    if (object !== null) await once(house, client.clientId, object);
  };

const isVouchedFor = ({ oidc }: KoaContextWithOIDC, { clientAuthMethod }: Client): boolean =>
  oidc.trusted?.includes(nameParameter) === true ||
  (oidc.route === 'pushed_authorization_request' && clientAuthMethod !== 'none');

/** What was pushed is not signed, or was seen to be when it was pushed, and serves once by itself. */
function objectIn({ oidc, query }: KoaContextWithOIDC): string | null {
  const object = oidc.body?.['request'] ?? query['request'];
  return typeof object === 'string' ? object : null;
}

/** A signed request that was seen by somebody else, in a history or a log, names nobody a second time (RFC 9101, 10.2). */
async function once({ gate }: OidcHouse, clientId: string, object: string): Promise<void> {
  const { jti, exp } = decodeJwt(object);
  const now = inSeconds(gate.clock.now());
  if (jti === undefined || exp === undefined || exp > now + inSeconds(longest))
    throw new errors.InvalidRequestObject('whoever is named is named once: with a jti, and an exp within ten minutes');
  const record = {
    model: 'RequestObject',
    id: `${clientId} ${jti}`,
    payload: {},
    expiresAt: shift(gate.clock.now(), 2 * longest),
  };
  if (!(await gate.database.transaction((tx) => addRecord(tx, gate, record))))
    throw new errors.InvalidRequestObject('this request was used before');
}
