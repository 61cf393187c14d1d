import type { Account as Found } from 'oidc-provider';
import type { Account } from '../../core/accounts/store.ts';
import { calledOf } from '../../house.ts';

/** Which claims a scope opens (OIDC Core 5.4; `groups` is ours). Those of `openid` stand in every ID token. */
export const claimsOf = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'preferred_username'],
  email: ['email'],
  groups: ['groups'],
} as const satisfies Record<string, readonly string[]>;

/** The claims that these scopes open. */
export const claimsIn = (scopes: readonly string[]): ReadonlySet<string> =>
  new Set(Object.entries(claimsOf).flatMap(([scope, claims]) => (scopes.includes(scope) ? claims : [])));

/** A person as applications may see them; oidc-provider leaves out what the grant does not open. */
export const describe = (account: Account): Found => ({
  accountId: account.id,
  claims: async () => ({
    sub: account.id,
    name: calledOf(account),
    preferred_username: account.username,
    ...(account.email !== null && { email: account.email }),
    groups: [...account.groups],
  }),
});
