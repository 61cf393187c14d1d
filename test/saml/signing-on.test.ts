import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atOnce, rowsOf } from '../attacks/tools.ts';
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

  const asks = async (more: object = {}, id = 'wiki') => requestOf(await providerFor(sallyport, id, more));
  const signedIn = (name = 'ann') => signIn(sallyport.browser(), name);
  async function signedInWithCode() {
    const browser = await typeCode(await signedIn('app'), codeFor(sallyport, kept.secret));
    sallyport.pass(30_000);
    return browser;
  }
  const exactly = (...authnContext: string[]) => ({ disableRequestedAuthnContext: false, authnContext });
  const atLeast = (...authnContext: string[]) => ({ ...exactly(...authnContext), racComparison: 'minimum' as const });
  const provenIn = (xml: string) => said(xml, 'saml:AuthnContextClassRef');

  test('whoever is signed in already is not asked again, and is told when they proved it', async () => {
    const browser = await signedIn();
    const at = sallyport.clock.now();
    sallyport.pass(120_000);
    await browser.visit(await asks());
    const { xml } = carriedBy(browser);
    expect(provenIn(xml)).toBe(sfa);
    expect(Date.parse(said(xml, 'AuthnInstant') ?? '')).toBe(at);
    expect(Date.parse(said(xml, 'SessionNotOnOrAfter') ?? '')).toBeGreaterThan(at);
    expect(said(xml, 'Audience') ?? said(xml, 'saml:Audience')).toBe(wiki.entityId);
  });

  test('what is asked for is proven first, and answered by the name it was asked by', async () => {
    const browser = await sallyport.browser().visit(await asks(exactly(sfa)));
    await typeName(browser, 'app');
    await typePassword(browser);
    expect(provenIn(carriedBy(browser).xml)).toBe(sfa);
    await browser.visit(await asks(exactly(mfa)));
    await typeCode(browser, codeFor(sallyport, kept.secret));
    sallyport.pass(30_000);
    expect(provenIn(carriedBy(browser).xml)).toBe(mfa);
    for (const [wish, answer] of [
      [exactly(sfa, mfa), mfa],
      [exactly(sfa), sfa],
      [atLeast(sfa), sfa],
      [
        exactly('urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'),
        'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      ],
      [exactly('urn:example:unheard-of', mfa), mfa],
    ] as const) {
      await browser.visit(await asks(wish));
      expect([wish, provenIn(carriedBy(browser).xml)]).toEqual([wish, answer]);
    }
  });

  test('nobody is answered with less than what was asked, and nothing that nobody knows', async () => {
    const ann = await signedIn();
    for (const wish of [
      exactly('urn:example:unheard-of'),
      { ...exactly(sfa), racComparison: 'better' as const },
      { ...exactly(mfa), racComparison: 'maximum' as const },
    ]) {
      await ann.visit(await asks(wish));
      expect([wish, refusalIn(ann), carriedBy(ann).xml.includes('Assertion>')]).toEqual([
        wish,
        'NoAuthnContext',
        false,
      ]);
    }
    // She has no second factor, and may set one up or leave.
    await ann.visit(await asks(exactly(mfa)));
    expect(ann.page.querySelector('form[data-carry]')).toBeNull();
    const at = (await rowsOf(sallyport, 'saml_request')).find(({ answered }) => answered === 0)?.['id'];
    await ann.visit(`/saml/sso/${at}/leave`);
    expect(refusalIn(ann)).toBe('NoAuthnContext');
  });

  test('what the policy asks is asked, whatever the application wants', async () => {
    const browser = await sallyport.browser().visit(await asks(exactly(sfa), 'vault'));
    await typeName(browser, 'app');
    await typePassword(browser);
    expect(browser.page.querySelector('form[data-carry]')).toBeNull();
    await typeCode(browser, codeFor(sallyport, kept.secret));
    sallyport.pass(30_000);
    expect(provenIn(carriedBy(browser).xml)).toBe(sfa);
    const ann = await signedIn();
    await ann.visit(await asks({}, 'closed'));
    expect(refusalIn(ann)).toBe('RequestDenied');
  });

  test('ForceAuthn asks again, also whoever has just come, and nothing older counts', async () => {
    const browser = await signedIn();
    sallyport.pass(60_000);
    const since = sallyport.clock.now();
    await browser.visit(await asks({ forceAuthn: true }));
    expect(browser.page.querySelector('form[data-carry]')).toBeNull();
    await typePassword(browser);
    expect(Date.parse(said(carriedBy(browser).xml, 'AuthnInstant') ?? '')).toBeGreaterThanOrEqual(since);
  });

  test('IsPassive shows no page: in, or not', async () => {
    const nobody = await sallyport.browser().visit(await asks({ passive: true }));
    expect(refusalIn(nobody)).toBe('NoPassive');
    const ann = await signedIn();
    await ann.visit(await asks({ passive: true }));
    expect(provenIn(carriedBy(ann).xml)).toBe(sfa);
    sallyport.pass(1000);
    await ann.visit(await asks({ passive: true, forceAuthn: true }));
    expect(refusalIn(ann)).toBe('NoPassive');
    await ann.visit(await asks({ passive: true }, 'vault'));
    expect(refusalIn(ann)).toBe('NoPassive');
    await ann.visit(await asks({ passive: true }, 'stranger'));
    expect(refusalIn(ann)).toBe('NoPassive');
  });

  test('a name is another at each application, the same each time, and an address only where it may be known', async () => {
    const nameAt = async (id: string, identifierFormat: string | null = null) => {
      const browser = await signedInWithCode();
      await browser.visit(await asks({ identifierFormat }, id));
      const { xml } = carriedBy(browser);
      return said(xml, 'saml:NameID') ?? refusalIn(browser);
    };
    const name = await nameAt('wiki');
    expect(await nameAt('wiki', persistent)).toBe(name);
    expect(await nameAt('wiki', 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified')).toBe(name);
    expect(await nameAt('vault')).not.toBe(name);
    const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
    expect(await nameAt('wiki', transient)).not.toBe(await nameAt('wiki', transient));
    expect(await nameAt('wiki', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')).toBe('app@example.org');
    // Not where addresses may not be known.
    expect(await nameAt('vault', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')).toBe('InvalidNameIDPolicy');
    expect(await nameAt('wiki', 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos')).toBe('InvalidNameIDPolicy');
  });

  test('an application that is not ours asks first what it may know', async () => {
    const browser = await signedIn();
    await browser.visit(await asks({}, 'stranger'));
    expect(browser.text).toContain('your email address');
    await browser.press('Don’t allow');
    expect(refusalIn(browser)).toBe('RequestDenied');
    await browser.visit(await asks({}, 'stranger'));
    await browser.press('Allow');
    expect(provenIn(carriedBy(browser).xml)).toBe(sfa);
    await browser.visit(await asks({}, 'stranger'));
    expect(provenIn(carriedBy(browser).xml)).toBe(sfa);
  });

  test('people set out from us only where the application takes them, and it is nobody’s answer', async () => {
    const browser = await signedIn();
    await browser.visit('/saml/start/wiki');
    expect(carriedBy(browser).xml).not.toContain('InResponseTo');
    await browser.visit('/saml/start/vault');
    expect(browser.response.statusCode).toBe(404);
  });

  test('a request by POST is kept and goes on, without a cookie that came along', async () => {
    const provider = await providerFor(sallyport, 'signing', {
      privateKey: key.privateKey,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      authnRequestBinding: 'HTTP-POST',
      skipRequestCompression: true,
    });
    const form = await provider.getAuthorizeFormAsync('from-a-form');
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
    const browser = await signedIn();
    const body = new URLSearchParams({ SAMLRequest: value('SAMLRequest'), RelayState: 'from-a-form' });
    const answer = await browser.send('POST', '/saml/sso', body.toString(), {
      'sec-fetch-site': 'cross-site',
      origin: 'https://signing.example',
    });
    expect(answer.statusCode).toBe(303);
    await browser.visit(String(answer.headers.location));
    const { profile } = await provider.validatePostResponseAsync(carriedBy(browser).fields);
    expect(profile?.nameIDFormat).toBe(persistent);
  });

  test('in another browser than the one that brought it a request is not there', async () => {
    const browser = await sallyport.browser().visit(await asks());
    const at = (await rowsOf(sallyport, 'saml_request')).at(-1)?.['id'];
    const other = await signedIn();
    await other.visit(`/saml/sso/${at}`);
    expect(other.response.statusCode).toBe(410);
    await typeName(browser, 'ann');
    await typePassword(browser);
    expect(provenIn(carriedBy(browser).xml)).toBe(sfa);
  });

  test('of many who come for one answer at once, one gets it', async () => {
    const browser = await signedIn();
    const answer = await browser.send('GET', await asks());
    const to = String(answer.headers.location);
    await browser.send('GET', `${to}/leave`);
    browser.cookies.set('__Host-saml', 'A'.repeat(43));
    const all = await atOnce(6, () => browser.send('GET', to));
    expect(all.filter(({ body }) => body.includes('data-carry'))).toHaveLength(1);
  });

  test('whoever was signed out, or disabled, is answered no more', async () => {
    const browser = await signedIn();
    const to = String((await browser.send('GET', await asks({ passive: true }))).headers.location);
    const { database } = sallyport.house.gate;
    await database.transaction((tx) => tx.withTables<{ session: { id: string } }>().deleteFrom('session').execute());
    await browser.visit(to);
    expect(refusalIn(browser)).toBe('NoPassive');
  });
});
