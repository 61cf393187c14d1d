import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { codeFor, type Kept, setUpAuthenticator, signIn, typeCode, typeName, typePassword } from '../support/verbs.ts';
import {
  carriedBy,
  newSpKey,
  openSamlSallyport,
  providerFor,
  refusalIn,
  requestOf,
  type SpKey,
  said,
  wiki,
} from './support.ts';

const mfa = 'https://refeds.org/profile/mfa';
const sfa = 'https://refeds.org/profile/sfa';
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

describe.each(kinds)('a service provider asks who somebody is, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let key: SpKey;
  let kept: Kept;
  beforeAll(async () => {
    key = await newSpKey();
    sallyport = await openSamlSallyport(kind, key);
    await sallyport.person('ann', { groups: ['editors', 'R&D <b>'] });
    await sallyport.person('app');
    kept = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'app'));
    sallyport.pass(30_000);
  });
  afterAll(() => sallyport.close());

  test('whoever signs in is known there, and by no more than what is released', async () => {
    const provider = await providerFor(sallyport);
    const browser = await sallyport.browser().visit(await requestOf(provider, 'page-7'));
    await typeName(browser, 'ann');
    await typePassword(browser);
    const { to, fields } = carriedBy(browser);
    expect(to).toBe(wiki.consumer);
    expect(fields['RelayState']).toBe('page-7');
    expect(browser.response.headers['content-security-policy']).toContain("form-action 'self' https://wiki.example");
    const { profile } = await provider.validatePostResponseAsync(fields);
    expect(profile).toMatchObject({
      nameIDFormat: persistent,
      'urn:oid:0.9.2342.19200300.100.1.1': 'ann',
      'urn:oid:0.9.2342.19200300.100.1.3': 'ann@example.org',
      'urn:oid:1.3.6.1.4.1.5923.1.5.1.1': ['editors', 'R&D <b>'],
    });
    expect(profile?.nameID).toMatch(/^[\w-]{43}$/);
    // And not a second time.
    await browser.visit(browser.url);
    expect(browser.response.statusCode).toBe(410);
  });
});
