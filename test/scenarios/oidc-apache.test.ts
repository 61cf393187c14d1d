import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openOidcSallyport } from '../oidc/support.ts';
import { startApache } from '../support/apache.ts';
import { openChromium } from '../support/chromium.ts';
import { freePort } from '../support/ports.ts';
import { typeCode, typeName, typePassword } from '../support/scenario-verbs.ts';
import { codeFor, setUpAuthenticator, signIn } from '../support/verbs.ts';

const module = '/usr/lib/apache2/modules/mod_auth_openidc.so';
const mfa = 'https://refeds.org/profile/mfa';
const secret = 'a secret of thirty-two characters or more';

/** A relying party that is not ours, in C: Debian's `libapache2-mod-auth-openidc`. */
test('U-6 A page behind Apache opens for whoever signs in through Sallyport, and one that needs more asks for it', async () => {
  if (!existsSync(module)) throw new Error('No mod_auth_openidc here: `apt-get install libapache2-mod-auth-openidc`.');
  const port = await freePort();
  const sallyport = await openOidcSallyport('sqlite', {
    realTime: true,
    applications: [
      {
        id: 'apache',
        name: 'Pages behind Apache',
        secret,
        redirectUris: [`http://127.0.0.1:${port}/callback`],
        postLogoutRedirectUris: [`http://127.0.0.1:${port}/out`],
        firstParty: true,
      },
    ],
    policies: [{ name: 'everybody', require: 'sfa' }],
  });
  const apache = await startApache(
    port,
    ['auth_openidc', 'include', 'alias'],
    `
OIDCProviderMetadataURL ${sallyport.issuer}/.well-known/openid-configuration
OIDCClientID apache
OIDCClientSecret "${secret}"
OIDCRedirectURI http://127.0.0.1:${port}/callback
OIDCCryptoPassphrase "a passphrase for the module's own cookies"
OIDCPKCEMethod S256
OIDCScope "openid profile email"
OIDCRemoteUserClaim preferred_username
OIDCPassClaimsAs environment
Alias /vault PAGES
<Directory PAGES>
  AuthType openid-connect
  Require valid-user
  Options +Includes
  SetOutputFilter INCLUDES
</Directory>
<Location /vault>
  Require claim acr:${mfa}
  OIDCUnAutzAction auth
  OIDCPathAuthRequestParams acr_values=${encodeURIComponent(mfa)}
</Location>
`,
  );
  const chromium = await openChromium();
  try {
    await sallyport.person('ann');
    const { secret: seed } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ann'));
    const page = await (await chromium.newContext({ locale: 'en-GB' })).newPage();
    await page.goto(apache.origin);
    await typeName(page, 'ann');
    await typePassword(page);
    expect(page.url()).toBe(`${apache.origin}/`);
    expect(await page.locator('#user').textContent()).toBe('ann');
    expect(await page.locator('#email').textContent()).toBe('ann@example.org');
    expect(await page.locator('#acr').textContent()).toBe('https://refeds.org/profile/sfa');

    // What needs more asks for it, and for nothing else again (U-6).
    sallyport.pass(30_000);
    await page.goto(`${apache.origin}/vault/`);
    await typeCode(page, codeFor(sallyport, seed));
    expect(page.url()).toBe(`${apache.origin}/vault/`);
    expect(await page.locator('#acr').textContent()).toBe(mfa);

    await page.goto(`${apache.origin}/callback?logout=${encodeURIComponent(`${apache.origin}/out`)}`);
    await page.goto(apache.origin);
    expect(await page.getByLabel('Email or username').isVisible()).toBe(true);
  } finally {
    await chromium.close();
    await apache.stop();
    await sallyport.close();
  }
}, 60_000);
