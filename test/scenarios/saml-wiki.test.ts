import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { startWiki } from '../../examples/wiki/server.ts';
import { openOidcSallyport } from '../oidc/support.ts';
import { fileOf } from '../saml/support.ts';
import { openChromium } from '../support/chromium.ts';
import { freePort } from '../support/ports.ts';
import { findProgram } from '../support/programs.ts';
import { onEachDatabase } from '../support/scenario.ts';
import { typeCode, typeName, typePassword } from '../support/scenario-verbs.ts';
import { codeFor, setUpAuthenticator, signIn } from '../support/verbs.ts';

const mfa = 'https://refeds.org/profile/mfa';

/** Verified by somebody who is not us: what is signed is signed as `xmlsec1` reads it. */
function mustVerify(xml: string, certificate: string, ...elements: readonly string[]): void {
  const program = findProgram('xmlsec1');
  if (program === undefined) throw new Error('No xmlsec1 here: on Debian, `apt-get install xmlsec1`.');
  const file = fileOf('answer.xml', xml);
  const trusted = fileOf('certificate.pem', certificate);
  const ids = elements.flatMap((element) => ['--id-attr:ID', element]);
  for (const element of elements) {
    const path = `//*[local-name()='${element.split(':').at(-1)}']/*[local-name()='Signature']`;
    const words = [
      '--verify',
      '--enabled-key-data',
      'x509',
      '--trusted-pem',
      trusted,
      ...ids,
      '--node-xpath',
      path,
      file,
    ];
    execFileSync(program, words, { stdio: 'pipe' });
  }
}

/** A service provider that is not ours: `@node-saml/node-saml`. */
onEachDatabase(
  'U-6 Wiki, by SAML: whoever signs in is known there, and changing a page asks for two proofs',
  async (kind) => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const sallyport = await openOidcSallyport(kind, {
      realTime: true,
      applications: [
        {
          id: 'wiki',
          name: 'Wiki',
          firstParty: true,
          saml: { entityId: origin, assertionConsumerUrls: [`${origin}/saml/acs`] },
        },
      ],
      policies: [{ name: 'everybody', require: 'sfa' }],
    });
    const wiki = await startWiki({ issuer: sallyport.issuer, origin, port });
    const chromium = await openChromium();
    try {
      await sallyport.person('ann');
      const { secret } = await setUpAuthenticator(sallyport, await signIn(sallyport.browser(), 'ann'));
      const page = await (await chromium.newContext({ locale: 'en-GB' })).newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      const answers: string[] = [];
      page.on('request', (request) => {
        if (request.url() === `${origin}/saml/acs`)
          answers.push(new URLSearchParams(request.postData() ?? '').get('SAMLResponse') ?? '');
      });
      await page.goto(origin);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await typeName(page, 'ann');
      await typePassword(page);
      await page.waitForURL(`${origin}/`);
      expect(await page.locator('#name').textContent()).toBe('ann');
      expect(await page.locator('#proven').textContent()).toBe('https://refeds.org/profile/sfa');
      const nameId = await page.locator('#name-id').textContent();

      sallyport.pass(30_000);
      await page.getByRole('button', { name: 'Edit the page' }).click();
      await typeCode(page, codeFor(sallyport, secret));
      await page.waitForURL(`${origin}/`);
      expect(await page.getByRole('status').textContent()).toBe('The page is changed.');
      expect(await page.locator('#proven').textContent()).toBe(mfa);
      expect(await page.locator('#name-id').textContent()).toBe(nameId);
      expect(complaints).toEqual([]);

      // And without scripts, by a button.
      const plain = await (await chromium.newContext({ locale: 'en-GB', javaScriptEnabled: false })).newPage();
      await plain.goto(origin);
      await plain.getByRole('button', { name: 'Sign in' }).click();
      await typeName(plain, 'ann');
      await typePassword(plain);
      await plain.getByRole('button', { name: 'Go on to Wiki' }).click();
      expect(await plain.locator('#name').textContent()).toBe('ann');

      const metadata = await (await fetch(`${sallyport.issuer}/saml/metadata`)).text();
      const certificate = `-----BEGIN CERTIFICATE-----\n${/<ds:X509Certificate>([^<]+)</.exec(metadata)?.[1]?.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
      mustVerify(metadata, certificate, 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor');
      expect(answers).toHaveLength(2);
      for (const answer of answers) {
        const xml = Buffer.from(answer, 'base64').toString();
        mustVerify(
          xml,
          certificate,
          'urn:oasis:names:tc:SAML:2.0:protocol:Response',
          'urn:oasis:names:tc:SAML:2.0:assertion:Assertion',
        );
        expect(() =>
          mustVerify(xml.replace('>ann<', '>bob<'), certificate, 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'),
        ).toThrow();
      }
    } finally {
      await chromium.close();
      wiki.close();
      wiki.closeAllConnections();
      await sallyport.close();
    }
  },
);
