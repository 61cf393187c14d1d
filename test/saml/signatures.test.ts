import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { type Crafting, crafting, type Wish } from './crafted.ts';
import { newSpKey, openSamlSallyport, type SpKey } from './support.ts';

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';

/** Signatures that are none, or not over what is read (T32; the eight ways to wrap of Somorovsky and others, 2012, as far as a request has them). */
describe.each(kinds)('a request that is signed, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let made: Crafting;
  let key: SpKey;
  let other: SpKey;
  beforeAll(async () => {
    key = await newSpKey();
    other = await newSpKey();
    sallyport = await openSamlSallyport(kind, key);
    made = crafting(sallyport);
  });
  afterAll(() => sallyport.close());
  const signed = (
    xml: string,
    {
      by = key,
      algorithm = rsaSha256,
      digest = 'http://www.w3.org/2001/04/xmlenc#sha256',
      xpath = '/*',
      transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
      canonical = 'http://www.w3.org/2001/10/xml-exc-c14n#',
    } = {},
  ) => {
    const signer = new SignedXml({
      privateKey: by.privateKey,
      publicCert: by.certificate,
      signatureAlgorithm: algorithm,
      canonicalizationAlgorithm: canonical,
    });
    signer.addReference({ xpath, transforms, digestAlgorithm: digest });
    signer.computeSignature(xml, {
      prefix: 'ds',
      location: { reference: `/*/*[local-name(.)='Issuer']`, action: 'after' },
    });
    return signer.getSignedXml();
  };
  const fresh = (wish: Wish = {}) => made.request({ issuer: 'signing', ...wish });
  const signature = (xml: string) => /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? '';

  test('what it signed is taken', async () => {
    expect((await made.byPost(signed(fresh()))).statusCode).toBe(303);
    expect(
      (await made.byPost(signed(fresh(), { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' })))
        .statusCode,
    ).toBe(303);
  });

  test.each([
    ['by another key', () => signed(fresh(), { by: other })],
    ['by SHA-1', () => signed(fresh(), { algorithm: rsaSha1 })],
    ['over a SHA-1', () => signed(fresh(), { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' })],
    [
      'changed afterwards',
      () =>
        signed(fresh()).replace(
          '<saml:Issuer>',
          '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">',
        ),
    ],
    [
      'given something more',
      () =>
        signed(fresh()).replace(
          '</samlp:AuthnRequest>',
          '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"/></samlp:AuthnRequest>',
        ),
    ],
    [
      'over a part of it alone',
      () =>
        signed(fresh({ inside: '<samlp:Extensions><x ID="_part">y</x></samlp:Extensions>' }), {
          xpath: '//*[@ID="_part"]',
        }),
    ],
    ['with a comment in what is signed', () => signed(fresh()).replace('signing.example', 'signing<!-- -->.example')],
    [
      'with the digest in a comment',
      () => signed(fresh()).replace(/<ds:DigestValue>([^<]*)</, '<ds:DigestValue><!--x-->$1<'),
    ],
    [
      'with comments counted',
      () => signed(fresh(), { canonical: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' }),
    ],
    [
      'in another canonical form',
      () =>
        signed(fresh(), {
          transforms: [
            'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
            'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
          ],
        }),
    ],
    [
      'with no transform that leaves the signature out',
      () => signed(fresh(), { transforms: ['http://www.w3.org/2001/10/xml-exc-c14n#'] }),
    ],
    [
      'twice',
      () => {
        const xml = signed(fresh());
        return xml.replace(signature(xml), signature(xml).repeat(2));
      },
    ],
    [
      'not at all but for an empty signature',
      () =>
        fresh().replace(
          '</saml:Issuer>',
          '</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
        ),
    ],
    [
      'XSW1: the original inside its own signature',
      () => {
        const xml = signed(fresh());
        const evil = fresh();
        const inner = xml.replace(signature(xml), '');
        return evil.replace(
          '</saml:Issuer>',
          `</saml:Issuer>${signature(xml).replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object></ds:Signature>`)}`,
        );
      },
    ],
    [
      'XSW2: the original beside',
      () => {
        const xml = signed(fresh());
        const inner = xml.replace(signature(xml), '');
        return fresh().replace(
          '</saml:Issuer>',
          `</saml:Issuer>${signature(xml)}<samlp:Extensions>${inner}</samlp:Extensions>`,
        );
      },
    ],
    [
      'XSW3: the whole original within',
      () => {
        const xml = signed(fresh());
        return fresh().replace('</saml:Issuer>', `</saml:Issuer><samlp:Extensions>${xml}</samlp:Extensions>`);
      },
    ],
    [
      'XSW4: around the original',
      () => {
        const xml = signed(fresh());
        return fresh().replace('</samlp:AuthnRequest>', `${xml}</samlp:AuthnRequest>`);
      },
    ],
    [
      'XSW5: with the id of the original',
      () => {
        const id = made.newId();
        const xml = signed(fresh({ id }));
        const inner = xml.replace(signature(xml), '');
        return fresh({ id }).replace(
          '</saml:Issuer>',
          `</saml:Issuer>${signature(xml)}<samlp:Extensions>${inner}</samlp:Extensions>`,
        );
      },
    ],
  ])('%s: refused', async (_, make) => {
    const answer = await made.byPost(make());
    expect(answer.statusCode).toBe(400);
    const because = /saml:([\w-]+)/.exec(answer.body.replaceAll(/<\/?code>/g, ''))?.[1];
    expect(['signature', 'unreadable', 'malformed', 'unsigned']).toContain(because);
  });

  const beside = (xml: string, { by = key, algorithm = rsaSha256, hash = 'sha256', relay = '' } = {}) => {
    const text = `SAMLRequest=${made.packed(xml)}${relay === '' ? '' : `&RelayState=${encodeURIComponent(relay)}`}&SigAlg=${encodeURIComponent(algorithm)}`;
    return `${text}&Signature=${encodeURIComponent(sign(hash, Buffer.from(text), by.privateKey).toString('base64'))}`;
  };

  test('a signature beside it is over the query as it came, and over all of it', async () => {
    expect((await made.get(beside(fresh(), { relay: 'here' }))).statusCode).toBe(303);
    // Some write their escapes in small letters: what counts is what was signed.
    const small =
      beside(fresh())
        .split('&Signature=')[0]
        ?.replaceAll(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()) ?? '';
    const value = sign('sha256', Buffer.from(small), key.privateKey).toString('base64');
    expect((await made.get(`${small}&Signature=${encodeURIComponent(value)}`)).statusCode).toBe(303);
    await made.refusedAs(await made.get(beside(fresh(), { by: other })), 'signature');
    await made.refusedAs(await made.get(beside(fresh(), { algorithm: rsaSha1, hash: 'sha1' })), 'signature');
    await made.refusedAs(await made.get(beside(fresh(), { relay: 'here' }).replace('=here', '=there')), 'signature');
    await made.refusedAs(await made.get(`${beside(fresh())}&RelayState=there`), 'signature');
    await made.refusedAs(await made.get(beside(fresh({ destination: null }))), 'destination');
    await made.refusedAs(await made.get(beside(fresh()).replace(/&Signature=.*/, '')), 'unreadable');
    await made.refusedAs(await made.get(beside(fresh()).replace('SAMLRequest', 'SAML%52equest')), 'unreadable');
    await made.refusedAs(await made.byRedirect(signed(fresh())), 'signature');
  });

  test('T32: a signature of one we have no key of is not taken for none', async () => {
    const signer = new SignedXml({
      privateKey: other.privateKey,
      signatureAlgorithm: rsaSha256,
      canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    });
    signer.addReference({
      xpath: '/*',
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature'],
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    });
    signer.computeSignature(made.request(), { prefix: 'ds' });
    await made.refusedAs(await made.byPost(signer.getSignedXml()), 'signature');
  });
});
