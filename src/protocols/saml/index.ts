import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import samlSql from './0001-saml.sql';
import { openSamlKeys, sealedKeys } from './keys.ts';
import { metadataOf, paths } from './metadata.ts';
import { readProviders } from './providers.ts';
import { ssoRoutes } from './sso.ts';

export { rotateSamlKeys } from './keys.ts';
export { ProviderMistake, readProviders } from './providers.ts';
export { removeExpiredRequests } from './requests.ts';

export const migrations: readonly Migration[] = [{ name: 'saml/0001', sql: samlSql }];
export const restored = emptied('saml_request');
export const sealed: readonly SealedColumn[] = [sealedKeys];

/** What service providers speak. @throws ProviderMistake when one is set up wrongly, before anybody is served */
export function samlRoutes(house: House): readonly Route[] {
  const providers = readProviders(house.applications);
  return [
    defineRoute({
      method: 'GET',
      path: paths.metadata,
      binding: 'none',
      async answer() {
        const body = metadataOf(house, await openSamlKeys(house.gate));
        return { is: 'text', body, type: 'application/samlmetadata+xml' };
      },
    }),
    ...ssoRoutes(house, providers),
  ];
}
