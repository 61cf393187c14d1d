import { expect, test } from 'vitest';
import { openOidcSallyport } from '../oidc/support.ts';
import { fileOf, idpCertificate, newSpKey } from '../saml/support.ts';
import { startApache } from '../support/apache.ts';
import { openChromium } from '../support/chromium.ts';
import { freePort } from '../support/ports.ts';
import { typeCode, typeName, typePassword } from '../support/scenario-verbs.ts';
import { startShibboleth } from '../support/shibboleth.ts';
import { codeFor, setUpAuthenticator, signIn } from '../support/verbs.ts';

const mfa = 'https://refeds.org/profile/mfa';

const metadataOf = (origin: string, certificate: string) => `<md:EntityDescriptor
 xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${origin}/shibboleth">
<md:SPSSODescriptor AuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
${certificate.replaceAll(/-----[A-Z ]+-----/g, '').trim()}
</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:AssertionConsumerService index="1" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${origin}/Shibboleth.sso/SAML2/POST"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`;

/** A service provider that is not ours, in C++: Debian's `libapache2-mod-shib`. */
test('U-6 Shibboleth asks for REFEDS MFA, and gets it encrypted from whoever has two proofs', async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const key = await newSpKey();
  const metadataFile = fileOf('shibboleth.xml', metadataOf(origin, key.certificate));
  const sallyport = await openOidcSallyport('sqlite', {
    realTime: true,
    applications: [{ id: 'shibboleth', name: 'Library', firstParty: true, saml: { metadataFile, encrypted: true } }],
    policies: [{ name: 'everybody', require: 'sfa' }],
  });
  const issuer = `${sallyport.issuer}/saml/metadata`;
  const shibboleth = await startShibboleth({
    entityId: `${origin}/shibboleth`,
    metadata: fileOf('sallyport.xml', await (await fetch(issuer)).text()),
    issuer,
    certificate: fileOf('sallyport.pem', pemOf(await idpCertificate(sallyport))),
    key,
  });
  const apache = await startApache(
    port,
    ['include', 'alias'],
    `${shibboleth.apache}
Alias /vault PAGES
<Directory PAGES>
  AuthType shibboleth
  ShibRequestSetting requireSession 1
  Require valid-user
  Options +Includes
  SetOutputFilter INCLUDES
</Directory>
<Location /vault>
  ShibRequestSetting authnContextClassRef ${mfa}
  Require authnContextClassRef ${mfa}
</Location>
`,
  );
  const chromium = await openChromium();
  try {
    await sallyport.person('ann');
    const { secret } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ann'));
    const context = await chromium.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(origin);
    await typeName(page, 'ann');
    await typePassword(page);
    await page.waitForURL(`${origin}/`);
    expect(await page.locator('#user').textContent(), shibboleth.tell()).toBe('ann');
    expect(await page.locator('#mail').textContent()).toBe('ann@example.org');
    expect(await page.locator('#class').textContent()).toBe('https://refeds.org/profile/sfa');

    // What needs more asks for it; who is signed in with us proves what is missing, and no more.
    sallyport.pass(30_000);
    await page.goto(`${origin}/Shibboleth.sso/Login?authnContextClassRef=${encodeURIComponent(mfa)}&target=/vault/`);
    await typeCode(page, codeFor(sallyport, secret));
    await page.waitForURL(`${origin}/vault/`);
    expect(await page.locator('#class').textContent(), shibboleth.tell()).toBe(mfa);
  } catch (failure) {
    throw new Error(shibboleth.tell(), { cause: failure });
  } finally {
    await chromium.close();
    await apache.stop();
    await shibboleth.stop();
    await sallyport.close();
  }
}, 60_000);

const pemOf = (body: string): string =>
  `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
