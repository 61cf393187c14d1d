import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { broughtBack, errorIn, type OidcSallyport, openOidcSallyport } from './support.ts';

const secret = 'a secret of thirty-two characters or more';
const hash = createHash('sha256').update(secret).digest('base64url');

/** The configuration as a page of the guide shows it, block by block. */
const shownOn = (page: string): Record<string, readonly object[]> => {
  const text = readFileSync(`docs/guide/applications/${page}.md`, 'utf8').replaceAll('HASH', hash);
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block]) => parse(block ?? '') as object);
  return Object.assign({}, ...blocks) as Record<string, readonly object[]>;
};

let sallyport: OidcSallyport;
beforeAll(async () => {
  const [jira, confluence] = [shownOn('jira'), shownOn('confluence')];
  const both = (section: string) => [...(jira[section] ?? []), ...(confluence[section] ?? [])];
  sallyport = await openOidcSallyport('sqlite', {
    applications: both('applications'),
    policies: jira['policies'] ?? [],
    sections: { sites: both('sites'), trustedProxies: jira['trustedProxies'] },
  });
  await sallyport.person('ann');
});
afterAll(() => sallyport.close());

const asks = async (more: Record<string, string>) => {
  const how = client.ClientSecretBasic(secret);
  const config = await client.discovery(new URL(sallyport.issuer), 'jira', undefined, how, {
    execute: [client.allowInsecureRequests],
  });
  const redirect_uri = 'https://jira.example.org/plugins/servlet/oidc/callback';
  const scope = 'openid profile email';
  const { pathname, search } = client.buildAuthorizationUrl(config, { redirect_uri, scope, state: 's', ...more });
  return { config, path: pathname + search };
};

test('what the guide shows of Jira lets Jira know who somebody is, once they have proven what its policy asks', async () => {
  const { secret: seed } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ann'));
  sallyport.pass(30_000);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier);
  const { config, path } = await asks({ code_challenge, code_challenge_method: 'S256' });
  const browser = await sallyport.browser().visit(path);
  await signIn(browser, 'ann');
  await typeCode(browser, codeFor(sallyport, seed));
  const tokens = await client.authorizationCodeGrant(config, new URL(broughtBack(browser)), {
    pkceCodeVerifier,
    expectedState: 's',
    idTokenExpected: true,
  });
  expect(tokens.claims()).toMatchObject({ acr: 'https://refeds.org/profile/mfa' });
  const known = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
  expect(known).toMatchObject({ preferred_username: 'ann', email: 'ann@example.org' });
});

test('a request of Jira’s without PKCE is refused, as the guide says', async () => {
  const { path } = await asks({});
  expect(errorIn(await sallyport.browser().visit(path))).toBe('invalid_request');
});
