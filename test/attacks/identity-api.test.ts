import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { type At, isBack, over, ShopPage } from '../support/shop-page.ts';
import { openShops, type ShopsScene } from '../support/shops.ts';
import { signIn } from '../support/verbs.ts';
import { isIn, post, rowsOf } from './tools.ts';

/** What whoever speaks in an application's name could try. */
describe.each(kinds)('the API for pages of applications, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let scene: ShopsScene;
  beforeAll(async () => {
    scene = await openShops(kind);
    sallyport = scene.sallyport;
  });
  afterAll(() => sallyport.close());

  const page = (at: At = {}) => new ShopPage(sallyport, at);

  describe('what a right password gives out', () => {
    test('signs nobody in before their browser comes for it, and then once', async () => {
      const name = await scene.person();
      const shop = page();
      const before = await rowsOf(sallyport, 'session');
      const { tkn = '', mfa_required } = await shop.login(name);
      expect(mfa_required).toBe(false);
      expect(await rowsOf(sallyport, 'session')).toHaveLength(before.length);
      expect(await isIn(shop.browser)).toBe(false);
      expect(isBack(await shop.goOn(tkn))).toBe(true);
      sallyport.pass(seconds(1));
      expect(await shop.goOn(tkn)).toMatch(/^[/]sign-in[/]/);
    });

    test('starts one step-up', async () => {
      const shop = page();
      const { tkn } = await shop.login(await scene.withMail());
      expect(await shop.stepUp({ tkn })).toMatchObject({ status: 200 });
      expect(await shop.stepUp({ tkn })).toMatchObject(over);
    });

    test('lasts a minute', async () => {
      const shop = page();
      const [ann, bob] = [await shop.login(await scene.person()), await shop.login(await scene.withMail())];
      sallyport.pass(seconds(60));
      expect(await shop.goOn(String(ann.tkn))).toMatch(/^[/]sign-in[/]/);
      expect(await shop.stepUp({ tkn: bob.tkn })).toMatchObject(over);
    });

    test('is worth nothing to another application, at another origin, or in another browser', async () => {
      const shop = page();
      const name = await scene.withMail();
      const { tkn } = await shop.login(name);
      expect(await shop.elsewhere({ client: 'other', origin: 'https://other.example' }).stepUp({ tkn })).toMatchObject(
        over,
      );
      expect(await shop.elsewhere({ client: 'twin' }).stepUp({ tkn })).toMatchObject(over);
      expect(await shop.elsewhere({ origin: 'https://other.example' }).stepUp({ tkn })).toMatchObject({ status: 403 });
      expect(await shop.elsewhere({}, sallyport.browser()).stepUp({ tkn })).toMatchObject(over);
      expect(await shop.stepUp({ tkn })).toMatchObject({ status: 200 });
    });

    test('signs nobody in as somebody else: in a browser that was led to it, or where another page leads', async () => {
      const mallory = await scene.person();
      for (const site of ['same-site', 'cross-site'] as const) {
        const { tkn = '' } = await page({ site }).login(mallory);
        const victim = page({ site });
        expect(await victim.goOn(tkn, 'https://mallory.example')).toMatch(/^[/]sign-in[/]/);
        expect(await victim.goOn(tkn, null)).toMatch(/^[/]sign-in[/]/);
        expect(await isIn(victim.browser)).toBe(false);
      }
      const far = page({ site: 'cross-site' });
      const { tkn = '' } = await far.login(mallory);
      expect(isBack(await far.elsewhere({}, sallyport.browser()).goOn(tkn))).toBe(true);
    });

    test('that came too late gives nothing of whoever is signed in there', async () => {
      const shop = page();
      await signIn(shop.browser, await scene.person());
      expect(await isIn(shop.browser)).toBe(true);
      const { tkn = '' } = await shop.login(await scene.person());
      sallyport.pass(minutes(2));
      expect(await shop.goOn(tkn)).toMatch(/^[/]sign-in[/]/);
    });

    test('skips no code', async () => {
      const shop = page();
      const { tkn = '' } = await shop.login(await scene.withMail());
      expect(await shop.goOn(tkn)).toMatch(/^[/]sign-in[/]/);
      expect(await isIn(shop.browser)).toBe(false);
    });
  });

  describe('a step-up under way', () => {
    test('is gone on with by no other application and at no other origin', async () => {
      const shop = page();
      const name = await scene.withMail();
      const step = await scene.halfway(shop, name);
      const other = shop.elsewhere({ client: 'other', origin: 'https://other.example' });
      expect(await other.start(step)).toMatchObject(over);
      await shop.start(step);
      const code = await scene.codeFor(name);
      expect(await other.verify(step, code)).toMatchObject(over);
      expect(await shop.verify(step, code)).toMatchObject({ status: 200 });
      expect(await shop.verify(step, code)).toMatchObject(over);
    });

    test('is not what a password gave out, nor the other way round', async () => {
      const shop = page();
      const name = await scene.withMail();
      const { tkn = '' } = await shop.login(name);
      expect(await shop.start(tkn)).toMatchObject(over);
      const step = await scene.halfway(shop, name);
      expect(await shop.stepUp({ tkn: step })).toMatchObject(over);
      expect(await shop.goOn(step)).toMatch(/^[/]sign-in[/]/);
    });

    test('opens no page of ours', async () => {
      const shop = page();
      const step = await scene.halfway(shop, await scene.withMail());
      const begun = (await rowsOf(sallyport, 'attempt')).map(({ id }) => String(id));
      const thief = sallyport.browser();
      thief.cookies.set('__Host-attempt', step);
      for (const id of begun) expect((await thief.send('GET', `/sign-in/${id}`)).statusCode).toBe(410);
    });

    test('is asked for in order, or nothing is spent', async () => {
      const shop = page();
      const { tkn } = await shop.login(await scene.withMail());
      const wrong = { redirect_uri: 'https://mallory.example/callback' };
      expect(await shop.stepUp({ tkn, ...wrong })).toMatchObject({ status: 400, error: 'invalid_request' });
      expect(await shop.stepUp({ tkn, code_challenge: 'none' })).toMatchObject({
        status: 400,
        error: 'invalid_request',
      });
      expect(await shop.stepUp({ tkn })).toMatchObject({ status: 200 });
    });

    test('counts wrong codes with those of the page, and says how long to wait', async () => {
      const shop = page();
      const name = await scene.withMail();
      const step = await scene.halfway(shop, name);
      await shop.start(step);
      for (let guess = 0; guess < 5; guess++)
        expect(await shop.verify(step, 'no code')).toMatchObject({
          error_message_key: 'error.invalidVerificationCode',
        });
      for (let guess = 0; guess < 4; guess++) await shop.verify(step, '000000');
      sallyport.pass(minutes(1));
      expect((await shop.start(step)).status).toBe(200);
      for (let guess = 0; guess < 2; guess++) await shop.verify(step, '000000');
      const blocked = await shop.verify(step, await scene.codeFor(name));
      expect(blocked).toMatchObject({ status: 429, error_message_key: 'error.tooManyGuesses' });
      expect(blocked.retry_after).toBeGreaterThan(0);
      const browser = await signIn(sallyport.browser(), name);
      expect(browser.title).toBe('Too many wrong codes');
    });

    test('counts wrong passwords with those of the page', async () => {
      const name = await scene.person();
      const shop = page({ site: 'cross-site' });
      for (let guess = 0; guess < 12; guess++)
        await shop.elsewhere({}, sallyport.browser()).login(name, `wrong ${guess}`);
      const browser = await signIn(sallyport.browser(), name);
      expect(browser.wrong).not.toBeNull();
      expect(await isIn(browser)).toBe(false);
    });
  });

  describe('a session, or an access token', () => {
    test('starts nothing from a page of another site, cookie or not', async () => {
      const shop = page();
      await scene.inBy(shop, await scene.withMail());
      expect(await isIn(shop.browser)).toBe(true);
      sallyport.pass(minutes(2));
      expect(await shop.elsewhere({ site: 'cross-site' }).stepUp()).toMatchObject({
        status: 401,
        error: 'invalid_token',
      });
      expect(await shop.stepUp()).toMatchObject({ status: 200 });
    });

    test('starts something for five minutes, for its own application', async () => {
      const shop = page();
      const token = await scene.inBy(shop, await scene.withMail());
      sallyport.pass(seconds(1));
      const other = shop.elsewhere({ client: 'other', origin: 'https://other.example' }, sallyport.browser());
      expect(await other.stepUp({}, token)).toMatchObject({ status: 401, error: 'invalid_token' });
      expect(await shop.stepUp({}, token)).toMatchObject({ status: 200 });
      sallyport.pass(minutes(5));
      expect(await shop.stepUp({}, token)).toMatchObject({ status: 401, error: 'insufficient_user_authentication' });
    });

    test('of a session that has ended starts nothing', async () => {
      const shop = page();
      const name = await scene.withMail();
      const token = await scene.inBy(shop, name);
      await shop.browser.visit('/account');
      await post(shop.browser, '/account/sign-out', {});
      expect(await shop.call('GET', '/mfa/credentials', undefined, token)).toMatchObject({ error: 'invalid_token' });
      expect(await shop.stepUp({}, token)).toMatchObject({ status: 401, error: 'invalid_token' });
    });

    test('is no proof of now: a code is asked whatever was proven before', async () => {
      const shop = page();
      const token = await scene.inBy(shop, await scene.withMail());
      sallyport.pass(minutes(1));
      for (const given of [undefined, token]) {
        const { token: step = '' } = await shop.stepUp({}, given);
        expect((await shop.start(step)).status).toBe(200);
        sallyport.pass(minutes(1));
        expect(await shop.verify(step, '000000')).toMatchObject({ status: 401 });
      }
    });
  });

  describe('who asks', () => {
    test.each([
      null,
      'null',
      'https://shop.example.',
      'https://shop.example:444',
      'http://shop.example',
      'https://x.shop.example',
      'HTTPS://shop.example',
      'https://plain.example',
    ])('from %s nobody is answered, and no script may read why', async (origin) => {
      const name = await scene.person();
      const answer = await page({ origin }).send('POST', '/identity/v1/password/login', {
        client_id: 'shop',
        email: name,
        password: 'correct horse battery staple',
      });
      expect(answer.statusCode).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      const asked = await page({ origin }).send('OPTIONS', '/identity/v1/password/login');
      expect(asked.headers).not.toHaveProperty('access-control-allow-origin');
    });

    test('an application that was not granted it, or another’s name, is refused', async () => {
      const name = await scene.person();
      expect(await page({ client: 'plain' }).login(name)).toMatchObject({ status: 403, error: 'unauthorized_client' });
      const other = page({ client: 'shop', origin: 'https://other.example' });
      expect(await other.login(name)).toMatchObject({ status: 403, error: 'unauthorized_client' });
      expect(await page({ client: 'nobody' }).login(name)).toMatchObject({ status: 403 });
    });

    test('a form that a page of another site sends is no call', async () => {
      const shop = page();
      const answer = await shop.browser.send(
        'POST',
        '/identity/v1/password/login',
        'client_id=shop&email=a&password=b',
        {
          origin: 'https://mallory.example',
        },
      );
      expect(answer.statusCode).toBe(403);
    });

    test('a code is redeemed with JSON only by its application, at its origin', async () => {
      const shop = page();
      const name = await scene.withMail();
      const step = await scene.halfway(shop, name);
      await shop.start(step);
      const { code = '' } = await shop.verify(step, await scene.codeFor(name));
      expect(await shop.elsewhere({ origin: 'https://other.example' }).redeem(code)).toMatchObject({ status: 403 });
      expect(await shop.redeem(code)).toMatchObject({ status: 200 });
    });
  });
});
