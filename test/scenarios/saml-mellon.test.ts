import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openOidcSallyport } from '../oidc/support.ts';
import { fileOf, newSpKey } from '../saml/support.ts';
import { startApache } from '../support/apache.ts';
import { openChromium } from '../support/chromium.ts';
import { freePort } from '../support/ports.ts';
import { typeCode, typeName, typePassword } from '../support/scenario-verbs.ts';
import { codeFor, setUpAuthenticator, signIn } from '../support/verbs.ts';

const module = '/usr/lib/apache2/modules/mod_auth_mellon.so';
const mfa = 'https://refeds.org/profile/mfa';
const binding = (name: string) => `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${name}`;

const metadataOf = (origin: string, certificate: string) => `<EntityDescriptor
 xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${origin}/mellon/metadata">
<SPSSODescriptor AuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
<SingleLogoutService Binding="${binding('Redirect')}" Location="${origin}/mellon/logout"/>
<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat>
<AssertionConsumerService index="0" isDefault="true" Binding="${binding('POST')}" Location="${origin}/mellon/postResponse"/>
</SPSSODescriptor>
</EntityDescriptor>
`;

/** A service provider that is not ours, in C: Debian's `libapache2-mod-auth-mellon`. */
test('U-6 Mellon asks for two proofs, lets in whoever has them, and signs them out with us', async () => {
  if (!existsSync(module)) throw new Error('No mod_auth_mellon here: `apt-get install libapache2-mod-auth-mellon`.');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const key = await newSpKey();
  const metadataFile = fileOf('mellon.xml', metadataOf(origin, key.certificate));
  const sallyport = await openOidcSallyport('sqlite', {
    realTime: true,
    applications: [{ id: 'mellon', name: 'Archive', firstParty: true, saml: { metadataFile } }],
    policies: [{ name: 'everybody', require: 'sfa' }],
  });
  const idp = await (await fetch(`${sallyport.issuer}/saml/metadata`)).text();
  const apache = await startApache(
    port,
    ['auth_mellon', 'include'],
    `
<Location />
  MellonSPMetadataFile ${metadataFile}
  MellonSPPrivateKeyFile ${fileOf('key.pem', key.privateKey)}
  MellonSPCertFile ${key.file}
  MellonIdPMetadataFile ${fileOf('sallyport.xml', idp)}
  MellonEndpointPath /mellon
  MellonSecureCookie On
  MellonAuthnContextClassRef ${mfa}
  MellonUser "urn:oid:0.9.2342.19200300.100.1.1"
  MellonSetEnvNoPrefix mail "urn:oid:0.9.2342.19200300.100.1.3"
</Location>
<Directory PAGES>
  Require valid-user
  AuthType Mellon
  MellonEnable auth
  Options +Includes
  SetOutputFilter INCLUDES
</Directory>
`,
  );
  const chromium = await openChromium();
  try {
    await sallyport.person('ann');
    const { secret } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ann'));
    const page = await (await chromium.newContext({ locale: 'en-GB' })).newPage();
    await page.goto(origin);
    await typeName(page, 'ann');
    await typePassword(page);
    await typeCode(page, codeFor(sallyport, secret));
    await page.waitForURL(`${origin}/`, { timeout: 10_000 });
    expect(await page.locator('#user').textContent()).toBe('ann');
    expect(await page.locator('#mail').textContent()).toBe('ann@example.org');

    await page.goto(`${origin}/mellon/logout?ReturnTo=${encodeURIComponent(`${origin}/`)}`);
    expect(await page.getByLabel('Email or username').isVisible()).toBe(true);
  } catch (failure) {
    throw new Error(apache.tell(), { cause: failure });
  } finally {
    await chromium.close();
    await apache.stop();
    await sallyport.close();
  }
}, 60_000);
