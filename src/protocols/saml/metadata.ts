import type { House } from '../../house.ts';
import { hours, inSeconds } from '../../kernel/clock.ts';
import type { SamlKeys } from './keys.ts';
import { bindings, formatOf, ns } from './names.ts';
import { newMessageId } from './responses.ts';
import { signed } from './signing.ts';
import { escaped, tag } from './xml.ts';

export const paths = { metadata: '/saml/metadata', sso: '/saml/sso', slo: '/saml/slo' } as const;

/** What we are called: where we are described (Metadata 4.1). */
export const entityIdOf = ({ publicUrl }: Pick<House, 'publicUrl'>): string => publicUrl.origin + paths.metadata;

export const addressOf = ({ publicUrl }: Pick<House, 'publicUrl'>, which: keyof typeof paths): string =>
  publicUrl.origin + paths[which];

/** Ours (Metadata 2.4.3): every key that signs or soon will, so that whoever reads it once a day never meets one that is new. */
export function metadataOf(house: House, { signer, shown }: SamlKeys): string {
  const both = (name: string, location: string) =>
    [bindings.redirect, bindings.post].map((binding) => tag(`md:${name}`, { Binding: binding, Location: location }));
  const xml = tag(
    'md:EntityDescriptor',
    {
      'xmlns:md': ns.metadata,
      'xmlns:ds': ns.signature,
      ID: newMessageId(house.gate),
      entityID: entityIdOf(house),
      cacheDuration: `PT${inSeconds(hours(1))}S`,
    },
    tag(
      'md:IDPSSODescriptor',
      { protocolSupportEnumeration: ns.protocol, WantAuthnRequestsSigned: 'false' },
      ...shown.map(keyDescriptor),
      ...both('SingleLogoutService', addressOf(house, 'slo')),
      ...Object.values(formatOf).map((format) => tag('md:NameIDFormat', {}, escaped(format))),
      ...both('SingleSignOnService', addressOf(house, 'sso')),
    ),
  );
  return signed(xml, signer, 'first');
}

const keyDescriptor = (certificate: string): string =>
  tag(
    'md:KeyDescriptor',
    { use: 'signing' },
    tag(
      'ds:KeyInfo',
      {},
      tag('ds:X509Data', {}, tag('ds:X509Certificate', {}, certificate.replaceAll(/-----[A-Z ]+-----|\s/g, ''))),
    ),
  );
