import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Sallyport } from './sallyport.ts';

const secret = 'a secret of thirty-two characters: desk';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const key = { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' };

/** An application that may say who is to sign in, and one like it that may not. */
export const desk = {
  id: 'desk',
  name: 'Front desk',
  secret,
  redirectUris: ['https://desk.example/callback'],
  firstParty: true,
  mayName: true,
  keys: [key],
};
export const wiki = { ...desk, id: 'wiki', name: 'Wiki', mayName: false };
export const signingKey = privateKey;

/** What a request says: of whom, and whatever else is to be different. */
const claimsOf = (name: string | undefined, more: object) => ({
  client_id: desk.id,
  response_type: 'code',
  redirect_uri: desk.redirectUris[0],
  scope: 'openid',
  code_challenge: createHash('sha256').update('verifier').digest('base64url'),
  code_challenge_method: 'S256',
  ...(name !== undefined && { named_user: name }),
  ...more,
});

const pathOf = (parameters: Record<string, string>) => `/oauth/authorize?${new URLSearchParams(parameters)}`;

/** A link that anybody could write. */
export const bare = (name: string | undefined, more: object = {}): string =>
  pathOf(claimsOf(name, more) as Record<string, string>);

/** A request that the application signed (RFC 9101). @param given what is different about it, or about how it is signed */
export async function signed(
  { clock, house }: Pick<Sallyport, 'clock' | 'house'>,
  name: string,
  {
    claims = {},
    with: by = privateKey,
    alg = 'ES256',
  }: { claims?: object; with?: CryptoKey | Uint8Array; alg?: string } = {},
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  const about = {
    iss: desk.id,
    aud: house.publicUrl.origin,
    iat: now,
    exp: now + 60,
    jti: randomBytes(16).toString('hex'),
  };
  const payload = { ...claimsOf(name, {}), ...about, ...claims };
  const request = await new SignJWT(payload).setProtectedHeader({ alg }).sign(by);
  return pathOf({ client_id: String(payload.client_id), request });
}

/** Hands a request over beforehand (RFC 9126). @returns the link; null when it is refused */
export async function pushed({ app }: Pick<Sallyport, 'app'>, name: string, password = secret): Promise<string | null> {
  const basic = Buffer.from(`desk:${encodeURIComponent(password)}`).toString('base64');
  const { body } = await app.inject({
    method: 'POST',
    url: '/oauth/par',
    headers: {
      host: 'localhost:4000',
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(claimsOf(name, {}) as Record<string, string>).toString(),
  });
  const { request_uri } = JSON.parse(body) as { request_uri?: string };
  return request_uri === undefined ? null : pathOf({ client_id: desk.id, request_uri });
}
