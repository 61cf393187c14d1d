import { type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SamlSettings } from '../../core/applications/saml.ts';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import { child, type Element, parseXml } from '../../kernel/xml.ts';
import { bindings, ns } from './names.ts';
import { childrenOf, isNamed, wordsIn } from './xml.ts';

/** An application as it speaks SAML: what is known of it before it says a word. */
export interface Provider {
  readonly application: ApplicationSettings;
  readonly saml: SamlSettings;
  readonly entityId: string;
  /** Where answers may go, the one where nothing else is said first. */
  readonly consumers: readonly Consumer[];
  /** What its messages are checked with. */
  readonly keys: readonly KeyObject[];
  /** It signs every request: one that is not signed is not its own. */
  readonly signs: boolean;
  /** What assertions are encrypted with, where they are. */
  readonly encryption: string | null;
  /** Where it is sent when somebody signs out. */
  readonly logouts: readonly Logout[];
}

export interface Consumer {
  readonly url: string;
  readonly index: string | null;
}

export interface Logout {
  readonly binding: 'redirect' | 'post';
  readonly url: string;
  readonly responseUrl: string;
}

/** What is wrong with an application's settings or its metadata, in words for whoever wrote them. */
export class ProviderMistake extends Error {
  override readonly name = 'ProviderMistake';
}

/** All that speak SAML. @throws ProviderMistake at the first that is set up wrongly */
export function readProviders(applications: readonly ApplicationSettings[]): readonly Provider[] {
  const providers = applications.flatMap((application) =>
    application.saml === undefined ? [] : [readProvider(application, application.saml)],
  );
  const seen = new Set<string>();
  for (const { entityId, application } of providers) {
    if (seen.has(entityId)) throw new ProviderMistake(`${application.id}: its entityID is another application's too`);
    seen.add(entityId);
  }
  return providers;
}

type Described = Pick<Provider, 'entityId' | 'consumers' | 'signs' | 'logouts' | 'encryption'> & {
  readonly certificates: readonly string[];
};

function readProvider(application: ApplicationSettings, saml: SamlSettings): Provider {
  const wrong = (what: string): never => {
    throw new ProviderMistake(`${application.id}: ${what}`);
  };
  const { certificates, ...described } = saml.metadataFile === undefined ? fromSettings(saml) : fromFile(saml, wrong);
  const all = [...certificates, ...saml.certificateFiles.map((file) => read(file, wrong))];
  const keys = all.map((pem) => keyIn(pem, wrong));
  const signs = saml.signedRequests || described.signs;
  if (described.consumers.length === 0) wrong('its metadata names no place for answers by HTTP-POST');
  if (signs && keys.length === 0) wrong('it signs its requests, and there is no certificate to check them with');
  if (saml.encrypted && described.encryption === null) wrong('its metadata has no key to encrypt with');
  return { application, saml, ...described, keys, signs };
}

const fromSettings = ({ entityId = '', assertionConsumerUrls }: SamlSettings): Described => ({
  entityId,
  consumers: assertionConsumerUrls.map((url) => ({ url, index: null })),
  signs: false,
  logouts: [],
  encryption: null,
  certificates: [],
});

type Wrong = (what: string) => never;

function fromFile({ metadataFile = '' }: SamlSettings, wrong: Wrong): Described {
  const root = parseXml(read(metadataFile, wrong));
  if (root === null || !isNamed(root, ns.metadata, 'EntityDescriptor'))
    return wrong(`${metadataFile} is no metadata of one application (EntityDescriptor)`);
  const [role] = childrenOf(root, ns.metadata, 'SPSSODescriptor').filter((one) =>
    (one.getAttribute('protocolSupportEnumeration') ?? '').split(/\s+/).includes(ns.protocol),
  );
  const entityId = root.getAttribute('entityID');
  if (role === undefined || entityId === null) return wrong(`${metadataFile} describes no SAML 2.0 service provider`);
  return {
    entityId,
    consumers: consumersIn(role),
    signs: isTrue(role.getAttribute('AuthnRequestsSigned')),
    logouts: logoutsIn(role),
    encryption: certificatesFor(role, 'encryption')[0] ?? null,
    certificates: certificatesFor(role, 'signing'),
  };
}

const isTrue = (text: string | null): boolean => text === 'true' || text === '1';

/** The default first (Metadata 2.2.3): the one that says so, else the first that does not deny it. */
function consumersIn(role: Element): readonly Consumer[] {
  const all = childrenOf(role, ns.metadata, 'AssertionConsumerService')
    .filter((one) => one.getAttribute('Binding') === bindings.post)
    .map((one) => ({
      url: one.getAttribute('Location') ?? '',
      index: one.getAttribute('index'),
      rank: isTrue(one.getAttribute('isDefault')) ? 0 : one.hasAttribute('isDefault') ? 2 : 1,
    }))
    .filter(({ url }) => isAddress(url));
  return all.sort((a, b) => a.rank - b.rank).map(({ url, index }) => ({ url, index }));
}

const logoutsIn = (role: Element): readonly Logout[] =>
  childrenOf(role, ns.metadata, 'SingleLogoutService').flatMap((one) => {
    const binding = one.getAttribute('Binding');
    const url = one.getAttribute('Location') ?? '';
    const known = binding === bindings.redirect ? 'redirect' : binding === bindings.post ? 'post' : null;
    if (known === null || !isAddress(url)) return [];
    return [{ binding: known, url, responseUrl: one.getAttribute('ResponseLocation') ?? url } as const];
  });

const isAddress = (text: string): boolean => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

/** One without a use is for both (Metadata 2.4.1.1). */
const certificatesFor = (role: Element, use: string): readonly string[] =>
  childrenOf(role, ns.metadata, 'KeyDescriptor')
    .filter((one) => (one.getAttribute('use') ?? use) === use)
    .flatMap((one) => {
      const body = wordsIn(child(one, 'KeyInfo', 'X509Data', 'X509Certificate'));
      return body === null || body === '' ? [] : [asPem(body)];
    });

const asPem = (body: string): string =>
  `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/\s/g, '').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/** Two thousand bits are what a guess of today leaves alone (NIST SP 800-131A); when a certificate ends says nothing of its key. */
function keyIn(pem: string, wrong: Wrong): KeyObject {
  const key = keyOf(pem) ?? wrong('one of its certificates cannot be read');
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < 2048) wrong('its keys must be RSA of 2048 bits at least');
  return key;
}

function keyOf(pem: string): KeyObject | null {
  try {
    return new X509Certificate(pem).publicKey;
  } catch {
    return null;
  }
}

function read(file: string, wrong: Wrong): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return wrong(`${file} cannot be read`);
  }
}
