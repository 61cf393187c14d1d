import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { systemChance } from '../../src/kernel/chance.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { certificateFor } from '../../src/protocols/saml/certificate.ts';
import { type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import type { DatabaseKind } from '../support/databases.ts';

/** A key of a service provider's own, and the certificate around it. */
export interface SpKey {
  readonly privateKey: string;
  readonly certificate: string;
  /** A PEM file of the certificate. */
  readonly file: string;
}

export async function newSpKey(bits = 2048): Promise<SpKey> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const means = { clock: systemClock, chance: systemChance, publicUrl: new URL('https://wiki.example') };
  const certificate = await certificateFor(createPrivateKey(pem), means as never);
  return { privateKey: pem, certificate, file: fileOf('certificate.pem', certificate) };
}

/** A file that settings can name. */
export function fileOf(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-saml-'));
  // Its readers are somebody else when this process is root.
  chmodSync(folder, 0o755);
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

export const wiki = {
  entityId: 'https://wiki.example/saml',
  consumer: 'https://wiki.example/acs',
} as const;

/** Applications of every kind that makes a difference. */
const applications = (key: SpKey): readonly object[] => [
  {
    id: 'wiki',
    name: 'Wiki',
    firstParty: true,
    scopes: ['openid', 'profile', 'email', 'groups'],
    saml: { entityId: wiki.entityId, assertionConsumerUrls: [wiki.consumer], unsolicited: true },
  },
  {
    id: 'signing',
    name: 'Signing',
    firstParty: true,
    saml: {
      entityId: 'https://signing.example/saml',
      assertionConsumerUrls: ['https://signing.example/acs'],
      certificateFiles: [key.file],
      signedRequests: true,
    },
  },
  ...['stranger', 'closed', 'vault'].map((id) => ({
    id,
    name: id,
    firstParty: id !== 'stranger',
    ...(id === 'vault' && { scopes: ['openid'] }),
    saml: { entityId: `https://${id}.example/saml`, assertionConsumerUrls: [`https://${id}.example/acs`] },
  })),
];

const policies = [
  { name: 'wiki', when: { applications: ['wiki', 'signing'] }, require: 'sfa' },
  { name: 'closed', when: { applications: ['closed'] }, require: 'deny' },
  { name: 'vault', when: { applications: ['vault'] }, require: 'mfa' },
  { name: 'everybody', require: 'mfa-if-owned' },
];

export const openSamlSallyport = (kind: DatabaseKind, key: SpKey, more: object = {}): Promise<OidcSallyport> =>
  openOidcSallyport(kind, { applications: applications(key), policies, ...more });

/** The certificate that answers are signed with, from the metadata. */
export async function idpCertificate({ app, issuer }: OidcSallyport): Promise<string> {
  const { body } = await app.inject({ url: '/saml/metadata', headers: { host: new URL(issuer).host } });
  return /<ds:X509Certificate>([^<]+)</.exec(body.slice(body.indexOf('KeyDescriptor')))?.[1] ?? '';
}

/** A service provider as `@node-saml/node-saml` makes one. */
export async function providerFor(
  sallyport: OidcSallyport,
  id = 'wiki',
  more: Partial<SamlConfig> = {},
): Promise<SAML> {
  return new SAML({
    entryPoint: `${sallyport.issuer}/saml/sso`,
    issuer: `https://${id}.example/saml`,
    callbackUrl: `https://${id}.example/acs`,
    idpCert: await idpCertificate(sallyport),
    idpIssuer: `${sallyport.issuer}/saml/metadata`,
    identifierFormat: null,
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    disableRequestedAuthnContext: true,
    validateInResponseTo: ValidateInResponseTo.always,
    ...more,
  });
}

/** Where it sends a browser, as a path of Sallyport. */
export async function requestOf(provider: SAML, relayState = ''): Promise<string> {
  const { pathname, search } = new URL(await provider.getAuthorizeUrlAsync(relayState, undefined, {}));
  return pathname + search;
}

/** What the browser holds for the application. */
export interface Carried {
  readonly to: string;
  readonly fields: Record<string, string>;
  readonly xml: string;
}

export function carriedBy(browser: Browser): Carried {
  const form = browser.page.querySelector('form[data-carry]');
  if (form === null) throw new Error(`nothing is carried, at ${browser.url}:\n${browser.text}`);
  const fields = Object.fromEntries(
    form.querySelectorAll('input').map((one) => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']),
  );
  const xml = Buffer.from(fields['SAMLResponse'] ?? fields['SAMLRequest'] ?? '', 'base64').toString();
  return { to: form.getAttribute('action') ?? '', fields, xml };
}

/** What a text of XML says, by a tag or an attribute that is there once. */
export const said = (xml: string, what: string): string | null =>
  new RegExp(`<${what}[^>]*>([^<]*)</${what}>|\\b${what}="([^"]*)"`)
    .exec(xml)
    ?.slice(1)
    .find((one) => one !== undefined) ?? null;

/** Why an answer says no: the last word of the inner status. */
export const refusalIn = (browser: Browser): string | undefined =>
  [...carriedBy(browser).xml.matchAll(/StatusCode Value="[^"]*:(\w+)"/g)].map(([, word]) => word).at(-1);
