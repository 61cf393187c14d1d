import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { House } from '../../house.ts';
import type { Fetch } from '../../kernel/network.ts';

/** What speaking OpenID Connect works with: the house, and a way to reach applications. */
export interface OidcHouse extends House {
  readonly fetch: Fetch;
}

export const applicationOf = (
  { applications }: Pick<OidcHouse, 'applications'>,
  id: unknown,
): ApplicationSettings | undefined => applications.find((one) => one.id === id);
