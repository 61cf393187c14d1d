import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import { mark, SealError } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import { isPhone } from '../../ui/agent.ts';
import type { AccountId, Bound, Credential, CredentialId, Hold, Trait } from '../method.ts';
import { markOf, nameOf } from './models.ts';
import { evidenceOf, type Traits } from './rules.ts';
import { noteOf } from './words.ts';

type Tables = {
  webauthn_user: { account_id: string; handle: string };
  webauthn: {
    id: string;
    account_id: string;
    kind: string;
    credential_id: string;
    public_key: string;
    rp_id: string;
    uv_initialized: number;
    backup_eligible: number;
    hardware: number;
    integrity: string;
    sign_count: number;
    backed_up: number;
    aaguid: string;
    attachment: string | null;
    transports: string;
    resident: number | null;
    attestation: string;
    beside: number;
    made_in: string;
    bound_at: number;
    bound_level: number;
    last_used_at: number | null;
  };
};
type Row = Tables['webauthn'];
const own = (handle: Handle) => handle.withTables<Tables>();

/** What a person signs with, as it is kept. */
export interface Key extends Traits {
  readonly credential: Credential;
  readonly kind: 'webauthn' | 'u2f';
  /** base64url; of a U2F registration its key handle. */
  readonly credentialId: string;
  /** COSE (RFC 9052, 7) */
  readonly publicKey: Buffer;
  /** Whose it is: our domain, or the AppID of a U2F registration. */
  readonly rpId: string;
  readonly signCount: number;
  readonly attachment: string | null;
  readonly transports: readonly string[];
}

/** A key that is about to be kept. */
export interface NewKey extends Omit<Key, 'credential'> {
  readonly backedUp: boolean;
  /** What model it says it is (FIDO, 16 bytes as a UUID). */
  readonly aaguid: string;
  /** credProps.rk: whether it can be found without its id; null when nobody said. */
  readonly resident: boolean | null;
  /** Made when it was offered: nothing is asked because of it. */
  readonly beside: boolean;
  /** The browser and the system, as they call themselves; empty where nobody knows. */
  readonly madeIn: string;
  /** base64url: the whole attestation object, should its maker be asked about one day. */
  readonly attestation: string;
}

const bit = (on: boolean): 0 | 1 => (on ? 1 : 0);

type Marked =
  | 'id'
  | 'account_id'
  | 'kind'
  | 'credential_id'
  | 'public_key'
  | 'rp_id'
  | 'uv_initialized'
  | 'backup_eligible'
  | 'hardware';

/** What nobody may change behind our back: a public key of theirs in the row would let them in. */
const integrityOf = ({ ring }: Pick<Means, 'ring'>, row: Pick<Row, Marked>): string =>
  mark(
    ring,
    'webauthn',
    ...[row.id, row.account_id, row.kind, row.credential_id, row.public_key, row.rp_id],
    ...[row.uv_initialized, row.backup_eligible, row.hardware].map(String),
  );

function keyIn(means: Pick<Means, 'ring'>, row: Row): Key {
  if (integrityOf(means, row) !== row.integrity) throw new SealError(`webauthn of row ${row.id} was changed by others`);
  const traits = {
    verifies: row.uv_initialized === 1,
    synced: row.backup_eligible === 1,
    hardware: row.hardware === 1,
  };
  const model = nameOf(row.aaguid);
  const mark = model === null ? null : markOf(model);
  return {
    ...traits,
    kind: row.kind === 'u2f' ? 'u2f' : 'webauthn',
    credentialId: row.credential_id,
    publicKey: Buffer.from(row.public_key, 'base64url'),
    rpId: row.rp_id,
    signCount: row.sign_count,
    attachment: row.attachment,
    transports: row.transports === '' ? [] : row.transports.split(' '),
    credential: {
      id: row.id as CredentialId,
      label: model,
      ...(mark !== null && { mark }),
      ...(row.made_in !== '' && { madeIn: row.made_in }),
      note: noteOf(traits.synced, row.attachment),
      left: null,
      lastUsedAt: row.last_used_at as Instant | null,
      bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
      best: evidenceOf(traits, true),
      beside: row.beside === 1,
      hangsOn: holdOf(row),
      traits: traitsOf(traits, row.attachment),
    },
  };
}

/** A copy elsewhere outlives the device it was made on; what is built into a phone goes with all else that is there. */
function holdOf({ backed_up, attachment, transports, made_in }: Row): Hold {
  if (backed_up === 1) return 'several';
  // Asked for from another device, it is a phone that answers (WebAuthn 3, 5.8.4).
  if (attachment !== 'platform') return transports.split(' ').includes('hybrid') ? 'phone' : 'key';
  return isPhone(made_in) ? 'phone' : 'device';
}

const traitsOf = ({ verifies, synced }: Traits, attachment: string | null): readonly Trait[] => [
  ...(attachment === 'cross-platform' ? (['roaming'] as const) : []),
  ...(verifies ? (['verifying'] as const) : []),
  ...(synced ? (['synced'] as const) : []),
];

