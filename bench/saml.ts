import { deflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { openSamlKeys } from '../src/protocols/saml/keys.ts';
import type { Signer } from '../src/protocols/saml/signing.ts';
import { Browser } from '../test/support/browser.ts';
import type { Sallyport } from '../test/support/open.ts';
import { signIn } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

const abreast = 4;
const span = 2500;
const entityId = 'https://wiki.example/saml';
const application = {
  id: 'wiki',
  name: 'Wiki',
  firstParty: true,
  saml: { entityId, assertionConsumerUrls: ['https://wiki.example/acs'] },
};

/**
 * A request and its answer, for somebody who is signed in: read, kept durably, asked of the flow, answered by two signatures. The floor
 * is the two signatures alone, over the same text with the same key.
 */
export async function answersBySaml(): Promise<Pair> {
  const house = await benchHouse({ applications: [application] });
  await house.person('person');
  const browser = await signIn(new Browser(house.app), 'person');
  const first = await answerFor(house, browser);
  const floor = signingTwice(first, (await openSamlKeys(house.house.gate)).signer);
  const result = await paired(
    () => pace(() => answerFor(house, browser), abreast, span),
    () => pace(floor, abreast, span),
  );
  await house.close();
  return result;
}

let count = 0;

/** @returns the answer, as XML */
async function answerFor({ clock }: Sallyport, browser: Browser): Promise<string> {
  const xml =
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ' +
    `ID="_${++count}" Version="2.0" IssueInstant="${new Date(clock.now()).toISOString()}"><saml:Issuer>${entityId}</saml:Issuer></samlp:AuthnRequest>`;
  const packed = encodeURIComponent(deflateRawSync(xml).toString('base64'));
  const kept = await browser.send('GET', `/saml/sso?SAMLRequest=${packed}`);
  const { body } = await browser.send('GET', String(kept.headers.location));
  const answer = /name="SAMLResponse" value="([^"]+)"/.exec(body)?.[1];
  if (answer === undefined) throw new Error(`no answer:\n${body}`);
  return Buffer.from(answer, 'base64').toString();
}

/** As `xml-crypto` signs, with nothing around it. */
function signingTwice(answer: string, { privateKey, certificate }: Signer): () => Promise<void> {
  const bare = answer.replaceAll(/<ds:Signature .*?<\/ds:Signature>/gs, '');
  const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(bare)?.[0] ?? '';
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const sign = (xml: string): string => {
    const signer = new SignedXml({
      privateKey,
      publicCert: certificate,
      signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      canonicalizationAlgorithm: exclusive,
    });
    const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive];
    signer.addReference({ xpath: '/*', transforms, digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256' });
    signer.computeSignature(xml, {
      prefix: 'ds',
      location: { reference: `/*/*[local-name(.)='Issuer']`, action: 'after' },
    });
    return signer.getSignedXml();
  };
  return async () => {
    sign(bare.replace(assertion, sign(assertion)));
  };
}
