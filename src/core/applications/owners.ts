import { canonical } from '../accounts/canonical.ts';
import type { Role } from '../roles/roles.ts';

interface Owned {
  readonly owners: readonly string[];
}

/**
 * Those of all applications that somebody may see. Whoever owns some sees these alone: named in the configuration, by their user
 * name, and with the role besides; either without the other shows nothing.
 */
export const theirs = <Application extends Owned>(
  all: readonly Application[],
  { role, username }: { readonly role: Role | null; readonly username: string },
): readonly Application[] =>
  role === 'application-owner' ? all.filter(({ owners }) => owners.map(canonical).includes(canonical(username))) : all;
