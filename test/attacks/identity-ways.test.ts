import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { type At, over, ShopPage } from '../support/shop-page.ts';
import { openShops, type ShopsScene } from '../support/shops.ts';
import { codeSentTo, mailbox, setUpAuthenticator, setUpSentCode, signIn } from '../support/verbs.ts';
import { rowsOf } from './tools.ts';

const mails = '/mfa/credentials/emails';
const tooLittle = { status: 401, error: 'insufficient_user_authentication' };

/** What whoever holds an access token could change. */
describe.each(kinds)('ways in, by the API for pages of applications, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let scene: ShopsScene;
  beforeAll(async () => {
    scene = await openShops(kind);
    sallyport = scene.sallyport;
  });
  afterAll(() => sallyport.close());

  const page = (at: At = {}) => new ShopPage(sallyport, at);

  /** Of somebody who owns nothing else. */
  async function byPassword(shop: ShopPage, name: string, more: Record<string, string> = {}): Promise<string> {
    const { tkn = '' } = await shop.login(name);
    const { searchParams } = new URL(await shop.goOn(tkn, undefined, more));
    return String((await shop.redeem(searchParams.get('code') ?? '')).access_token);
  }

  test('are changed by a token with the scope mfa, of minutes ago, at its application', async () => {
    const shop = page();
    const name = await scene.person();
    const without = await byPassword(shop, name, { scope: 'openid' });
    expect(await shop.call('GET', '/mfa/credentials', undefined, without)).toMatchObject({
      status: 403,
      error: 'insufficient_scope',
    });
    expect(await shop.call('POST', mails, {}, without)).toMatchObject({ status: 403, error: 'insufficient_scope' });
    const token = await byPassword(shop, name);
    const other = shop.elsewhere({ client: 'other', origin: 'https://other.example' });
    expect(await other.call('POST', mails, {}, token)).toMatchObject({ status: 403, error: 'unauthorized_client' });
    expect(await shop.call('POST', mails, {})).toMatchObject({ status: 401, error: 'invalid_token' });
    sallyport.pass(minutes(5) + seconds(1));
    expect(await shop.call('POST', mails, {}, token)).toMatchObject(tooLittle);
    expect(await rowsOf(sallyport, 'email_code')).not.toContainEqual(expect.objectContaining({ account_id: name }));
  });

  test('are not changed by a young token of an old proof', async () => {
    const shop = page();
    const name = await scene.person();
    await byPassword(shop, name);
    sallyport.pass(minutes(6));
    const code = new URL(await shop.goOn('', undefined, { prompt: 'none' })).searchParams.get('code') ?? '';
    const young = String((await shop.redeem(code)).access_token);
    expect(await shop.call('GET', '/mfa/credentials', undefined, young)).toMatchObject({ status: 200 });
    expect(await shop.call('POST', mails, {}, young)).toMatchObject(tooLittle);
  });

  test('are not changed by a young token of an old proof, whatever its session proves after it', async () => {
    const shop = page();
    const name = await scene.withMail();
    await scene.inBy(shop, name);
    sallyport.pass(minutes(6));
    const code = new URL(await shop.goOn('', undefined, { prompt: 'none' })).searchParams.get('code') ?? '';
    const young = String((await shop.redeem(code)).access_token);
    const { token: step = '' } = await shop.stepUp();
    await shop.start(step);
    expect(await shop.verify(step, await scene.codeFor(name))).toMatchObject({ status: 200 });
    expect(await shop.call('DELETE', mails, undefined, young)).toMatchObject(tooLittle);
  });

  test('are not changed by a token from before their owner proved more in the same session', async () => {
    const shop = page();
    const name = await scene.person();
    const before = await byPassword(shop, name);
    await setUpSentCode(sallyport, shop.browser, mailbox(`${name}@mail.example.org`));
    expect(await shop.call('DELETE', mails, undefined, before)).toMatchObject(tooLittle);
  });

  test('are not taken away on a backup code', async () => {
    const shop = page();
    const name = await scene.person();
    const home = await signIn(sallyport.browser(), name);
    const { backupCodes } = await setUpAuthenticator(sallyport, home);
    await setUpSentCode(sallyport, home, mailbox(`${name}@mail.example.org`));
    const step = await scene.halfway(shop, name);
    await shop.start(step, 'backup-codes');
    const { code = '' } = await shop.verify(step, backupCodes[0] ?? '');
    const token = String((await shop.redeem(code)).access_token);
    expect(await shop.call('DELETE', mails, undefined, token)).toMatchObject(tooLittle);
  });

  test('are set up by whoever asked for the code, and by no other token', async () => {
    const shop = page();
    const name = await scene.person();
    const token = await byPassword(shop, name);
    expect(await shop.call('POST', mails, {}, token)).toMatchObject({ status: 200 });
    const verification_code = await codeSentTo(sallyport, `${name}@example.org`);
    const second = await byPassword(page(), name);
    expect(await shop.call('POST', `${mails}/verify`, { verification_code }, second)).toMatchObject(over);
    expect(await shop.call('POST', `${mails}/verify`, { verification_code }, token)).toMatchObject({ status: 204 });
  });

  test('of somebody else stay, and so do their devices', async () => {
    const shop = page();
    const victim = await scene.withMail();
    const step = await scene.halfway(shop, victim);
    await shop.start(step);
    await shop.verify(step, await scene.codeFor(victim), { trust_device: true });
    const devices = await rowsOf(sallyport, 'remembered_device');
    expect(devices).not.toEqual([]);
    const thief = page();
    const token = await byPassword(thief, await scene.person());
    for (const { id } of devices)
      expect(await thief.call('DELETE', `/mfa/trusteddevices/${id}`, undefined, token)).toMatchObject({
        status: 404,
      });
    expect(await thief.call('GET', '/mfa/trusteddevices', undefined, token)).toMatchObject({ trusted_devices: [] });
    expect(await rowsOf(sallyport, 'remembered_device')).toEqual(devices);
  });
});
