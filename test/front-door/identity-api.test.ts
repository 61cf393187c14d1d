import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errors } from '../../src/protocols/identity/errors.ts';
import { kinds } from '../support/databases.ts';
import { type At, ShopPage } from '../support/shop-page.ts';
import { openShops, type ShopsScene } from '../support/shops.ts';
import { codeFor, codeSentTo, setUpAuthenticator, signIn } from '../support/verbs.ts';

test('every error stands in the documents, and the documents name no other', () => {
  const told = readFileSync('docs/identity-api.md', 'utf8').match(/`error\.\w+`/g) ?? [];
  const keys = Object.values(errors).map(({ key }) => `\`${key}\``);
  // What goes wrong on our side is no answer that anybody prepares for.
  expect([...new Set(told)].sort()).toEqual(keys.filter((key) => key !== '`error.serverError`').sort());
});

describe.each(kinds)('an application that asks in its own page, on %s', (kind) => {
  let scene: ShopsScene;
  beforeAll(async () => {
    scene = await openShops(kind);
  });
  afterAll(() => scene.sallyport.close());

  const page = (at: At = {}) => new ShopPage(scene.sallyport, at);

  test('is told what is not served, in a way its script can read', async () => {
    const answer = await page().send('POST', '/identity/v1/signup', { client_id: 'shop' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
    expect(answer.json()).toMatchObject({ error: 'not_found', error_message_key: 'error.notServed' });
  });

  test('may ask with the fields its client sends, from where it is', async () => {
    const { headers, statusCode } = await page().send('OPTIONS', '/identity/v1/mfa/credentials/emails', undefined, {
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization,content-type,x-r5-correlation-id',
    });
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-methods']).toContain('DELETE');
    for (const field of ['authorization', 'content-type', 'x-r5-correlation-id', 'custom-locale'])
      expect(headers['access-control-allow-headers']).toContain(field);
  });

  test('is told what is missing, by name', async () => {
    const said = await page().call('POST', '/password/login', { client_id: 'shop', email: 'ann' });
    expect(said).toMatchObject({ status: 400, error: 'invalid_request' });
    expect(said).toMatchObject({ error_description: expect.stringContaining('password') });
    const unreadable = await page().send('POST', '/identity/v1/password/login', undefined, {
      'content-type': 'text/plain',
    });
    expect(unreadable.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('speaks to its person in their language', async () => {
    const answer = await page().send(
      'POST',
      '/identity/v1/password/login',
      { client_id: 'shop', email: 'nobody', password: 'wrong' },
      { 'accept-language': 'de-CH' },
    );
    expect(answer.json()).toMatchObject({
      error: 'invalid_grant',
      error_user_msg: 'Falscher Name oder falsches Passwort.',
      error_description: 'Wrong name or password.',
    });
  });

  test('takes codes from an app and backup codes too', async () => {
    const { sallyport } = scene;
    const name = await scene.person();
    const { secret, backupCodes } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), name));
    for (const [way, code] of [
      ['totp', codeFor(sallyport, secret)],
      ['backup-codes', backupCodes[0] ?? ''],
    ] as const) {
      const shop = page();
      const { tkn } = await shop.login(name);
      const { token = '', amr } = await shop.stepUp({ tkn });
      expect(amr).toEqual(['totp', 'backup-codes']);
      expect(await shop.start(token, 'email')).toMatchObject({ error_message_key: 'error.unavailableFactor' });
      await shop.start(token, way);
      expect(await shop.verify(token, code)).toMatchObject({ status: 200, code: expect.any(String) });
    }
  });

  test('is sent to our pages where only they can ask: for backup codes to keep', async () => {
    const { sallyport } = scene;
    const name = await scene.person();
    const shop = page();
    const { tkn = '' } = await shop.login(name);
    const back = new URL(await shop.goOn(tkn)).searchParams.get('code') ?? '';
    const { access_token = '' } = await shop.redeem(back);
    await shop.call('POST', '/mfa/credentials/emails', {}, access_token);
    const verification_code = await codeSentTo(sallyport, `${name}@example.org`);
    await shop.call('POST', '/mfa/credentials/emails/verify', { verification_code }, access_token);
    sallyport.pass(60_000);
    const step = await scene.halfway(shop, name);
    await shop.start(step);
    const said = await shop.verify(step, await codeSentTo(sallyport, `${name}@example.org`));
    expect(said).toMatchObject({ status: 403, error: 'interaction_required' });
  });

  test('that the policy keeps somebody out of is told so', async () => {
    const name = await scene.person();
    expect(await page({ client: 'closed' }).login(name)).toMatchObject({ status: 403, error: 'access_denied' });
  });
});
