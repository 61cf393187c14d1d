import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { open, type Place, seal } from '../../kernel/seal.ts';
import { shared } from '../../otp/realms.ts';
import { findStep, seedMark, useStep } from '../../otp/replay.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';
import { lastUsable, type Make } from './rules.ts';

interface TokenRow {
  id: string;
  serial: string;
  kind: Make['kind'];
  algorithm: Make['algorithm'];
  digits: number;
  period: number;
  counter: number;
  drift: number;
  secret: string;
  seed: string;
  misses: number;
  source: string;
  imported_at: number;
  account_id: string | null;
  bound_at: number | null;
  bound_level: number | null;
  last_used_at: number | null;
}
type Tables = { hardware_token: TokenRow };
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string): Place => ({ table: 'hardware_token', column: 'secret', row: id });

/** A token of the stock. Its secret stays sealed until `opened`. */
export interface Stored extends Omit<Make, 'secret'> {
  readonly id: CredentialId;
  /** Null: it is free. */
  readonly account: AccountId | null;
  readonly sealed: string;
  /** The seed's mark, by which its used codes are known wherever they were used. */
  readonly seed: string;
  readonly lastUsedAt: Instant | null;
  readonly bound: Bound;
}

/** Wrong codes after which nobody sets a token up by themselves any more: six digits are few. */
const mostMisses = 10;

const storedIn = (row: TokenRow): Stored => ({
  id: row.id as CredentialId,
  serial: row.serial,
  kind: row.kind,
  algorithm: row.algorithm,
  digits: row.digits,
  period: row.period,
  counter: row.counter,
  drift: row.drift,
  account: row.account_id as AccountId | null,
  sealed: row.secret,
  seed: row.seed,
  lastUsedAt: row.last_used_at as Instant | null,
  bound: { at: (row.bound_at ?? 0) as Instant, level: (row.bound_level ?? 0) as Level },
});

export const credentialOf = ({ id, serial, lastUsedAt, bound }: Stored): Credential => ({
  id,
  label: serial,
  left: null,
  lastUsedAt,
  bound,
  realm: shared,
});

/** With its secret, as its rules need it. */
export const opened = ({ ring }: Pick<Means, 'ring'>, stored: Stored): Make => ({
  ...stored,
  secret: open(ring, place(stored.id), stored.sealed),
});

const rowsOf = prepared((handle, account: AccountId) =>
  own(handle).selectFrom('hardware_token').selectAll().where('account_id', '=', account).orderBy('bound_at'),
);

export const listTokens = async (handle: Handle, account: AccountId): Promise<readonly Stored[]> =>
  (await rowsOf(handle, account)).map(storedIn);

export async function findToken(handle: Handle, serial: string): Promise<Stored | null> {
  const row = await own(handle)
    .selectFrom('hardware_token')
    .selectAll()
    .where('serial', '=', serial)
    .executeTakeFirst();
  return row === undefined ? null : storedIn(row);
}

/** @param seed its mark @returns whether a token of the stock has it, free or not */
export const holdsSeed = async (handle: Handle, seed: string): Promise<boolean> =>
  (await own(handle).selectFrom('hardware_token').select('id').where('seed', '=', seed).executeTakeFirst()) !==
  undefined;

/** The stock by serial number, a page at a time. */
export async function listStock(
  handle: Handle,
  { after, limit, assigned }: { after: string; limit: number; assigned: boolean | null },
): Promise<readonly Stored[]> {
  const all = own(handle).selectFrom('hardware_token').selectAll().where('serial', '>', after);
  const some = assigned === null ? all : all.where('account_id', assigned ? 'is not' : 'is', null);
  return (await some.orderBy('serial').limit(limit).execute()).map(storedIn);
}

/** Those of these serial numbers and seeds that the stock holds already. */
export async function findHeld(
  handle: Handle,
  serials: readonly string[],
  seeds: readonly string[],
): Promise<{ serials: ReadonlySet<string>; seeds: ReadonlySet<string> }> {
  const rows = await own(handle)
    .selectFrom('hardware_token')
    .select(['serial', 'seed'])
    .where((is) => is.or([is('serial', 'in', serials), is('seed', 'in', seeds)]))
    .execute();
  return { serials: new Set(rows.map(({ serial }) => serial)), seeds: new Set(rows.map(({ seed }) => seed)) };
}

export async function addTokens(
  tx: Transaction,
  means: Pick<Means, 'ring' | 'chance' | 'clock'>,
  source: string,
  tokens: readonly Make[],
): Promise<void> {
  const { ring, chance, clock } = means;
  const rows = tokens.map(({ secret, ...token }) => {
    const id = newId(chance);
    return {
      ...token,
      id,
      secret: seal(ring, chance, place(id), secret),
      seed: seedMark(ring, secret),
      misses: 0,
      source,
      imported_at: clock.now(),
      account_id: null,
      bound_at: null,
      bound_level: null,
      last_used_at: null,
    };
  });
  await own(tx).insertInto('hardware_token').values(rows).execute();
}

/** Notes a wrong code in advance. @returns false when there were too many, or it is not free any more */
export async function chargeMiss(tx: Transaction, id: CredentialId): Promise<boolean> {
  const charged = await own(tx)
    .updateTable('hardware_token')
    .set((set) => ({ misses: set('misses', '+', 1) }))
    .where('id', '=', id)
    .where('misses', '<', mostMisses)
    .where('account_id', 'is', null)
    .executeTakeFirst();
  return charged.numUpdatedRows === 1n;
}

/** Of two who want the same token one gets it. @returns false when it is somebody's already */
export async function bindToken(
  tx: Transaction,
  { id, account, bound }: { id: CredentialId; account: AccountId; bound: Bound },
): Promise<boolean> {
  const mine = await own(tx)
    .updateTable('hardware_token')
    .set({ account_id: account, bound_at: bound.at, bound_level: bound.level, last_used_at: null, misses: 0 })
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .executeTakeFirst();
  return mine.numUpdatedRows === 1n;
}

/** @returns false when it was taken away meanwhile */
export async function saveUse(
  tx: Transaction,
  { id, account, at, drift }: { id: CredentialId; account: AccountId; at: Instant; drift: number },
): Promise<boolean> {
  const used = await own(tx)
    .updateTable('hardware_token')
    .set({ last_used_at: at, drift })
    .where('id', '=', id)
    .where('account_id', '=', account)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** How far its clock is off, whoever has it. */
export async function saveDrift(tx: Transaction, id: CredentialId, drift: number): Promise<void> {
  await own(tx).updateTable('hardware_token').set({ drift }).where('id', '=', id).execute();
}

/** Back to the stock, free for somebody else; what was used of it stays used. */
export async function removeTokens(tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number> {
  const all = own(tx)
    .updateTable('hardware_token')
    .set({ account_id: null, bound_at: null, bound_level: null, last_used_at: null, misses: 0 })
    .where('account_id', '=', account);
  const gone = await (which === 'all' ? all : all.where('id', '=', which)).executeTakeFirst();
  return Number(gone.numUpdatedRows);
}

/** Every code that anybody may have seen by now is used up. */
export async function useAllUp(tx: Transaction, now: Instant): Promise<void> {
  for (const row of await own(tx).selectFrom('hardware_token').selectAll().execute())
    await useStep(tx, row.seed, lastUsable(row, { now, last: await findStep(tx, row.seed) }));
}
