import type { Account } from '../../core/accounts/store.ts';
import type { nameIds } from '../../core/applications/saml.ts';
import { newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { AuthnRequest } from './authn-request.ts';
import { formatOf } from './names.ts';
import type { Provider } from './providers.ts';

type Tables = { saml_name: { account_id: string; application_id: string; name: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

export interface NameId {
  readonly format: string;
  readonly value: string;
}

type Kind = (typeof nameIds)[number];
const kinds = Object.keys(formatOf) as Kind[];

/**
 * Which kind of name is answered; null where the one that is asked for is not the application's to have: an address only where
 * it may know addresses, a user name only where it is set up so.
 */
export function kindOf(
  { format, qualifier }: Pick<AuthnRequest, 'format' | 'qualifier'>,
  { application, saml, entityId }: Provider,
): Kind | null {
  if (qualifier !== null && qualifier !== entityId) return null;
  // Unspecified is whatever is agreed (Core 8.3.1).
  if (format === null || format === formatOf.username) return saml.nameId;
  const asked = kinds.find((kind) => formatOf[kind] === format);
  if (asked === undefined) return null;
  const may = asked === saml.nameId || asked === 'transient' || asked === 'persistent';
  return may || (asked === 'email' && application.scopes.includes('email')) ? asked : null;
}

/** What they are called there; null for whoever has no address where it is one. */
export async function nameOf(
  tx: Transaction,
  means: Means,
  kind: Kind,
  { account, application }: { account: Account; application: string },
): Promise<NameId | null> {
  const value = await valueAs[kind](tx, means, { account, application });
  return value === null ? null : { format: formatOf[kind], value };
}

type Naming = (
  tx: Transaction,
  means: Means,
  whose: { account: Account; application: string },
) => Promise<string | null>;

const valueAs: Readonly<Record<Kind, Naming>> = {
  persistent: async (tx, means, { account, application }) => persistentName(tx, means, account.id, application),
  transient: async (_, { chance }) => `_${newSecret(chance)}`,
  email: async (_, __, { account }) => account.email,
  username: async (_, __, { account }) => account.username,
};

/** Made at the first need, and kept: of two at once both see the same. */
async function persistentName(
  tx: Transaction,
  { chance }: Means,
  account: string,
  application: string,
): Promise<string | null> {
  await own(tx)
    .insertInto('saml_name')
    .values({ account_id: account, application_id: application, name: newSecret(chance) })
    .onConflict((conflict) => conflict.columns(['account_id', 'application_id']).doNothing())
    .execute();
  return findPersistentName(tx, account, application);
}

export async function findPersistentName(handle: Handle, account: string, application: string): Promise<string | null> {
  const row = await own(handle)
    .selectFrom('saml_name')
    .select('name')
    .where('account_id', '=', account)
    .where('application_id', '=', application)
    .executeTakeFirst();
  return row?.name ?? null;
}
