import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationSettings } from '../../src/core/applications/settings.ts';
import { hashOf } from '../../src/kernel/ids.ts';
import { kinds } from '../support/databases.ts';
import { type OidcSallyport, openOidcSallyport } from './support.ts';

const secrets = {
  old: 'the secret of before, with many characters',
  next: 'the one that follows, with many characters',
};
const pair = await generateKeyPair('ES256');
const other = await generateKeyPair('ES256');
const common = { firstParty: true, redirectUris: ['https://app.example/callback'] };

const applications = [
  { ...common, id: 'two', name: 'Two', secretHashes: Object.values(secrets).map(hashOf) },
  { ...common, id: 'keys', name: 'Keys', authenticatesBy: 'keys', keys: [await exportJWK(pair.publicKey)] },
];

describe.each(kinds)('an application proves which one it is, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { applications });
  });
  afterAll(() => sallyport.close());

  /** What an application asks about a token, and how it says who it is. @returns what it is answered */
  async function introspect(form: Record<string, string>, authorization?: string) {
    const response = await fetch(`${sallyport.issuer}/oauth/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'whatever', ...form }),
      headers: authorization === undefined ? {} : { authorization },
    });
    const body = (await response.json()) as { active?: boolean; error?: string };
    return body.error ?? body.active;
  }
  const basic = (secret: string) =>
    `Basic ${Buffer.from(`two:${encodeURIComponent(secret).replaceAll('%20', '+')}`).toString('base64')}`;

  const now = () => Math.floor(sallyport.clock.now() / 1000);
  const claims = () => ({
    iss: 'keys',
    sub: 'keys',
    aud: sallyport.issuer,
    jti: randomUUID(),
    exp: now() + 60,
    iat: now(),
  });
  const signedBy = (key: CryptoKey, more: object = {}) =>
    new SignJWT({ ...claims(), ...more }).setProtectedHeader({ alg: 'ES256' }).sign(key);
  const asserted = (client_assertion: string) =>
    introspect({
      client_assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });

  test('by either of its two secrets, of which only hashes are kept, and by nothing else', async () => {
    expect(await introspect({}, basic(secrets.old))).toBe(false);
    expect(await introspect({}, basic(secrets.next))).toBe(false);
    for (const wrong of ['', 'a secret', hashOf(secrets.old), 'kept as a hash, and compared by it'])
      expect([wrong, await introspect({}, basic(wrong))]).toEqual([wrong, expect.stringMatching(/^invalid_/)]);
    expect(await introspect({ client_id: 'two' })).toBe('invalid_client');
  });

  test('by what it signs, once', async () => {
    const assertion = await signedBy(pair.privateKey);
    expect(await asserted(assertion)).toBe(false);
    expect(await asserted(assertion)).toBe('invalid_client');
    const another = await signedBy(pair.privateKey);
    const answers = await Promise.all(Array.from({ length: 8 }, () => asserted(another)));
    expect(answers.filter((answer) => answer === false)).toHaveLength(1);
  });

  test.each([
    ['by the key of another', () => signedBy(other.privateKey)],
    ['for another place', () => signedBy(pair.privateKey, { aud: 'https://elsewhere.example' })],
    ['too late', () => signedBy(pair.privateKey, { exp: now() - 60 })],
    ['without an end', () => signedBy(pair.privateKey, { exp: undefined })],
    ['without a name of its own', () => signedBy(pair.privateKey, { jti: undefined })],
    ['by somebody else', () => signedBy(pair.privateKey, { iss: 'two' })],
    [
      'by nobody',
      async () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`,
    ],
  ])('signed %s it says nothing', async (_, sign) => {
    expect(await asserted(await sign())).toMatch(/^invalid_/);
  });

  test('whoever authenticates by keys does not come without', async () => {
    expect(await introspect({ client_id: 'keys' })).toBe('invalid_client');
  });

  test('a library that reads what is said of us signs people in by it', async () => {
    await sallyport.person('ann');
    const config = await client.discovery(
      new URL(sallyport.issuer),
      'keys',
      undefined,
      client.PrivateKeyJwt(pair.privateKey),
      {
        execute: [client.allowInsecureRequests],
      },
    );
    const said = config.serverMetadata();
    expect([said.token_endpoint_auth_methods_supported, said['response_modes_supported']]).toEqual([
      ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      ['query'],
    ]);
    const pushed = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: 'https://app.example/callback',
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    expect(pushed.searchParams.get('request_uri')).toMatch(/^urn:ietf:params:oauth:request_uri:/);
  });
});

test.each([
  ['keys without a key', { authenticatesBy: 'keys' }],
  ['keys beside a secret', { authenticatesBy: 'keys', keys: [{ kty: 'EC' }], secretHashes: [hashOf('one')] }],
  ['a hash that is none', { secretHashes: ['not a hash'] }],
  ['three secrets at once', { secretHashes: ['1', '2', '3'].map(hashOf) }],
])('%s is refused before anybody is served', (_, more) => {
  expect(applicationSettings.safeParse({ ...common, id: 'app', name: 'App', ...more }).success).toBe(false);
});
