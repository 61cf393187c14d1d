import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The session that has ended, once the token is known to be Sallyport's and meant for us (Back-Channel Logout 2.6). */
export async function endedSession(
  token: string,
  { issuer, audience, keys }: { issuer: string; audience: string; keys: URL },
): Promise<string> {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(keys), { issuer, audience, typ: 'logout+jwt' });
  const events = payload['events'] as Record<string, unknown> | undefined;
  if (events?.['http://schemas.openid.net/event/backchannel-logout'] === undefined || payload['nonce'] !== undefined)
    throw new Error('not a logout token');
  return String(payload['sid']);
}
