import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('an application of somebody else asks what it may know, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let stranger: Application;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    stranger = new Application(sallyport, 'stranger');
  });
  afterAll(() => sallyport.close());

  const sees = async (token: string) =>
    (await fetch(`${sallyport.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).json();

  test('the person is asked in plain words, once, and again only for more', async () => {
    const ann = await sallyport.person('ann');
    const browser = await sallyport.browser().visit(await stranger.ask({ scope: 'openid profile' }));
    await signIn(browser, 'ann');
    expect(browser.title).toBe('Let Stranger know who you are?');
    expect(browser.text).toContain('your name and user name');
    expect(browser.text).not.toContain('email address');
    await browser.press('Allow');
    expect(await sees((await stranger.redeem(browser)).access_token)).toEqual({
      sub: ann,
      name: 'ann',
      preferred_username: 'ann',
    });

    await browser.visit(await stranger.ask({ scope: 'openid profile', prompt: 'none' }));
    expect((await stranger.redeem(browser)).claims()?.sub).toBe(ann);
    await browser.visit(await stranger.ask({ scope: 'openid email' }));
    expect(browser.text).toContain('your email address');
    expect(browser.text).not.toContain('user name');
  });

  test('not allowed, the application learns nothing and is told so', async () => {
    await sallyport.person('bob');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'bob');
    await browser.press('Don’t allow');
    expect(errorIn(browser)).toBe('access_denied');
    await browser.visit(await stranger.ask());
    expect(browser.title).toBe('Let Stranger know who you are?');
  });

  test('prompt=consent asks again what was allowed before; an application of ours asks nobody', async () => {
    await sallyport.person('cleo');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'cleo');
    await browser.press('Allow');
    await browser.visit(await stranger.ask({ prompt: 'consent' }));
    expect(browser.title).toBe('Let Stranger know who you are?');
    const tracker = new Application(sallyport, 'tracker');
    await browser.visit(await tracker.ask({ prompt: 'consent', scope: 'openid offline_access' }));
    expect((await tracker.redeem(browser)).refresh_token).toBeDefined();
  });

  test('what was taken back on the account page gives nothing any more, and is asked again', async () => {
    await sallyport.person('dora');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'dora');
    await browser.press('Allow');
    const { access_token } = await stranger.redeem(browser);

    await browser.visit('/account/applications');
    expect(browser.text).toContain('Stranger');
    await browser.press('Withdraw');
    expect(browser.text).toContain('not allowed any application anything');
    expect(await sees(access_token)).toMatchObject({ error: 'invalid_token' });
    await browser.visit(await stranger.ask({ prompt: 'none' }));
    expect(errorIn(browser)).toBe('consent_required');
  });

  test('allowing again does not bring back what rested on the old consent', async () => {
    await sallyport.person('fay');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'fay');
    await browser.press('Allow');
    const old = (await stranger.redeem(browser)).access_token;
    await browser.visit('/account/applications');
    await browser.press('Withdraw');
    await browser.visit(await stranger.ask());
    await browser.press('Allow');
    const { access_token } = await stranger.redeem(browser);
    expect(await sees(access_token)).toHaveProperty('sub');
    expect(await sees(old)).toMatchObject({ error: 'invalid_token' });
  });

  test('nobody takes back what somebody else allowed', async () => {
    await sallyport.person('gus');
    const theirs = await sallyport.browser().visit(await stranger.ask());
    await signIn(theirs, 'gus');
    await theirs.press('Allow');
    await theirs.visit('/account/applications');
    const to = theirs.page.querySelector('form[action$="/withdraw"]')?.getAttribute('action') ?? '';
    await sallyport.person('hal');
    const other = await signIn(sallyport.browser(), 'hal');
    await other.visit('/account');
    const token = other.page.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
    expect((await other.send('POST', to, new URLSearchParams({ _csrf: token }).toString())).statusCode).toBe(404);
    await theirs.visit('/account/applications');
    expect(theirs.text).toContain('Stranger');
  });

  test('a forged answer from another page counts for nothing', async () => {
    await sallyport.person('eve');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'eve');
    const forged = await browser.send('POST', browser.url, 'answer=allow');
    expect(forged.statusCode).toBe(403);
  });
});
