import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { peopleScopes } from '../../src/core/applications/settings.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { programBudget } from '../../src/proving/budgets.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, enablePerson } from '../../src/proving/people.ts';
import { programToken, rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { type OidcSallyport, openOidcSallyport } from './support.ts';

const secret = 'a secret that has many more characters than that';
const reader = { id: 'reader', name: 'Reader', secret, redirectUris: ['https://reader.example/callback'] };

describe.each(kinds)('a program that acts for nobody, on %s', (kind) => {
  let keys: CryptoKeyPair;
  let others: CryptoKeyPair;
  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true });
    others = await generateKeyPair('ES256', { extractable: true });
  });
  let sallyport: OidcSallyport;
  afterEach(() => sallyport.close());

  async function open(more: object = {}): Promise<string> {
    const report = {
      id: 'report',
      name: 'Nightly report',
      owner: 'ann',
      expires: '2026-01-31',
      keys: [await exportJWK(keys.publicKey)],
      scopes: ['reports:read', 'reports:write'],
      ...more,
    };
    const other = { ...report, id: 'other', keys: [await exportJWK(others.publicKey)] };
    sallyport = await openOidcSallyport(kind, { applications: [reader], sections: { services: [report, other] } });
    return sallyport.person('ann', { email: 'ann@example.org' });
  }

  const as = async (id: string, by: client.ClientAuth): Promise<client.Configuration> =>
    client.discovery(new URL(sallyport.issuer), id, undefined, by, { execute: [client.allowInsecureRequests] });
  const signing = (key: CryptoKey) => client.PrivateKeyJwt(key);
  const given = async (scope = 'reports:read', key = keys.privateKey) =>
    client.clientCredentialsGrant(await as('report', signing(key)), { scope });
  const asked = async (token: string) =>
    client.tokenIntrospection(await as('reader', client.ClientSecretBasic(secret)), token);

  test('is given a token for ten minutes that tells a resource server who it is, and of no person', async () => {
    await open();
    const { access_token, expires_in, refresh_token, id_token } = await given();
    expect([expires_in, refresh_token, id_token]).toEqual([600, undefined, undefined]);
    const told = await asked(access_token);
    expect(told).toMatchObject({ active: true, client_id: 'report', scope: 'reports:read', token_type: 'Bearer' });
    for (const claim of ['sub', 'acr', 'amr', 'auth_time', 'username'])
      expect([claim, told[claim]]).toEqual([claim, undefined]);
    sallyport.pass(minutes(11));
    expect(await asked(access_token)).toEqual({ active: false });
    const log = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'service.given');
    expect(log).toMatchObject([{ actor: 'service:report', address: '127.0.0.1' }]);
  });

  test('asks for what it may ask for, and signs for it', async () => {
    await open();
    // What it may not ask for is not given, and what was given is told (RFC 6749, 3.3).
    const { access_token, scope } = await given('reports:read reports:delete');
    expect([scope, (await asked(access_token)).scope]).toEqual(['reports:read', 'reports:read']);
    expect((await asked((await given('reports:delete')).access_token)).scope).toBeUndefined();
    await expect(given('openid')).rejects.toMatchObject({ error: 'invalid_scope' });
    await expect(given('reports:read', others.privateKey)).rejects.toMatchObject({ error: 'invalid_client' });
    const unsigned = client.clientCredentialsGrant(await as('report', client.None()), { scope: 'reports:read' });
    await expect(unsigned).rejects.toMatchObject({ error: 'invalid_client' });
    const application = as('reader', client.ClientSecretBasic(secret));
    await expect(client.clientCredentialsGrant(await application)).rejects.toMatchObject({ status: 400 });
  });

  test('is worth nothing, and given nothing, once its owner is disabled, and serves again with them', async () => {
    const ann = (await open()) as never;
    const { gate } = sallyport.house;
    const { access_token } = await given();
    await disablePerson(gate, host, ann);
    expect(await asked(access_token)).toEqual({ active: false });
    await expect(given()).rejects.toMatchObject({ error: 'unauthorized_client' });
    await enablePerson(gate, host, ann);
    expect(await asked(access_token)).toMatchObject({ active: true });
  });

  test('is given nothing after its last day, nor where nobody answers for it', async () => {
    await open({ expires: '2026-01-14' });
    await expect(given()).rejects.toMatchObject({ error: 'unauthorized_client' });
    await sallyport.close();
    for (const owner of ['nobody', 'ann@example.org']) {
      await open({ owner });
      await expect(given()).rejects.toMatchObject({ error: 'unauthorized_client' });
      await expect(given()).rejects.toMatchObject({ error: 'unauthorized_client' });
      const log = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'service.refused');
      expect(log).toMatchObject([{ actor: 'service:report', address: '127.0.0.1' }]);
      await sallyport.close();
    }
    await open();
  });

  test('is given no more than six hundred tokens an hour', async () => {
    await open();
    const { gate } = sallyport.house;
    const budget = programBudget('service:report', gate.clock.now());
    await gate.database.transaction(async (tx) => {
      for (let n = 0; n < 599; n++) await charge(tx, budget, gate.clock.now());
    });
    await given();
    await expect(given()).rejects.toMatchObject({ error: 'temporarily_unavailable' });
  });

  test('is told of to nobody who asks what there is', async () => {
    await open();
    const told = await fetch(`${sallyport.issuer}/.well-known/openid-configuration`);
    expect(((await told.json()) as { scopes_supported: unknown }).scopes_supported).toEqual([...peopleScopes]);
  });

  test.each([
    ['no scopes', { scopes: [] }],
    ['no scopes named', { scopes: undefined }],
    ['a scope that is said of people', { scopes: ['reports:read', 'mfa'] }],
    ['a key with a part missing', { keys: [{ kty: 'EC', crv: 'P-256' }] }],
    ['no keys', { keys: [] }],
    ['no owner', { owner: '' }],
    ['no end', { expires: undefined }],
  ])('with %s it is refused before anybody is served', async (_, more) => {
    await open();
    await sallyport.close();
    await expect(open(more)).rejects.toThrow(/services/);
    await open();
  });

  test('begins nothing for a person, and its token opens nothing of ours', async () => {
    await open();
    const { access_token } = await given();
    const bearer = { headers: { authorization: `Bearer ${access_token}` } };
    for (const path of [
      '/oauth/userinfo',
      '/api/v1/policy',
      '/api/v1/people',
      '/identity/v1/userinfo',
      '/scim/v2/Users',
    ])
      expect([path, (await fetch(`${sallyport.issuer}${path}`, bearer)).status >= 400]).toEqual([path, true]);
    const question = new URLSearchParams({
      client_id: 'report',
      response_type: 'code',
      scope: 'reports:read',
      redirect_uri: 'https://reader.example/callback',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const answer = await fetch(`${sallyport.issuer}/oauth/authorize?${question}`, { redirect: 'manual' });
    expect(answer.status).toBe(400);
    const program = await programToken(sallyport as never);
    expect(await asked(program)).toEqual({ active: false });
  });

  test('asks about its own token, and nobody else’s', async () => {
    await open();
    const { access_token } = await given();
    const me = await as('report', signing(keys.privateKey));
    const other = await as('other', signing(others.privateKey));
    expect(await client.tokenIntrospection(me, access_token)).toMatchObject({ active: true });
    expect(await client.tokenIntrospection(other, access_token)).toEqual({ active: false });
  });
});
