import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, minutes } from '../../src/kernel/clock.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { type Crafting, crafting } from './crafted.ts';
import { newSpKey, openSamlSallyport } from './support.ts';

/** Requests that are not, told from those that are: each is refused by a page that says why, and nothing comes of it (T32). */
describe.each(kinds)('a request that is none, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let made: Crafting;
  beforeAll(async () => {
    sallyport = await openSamlSallyport(kind, await newSpKey());
    made = crafting(sallyport);
  });
  afterAll(() => sallyport.close());

  test('what is right is taken', async () => {
    expect((await made.byRedirect(made.request())).statusCode).toBe(303);
    expect((await made.byPost(made.request())).statusCode).toBe(303);
    expect((await made.byPost(made.request({ destination: null }))).statusCode).toBe(303);
    expect((await made.byPost(made.request({ at: minutes(4) }))).statusCode).toBe(303);
  });

  test.each([
    ['a document type', (xml: string) => `<!DOCTYPE samlp:AuthnRequest>${xml}`],
    [
      'an entity of the document’s own',
      (xml: string) =>
        `<!DOCTYPE x [<!ENTITY a "https://wiki.example/saml">]>${xml.replace('https://wiki.example/saml', '&a;')}`,
    ],
    [
      'entities that grow',
      (xml: string) => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${xml}`,
    ],
    [
      'an entity of a file',
      (xml: string) =>
        `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xml.replace('https://wiki.example/saml', '&a;')}`,
    ],
    ['an entity of nobody', (xml: string) => xml.replace('wiki', '&wiki;')],
    ['a comment in the issuer', (xml: string) => xml.replace('wiki.example', 'wiki<!-- -->.example')],
    ['a comment anywhere', (xml: string) => xml.replace('<saml:Issuer', '<!-- --><saml:Issuer')],
    ['a processing instruction', (xml: string) => xml.replace('<saml:Issuer', '<?x y?><saml:Issuer')],
    ['CDATA', (xml: string) => xml.replace('https://wiki.example/saml', '<![CDATA[https://wiki.example/saml]]>')],
    ['two roots', (xml: string) => xml + xml],
    ['an end that is missing', (xml: string) => xml.slice(0, -5)],
    ['an id twice', (xml: string) => xml.replace('<saml:Issuer', `<saml:Issuer ID="${/ID="([^"]*)"/.exec(xml)?.[1]}"`)],
    ['more depth than any', (xml: string) => xml.replace('</samlp', `${'<x>'.repeat(40)}${'</x>'.repeat(40)}</samlp`)],
    ['more than 64 KiB', (xml: string) => xml.replace('</samlp', `${' '.repeat(70_000)}</samlp`)],
    ['nothing', () => ''],
    ['no XML', () => 'hello'],
  ])('%s: it is not read', async (_, spoil) => {
    await made.refusedAs(await made.byRedirect(spoil(made.request())), 'unreadable');
    const large = spoil(made.request()).length > 40_000;
    if (!large) await made.refusedAs(await made.byPost(spoil(made.request())), 'unreadable');
  });

  test('what a few bytes would grow to is never unpacked', async () => {
    const bomb = Buffer.alloc(20_000_000, 'a');
    const before = process.memoryUsage().arrayBuffers;
    await made.refusedAs(await made.byRedirect(bomb), 'unreadable');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000 + bomb.length);
    for (const query of [
      'SAMLRequest=%%%',
      'SAMLRequest=a&SAMLRequest=b',
      '',
      'SAMLRequest=',
      'SAMLRequest=%FF',
      `SAMLRequest=${encodeURIComponent(gzipSync('x').toString('base64'))}`,
      `SAMLRequest=${made.packed(made.request())}&RelayState=${'x'.repeat(3000)}`,
      `SAMLRequest=${made.packed(made.request())}&RelayState=a&RelayState=b`,
    ])
      await made.refusedAs(await made.get(query), 'unreadable');
    for (const message of ['', '!', 'AAAA', '//4=']) await made.refusedAs(await made.byForm(message), 'unreadable');
  });

  test.each([
    ['malformed', 'another version', { version: '1.1' }],
    ['malformed', 'an id that is none', { id: '1 or more' }],
    ['malformed', 'two issuers', { inside: '<saml:Issuer>https://vault.example/saml</saml:Issuer>' }],
    [
      'malformed',
      'an address and an index',
      { attributes: ' AssertionConsumerServiceURL="https://wiki.example/acs" AssertionConsumerServiceIndex="0"' },
    ],
    ['malformed', 'a flag that is none', { attributes: ' ForceAuthn="maybe"' }],
    [
      'malformed',
      'a subject of two names',
      { inside: `<saml:Subject><saml:NameID>a</saml:NameID><saml:NameID>b</saml:NameID></saml:Subject>` },
    ],
    ['unknown-issuer', 'somebody we do not know', { issuer: 'nobody' }],
    ['unknown-issuer', 'one with spaces inside', { issuer: 'wi ki' }],
    ['destination', 'for somebody else', { destination: 'https://elsewhere.example/saml/sso' }],
    ['destination', 'for our address and more', { destination: 'http://localhost/saml/sso' }],
    ['too-old', 'from yesterday', { at: -hours(24) }],
    ['too-old', 'six minutes old', { at: -minutes(6) }],
    ['too-old', 'of tomorrow', { at: hours(24) }],
    [
      'unknown-consumer',
      'to another host',
      { attributes: ' AssertionConsumerServiceURL="https://elsewhere.example/acs"' },
    ],
    [
      'unknown-consumer',
      'to one that begins so',
      { attributes: ' AssertionConsumerServiceURL="https://wiki.example/acs/more"' },
    ],
    [
      'unknown-consumer',
      'to the one of another application',
      { attributes: ' AssertionConsumerServiceURL="https://vault.example/acs"' },
    ],
    ['unknown-consumer', 'to an index that is not there', { attributes: ' AssertionConsumerServiceIndex="7"' }],
    [
      'binding',
      'by an artifact',
      { attributes: ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"' },
    ],
    ['unsigned', 'of one that signs', { issuer: 'signing' }],
  ] as const)('%s: %s', async (because, _, wish) => {
    await made.refusedAs(await made.byRedirect(made.request(wish)), because);
    await made.refusedAs(await made.byPost(made.request(wish)), because);
  });

  test('what calls itself otherwise, or is in no namespace of SAML, is no request', async () => {
    await made.refusedAs(await made.byPost(made.request().replaceAll('AuthnRequest', 'LogoutRequest')), 'malformed');
    await made.refusedAs(await made.byPost(made.request().replaceAll('SAML:2.0:protocol', 'urn:example')), 'malformed');
    await made.refusedAs(
      await made.byPost(made.request().replaceAll('SAML:2.0:assertion', 'urn:example')),
      'unknown-issuer',
    );
    await made.refusedAs(await made.byPost(made.request({ at: 0 }).replace(/IssueInstant="[^"]*"/, '')), 'too-old');
    await made.refusedAs(
      await made.byPost(made.request({ at: 0 }).replace(/IssueInstant="[^"]*"/, 'IssueInstant="now"')),
      'too-old',
    );
  });

  test('the same request is taken once, whichever way it comes', async () => {
    const xml = made.request();
    expect((await made.byRedirect(xml)).statusCode).toBe(303);
    await made.refusedAs(await made.byRedirect(xml), 'replayed');
    await made.refusedAs(await made.byPost(xml), 'replayed');
  });
});
