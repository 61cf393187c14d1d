import type { Scope } from '../api-tokens/store.ts';
import type { Act, Role } from './roles.ts';

/**
 * What a program may do to people, by what its token is for: a row for each scope. Nobody proves at that moment that it is they,
 * so it never touches whoever has a role, and gives no role, no code and no link (`docs/adr/0046`).
 */
const table = {
  'people:act': ['unlock', 'sign-out', 'disable', 'enable'],
  'people:methods': ['reset'],
} as const satisfies Partial<Record<Scope, readonly Act[]>>;

const isListed = (scope: Scope): scope is keyof typeof table => Object.hasOwn(table, scope);

/** May a program that has a token for this do it to them? */
export const programMayDo = (
  { scopes }: { readonly scopes: readonly Scope[] },
  act: Act,
  { role }: { readonly role: Role | null },
): boolean => role === null && scopes.filter(isListed).some((scope) => (table[scope] as readonly Act[]).includes(act));
