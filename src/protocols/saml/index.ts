import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import samlSql from './0001-saml.sql';
import { openSamlKeys, sealedKeys } from './keys.ts';
import { logoutRoutes } from './logout.ts';
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
  let kept = { for: '', body: '' };

  /** Signed once for the same keys: whoever asks again and again is told what was written. */
  async function metadata(): Promise<string> {
    const keys = await openSamlKeys(house.gate);
    const shown = keys.shown.join();
    if (kept.for !== shown) kept = { for: shown, body: metadataOf(house, keys) };
    return kept.body;
  }

  return [
    defineRoute({
      method: 'GET',
      path: paths.metadata,
      binding: 'none',
      answer: async () => ({ is: 'text', body: await metadata(), type: 'application/samlmetadata+xml' }),
    }),
    ...ssoRoutes(house, providers),
    ...logoutRoutes(house, providers),
  ];
}
