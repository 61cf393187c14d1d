import type { Profile } from '@node-saml/node-saml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { isIn } from '../attacks/tools.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import {
  carriedBy,
  fileOf,
  newSpKey,
  openSamlSallyport,
  providerFor,
  refusalIn,
  requestOf,
  type SpKey,
} from './support.ts';

const binding = (name: string) => `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${name}`;

const metadataOf = (id: string, { certificate }: SpKey, logoutBy: string) => `<md:EntityDescriptor
 xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://${id}.example/saml">
<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleLogoutService Binding="${binding(logoutBy)}" Location="https://${id}.example/logout"/>
<md:AssertionConsumerService index="0" Binding="${binding('POST')}" Location="https://${id}.example/acs"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>`;

describe.each(kinds)('an application signs somebody out, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let key: SpKey;
  beforeAll(async () => {
    key = await newSpKey();
    const one = (id: string, by: string) => ({
      id,
      name: id,
      firstParty: true,
      saml: { metadataFile: fileOf('metadata.xml', metadataOf(id, key, by)) },
    });
    const applications = [one('shelf', 'Redirect'), one('desk', 'POST')];
    sallyport = await openSamlSallyport(kind, key, { applications, policies: [{ name: 'all', require: 'sfa' }] });
    await sallyport.person('ann');
    await sallyport.person('bob');
  });
  afterAll(() => sallyport.close());

  const keyed = () => ({
    privateKey: key.privateKey,
    signatureAlgorithm: 'sha256' as const,
    digestAlgorithm: 'sha256',
    logoutUrl: `${sallyport.issuer}/saml/slo`,
  });
  async function inside(id: string, name = 'ann') {
    const provider = await providerFor(sallyport, id, keyed());
    const browser = await signIn(sallyport.browser(), name);
    await browser.visit(await requestOf(provider));
    const { profile } = await provider.validatePostResponseAsync(carriedBy(browser).fields);
    const out = async (who: Profile | null = profile, relay = 'bye') => {
      const { pathname, search } = new URL(await provider.getLogoutUrlAsync(who as Profile, relay, {}));
      return pathname + search;
    };
    return { provider, browser, profile: profile as Profile, out };
  }
  const answerIn = (browser: Browser) => new URL(String(browser.response.headers.location));

  test('by its own signed word, and hears that it is so', async () => {
    const { provider, browser, out } = await inside('shelf');
    expect(await isIn(browser)).toBe(true);
    await browser.visit(await out());
    const to = answerIn(browser);
    expect(to.origin + to.pathname).toBe('https://shelf.example/logout');
    expect(to.searchParams.get('RelayState')).toBe('bye');
    const container = Object.fromEntries(to.searchParams);
    expect((await provider.validateRedirectAsync(container, to.search.slice(1))).loggedOut).toBe(true);
    expect(await isIn(browser)).toBe(false);
  });

  test('by POST, where the application takes the answer so', async () => {
    const { browser, out } = await inside('desk');
    await browser.visit(await out());
    const { to, xml } = carriedBy(browser);
    expect([to, xml.includes('LogoutResponse'), refusalIn(browser)]).toEqual([
      'https://desk.example/logout',
      true,
      'Success',
    ]);
    expect(await isIn(browser)).toBe(false);
  });

  test('nobody by a word that is not signed, or for somebody else', async () => {
    const { browser, out, profile } = await inside('shelf');
    const unsigned = (await out()).replace(/&SigAlg=.*/, '');
    await browser.visit(unsigned);
    expect([browser.response.statusCode, browser.text.includes('saml:unsigned')]).toEqual([400, true]);
    expect(await isIn(browser)).toBe(true);
    const spoiled = (await out()).replace('RelayState=bye', 'RelayState=why');
    await browser.visit(spoiled);
    expect([browser.response.statusCode, browser.text.includes('saml:signature')]).toEqual([400, true]);

    const bob = await inside('shelf', 'bob');
    await browser.visit(await bob.out());
    expect(await isIn(browser)).toBe(true);
    expect(await isIn(bob.browser)).toBe(true);
    // Without an index it is by the name.
    const { sessionIndex: _, ...nameless } = profile;
    await bob.browser.visit(await out(nameless as Profile));
    expect(await isIn(bob.browser)).toBe(true);
    await browser.visit(await out(nameless as Profile));
    expect(await isIn(browser)).toBe(false);
  });

  test('what is carried to the next page is ours, and for five minutes', async () => {
    const { browser, out } = await inside('shelf');
    const to = String((await browser.send('GET', await out())).headers.location);
    await browser.visit(to.replace(/end=.{30}/, 'end=abc'));
    expect(browser.response.statusCode).toBe(410);
    sallyport.pass(minutes(5));
    await browser.visit(to);
    expect([browser.response.statusCode, await isIn(browser)]).toEqual([410, true]);
  });
});
