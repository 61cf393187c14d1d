import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

const long = 'x'.repeat(5000);

describe.each(kinds)('what cannot be read, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    await sallyport.person('ann');
  });
  afterAll(() => sallyport.close());

  test.each([
    ['GET', '/oauth/authorize', ''],
    ['GET', '/oauth/authorize?client_id=tracker&client_id=wiki', ''],
    ['GET', '/oauth/authorize?client_id[]=tracker&redirect_uri=%00', ''],
    ['GET', `/oauth/authorize?client_id=${long}`, ''],
    ['GET', '/oauth/authorize/nothing', ''],
    ['GET', '/interaction/nothing', ''],
    ['GET', '/interaction/nothing/leave', ''],
    ['GET', '/interaction/%00', ''],
    ['GET', `/interaction/${long}`, ''],
    ['GET', '/oauth/logout?id_token_hint=a.b.c&post_logout_redirect_uri=nonsense&client_id=tracker', ''],
    ['GET', '/oauth/logout?client_id=nobody&post_logout_redirect_uri=https://x.example', ''],
    ['GET', '/oauth/logout?client_id=a&client_id=b', ''],
    ['GET', '/oauth/userinfo', ''],
    ['POST', '/oauth/token', ''],
    ['POST', '/oauth/token', 'grant_type=authorization_code&grant_type=refresh_token'],
    ['POST', '/oauth/token', 'grant_type=authorization_code&code=%00&client_id=closed'],
    ['POST', '/oauth/token', long.repeat(30)],
    ['POST', '/oauth/revoke', 'token=x'],
    ['POST', '/oauth/introspect', 'token=x'],
    ['POST', '/oauth/par', 'client_id=closed&claims=%7B'],
  ] as const)('%s %s is refused, and nothing of ours breaks', async (method, url, body) => {
    const browser = sallyport.browser();
    const answer = await browser.send(method, url, method === 'POST' ? body : undefined);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).not.toMatch(/node_modules|\n\s+at /);
  });

  test.each([
    ['{', 'invalid_request'],
    ['[]', 'invalid_request'],
    ['{"id_token":{"acr":"mfa"}}', 'invalid_request'],
    ['{"id_token":{"acr":{"essential":true,"value":5}}}', 'unmet_authentication_requirements'],
    ['{"id_token":{"acr":{"essential":true,"values":[]}}}', 'unmet_authentication_requirements'],
    ['{"id_token":{"acr":{"essential":true,"values":"https://refeds.org/profile/mfa"}}}', null],
  ])('claims that say %s are never taken for a wish for less', async (claims, error) => {
    const tracker = new Application(sallyport, 'tracker');
    const browser = await signIn(sallyport.browser(), 'ann');
    await browser.visit(await tracker.ask({ claims }));
    if (error === null) expect(String(browser.response.headers['location'] ?? '')).not.toContain('code=');
    else expect(errorIn(browser)).toBe(error);
  });
});