/** Whose key this is, by the id a browser names; null for nobody's. */
export async function findOwner(handle: Handle, credentialId: string): Promise<AccountId | null> {
  const row = await own(handle)
    .selectFrom('webauthn')
    .select('account_id')
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return (row?.account_id as AccountId | undefined) ?? null;
}

const rowsOf = prepared((handle, account: string) =>
  own(handle).selectFrom('webauthn').selectAll().where('account_id', '=', account).orderBy('bound_at'),
);

/** @throws SealError when a row was changed by others */
export async function listKeys(
  handle: Handle,
  means: Pick<Means, 'ring'>,
  account: AccountId | null,
): Promise<readonly Key[]> {
  return (await rowsOf(handle, account ?? '')).map((row) => keyIn(means, row));
}

/** How many people have keys of which domain. */
export async function countByPlace(handle: Handle): Promise<readonly AtPlace[]> {
  const rows = await own(handle)
    .selectFrom('webauthn')
    .select(({ fn }) => ['rp_id', fn.count<number | string>('account_id').distinct().as('people')])
    .where('kind', '=', 'webauthn')
    .groupBy('rp_id')
    .orderBy('rp_id')
    .execute();
  return rows.map(({ rp_id: rpId, people }) => ({ rpId, people: Number(people) }));
}

export interface AtPlace {
  readonly rpId: string;
  readonly people: number;
}

/** Who the account is to keys; undefined before it has any. */
export async function findUserHandle(handle: Handle, account: AccountId | null): Promise<string | undefined> {
  const row = await own(handle)
    .selectFrom('webauthn_user')
    .select('handle')
    .where('account_id', '=', account ?? '')
    .executeTakeFirst();
  return row?.handle;
}

export interface Given {
  readonly id: CredentialId;
  readonly account: AccountId;
  readonly userHandle: string;
  readonly key: NewKey;
  readonly bound: Bound;
}

/** @returns false when that key is kept already, by whomever, or the account is another to keys by now */
export async function addKey(
  tx: Transaction,
  means: Pick<Means, 'ring'>,
  { id, account, userHandle, key, bound }: Given,
): Promise<boolean> {
  await own(tx)
    .insertInto('webauthn_user')
    .values({ account_id: account, handle: userHandle })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
  if ((await findUserHandle(tx, account)) !== userHandle) return false;
  const row: Omit<Row, 'integrity'> = {
    id,
    account_id: account,
    kind: key.kind,
    credential_id: key.credentialId,
    public_key: key.publicKey.toString('base64url'),
    rp_id: key.rpId,
    uv_initialized: bit(key.verifies),
    backup_eligible: bit(key.synced),
    hardware: bit(key.hardware),
    sign_count: key.signCount,
    backed_up: bit(key.backedUp),
    aaguid: key.aaguid,
    attachment: key.attachment,
    transports: key.transports.join(' '),
    resident: key.resident === null ? null : bit(key.resident),
    attestation: key.attestation,
    beside: bit(key.beside),
    made_in: key.madeIn,
    bound_at: bound.at,
    bound_level: bound.level,
    last_used_at: null,
  };
  const added = await own(tx)
    .insertInto('webauthn')
    .values({ ...row, integrity: integrityOf(means, row) })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** @returns false when it was used or removed since it was read: one answer serves once */
export async function saveUse(
  tx: Transaction,
  { credential, signCount }: Key,
  used: { readonly at: Instant; readonly signCount: number; readonly backedUp: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('webauthn')
    .set({ last_used_at: used.at, sign_count: used.signCount, backed_up: bit(used.backedUp) })
    .where('id', '=', credential.id)
    .where('sign_count', '=', signCount)
    .where('last_used_at', credential.lastUsedAt === null ? 'is' : '=', credential.lastUsedAt)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * From now on it is one that tells its person, though it was made without (WebAuthn 3, 7.2, step 27): asked beside something
 * else that they proved.
 */
export async function saveVerifies(
  tx: Transaction,
  means: Pick<Means, 'ring'>,
  { credential, synced, hardware, ...key }: Key,
  account: AccountId,
): Promise<void> {
  const traits = { uv_initialized: bit(true), backup_eligible: bit(synced), hardware: bit(hardware) };
  const integrity = integrityOf(means, {
    ...traits,
    id: credential.id,
    account_id: account,
    kind: key.kind,
    credential_id: key.credentialId,
    public_key: key.publicKey.toString('base64url'),
    rp_id: key.rpId,
  });
  await own(tx)
    .updateTable('webauthn')
    .set({ uv_initialized: traits.uv_initialized, integrity })
    .where('id', '=', credential.id)
    .execute();
}

export async function removeKeys(tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number> {
  if (which === 'all') await own(tx).deleteFrom('webauthn_user').where('account_id', '=', account).execute();
  return removeOwned(tx, 'webauthn', account, which);
}
