import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import { signIn, typePassword } from '../support/verbs.ts';
import { Application, broughtBack, codeIn, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('an application asks who somebody is, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('a person signs in on the way, and the application learns who they are and how they proved it', async () => {
    const ann = await sallyport.person('ann');
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask());
    expect(browser.text).toContain('Tracker');
    await signIn(browser, 'ann');
    expect(new URL(broughtBack(browser)).searchParams.get('iss')).toBe(sallyport.issuer);
    const claims = (await tracker.redeem(browser)).claims();
    expect(claims).toMatchObject({
      sub: ann,
      acr: 'https://refeds.org/profile/sfa',
      amr: ['pwd'],
      auth_time: Math.floor(sallyport.clock.now() / 1000),
    });
  });
});
