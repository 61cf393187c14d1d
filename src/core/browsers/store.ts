import type { Instant } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import { emptied } from '../../store/restored.ts';
import type { AccountId } from '../accounts/store.ts';
import browsersSql from './0001-browsers.sql';
import rememberedSql from './0002-remembered-devices.sql';
import passwordlessSql from './0003-passwordless.sql';

export type BrowserId = Id<'browser'>;

export const migrations: readonly Migration[] = [
  { name: 'browsers/0001', sql: browsersSql },
  { name: 'browsers/0002', sql: rememberedSql },
  { name: 'browsers/0003', sql: passwordlessSql },
];
export const restored = emptied('remembered_device', 'opt_in');

type Tables = {
  browser: { id: string; secret_hash: string; seen_at: number };
  browser_account: {
    browser_id: string;
    account_id: string;
    last_method: string | null;
    last_first: string | null;
    offers: number;
    offer_after: number;
    signed_in_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const ofSecret = prepared((handle, hash: string) =>
  own(handle).selectFrom('browser').select('id').where('secret_hash', '=', hash),
);

export async function findBrowser(handle: Handle, secret: string): Promise<BrowserId | null> {
  const [row] = await ofSecret(handle, hashOf(secret));
  return row === undefined ? null : (row.id as BrowserId);
}

/** @returns its id and the secret for its cookie */
export async function addBrowser(tx: Transaction, means: Means): Promise<{ id: BrowserId; secret: string }> {
  const id = newId<'browser'>(means.chance);
  const secret = newSecret(means.chance);
  await own(tx)
    .insertInto('browser')
    .values({ id, secret_hash: hashOf(secret), seen_at: means.clock.now() })
    .execute();
  return { id, secret };
}

export interface Acquaintance {
  /** The second thing they proved here last. */
  readonly lastMethod: string | null;
  /** The first. */
  readonly lastFirst: string | null;
  /** How often in a row they left the offer of a passkey, and from when on it may be made again. */
  readonly offers: number;
  readonly offerAfter: Instant;
}

const rowOf = prepared((handle, browser: string, account: string) =>
  own(handle)
    .selectFrom('browser_account')
    .selectAll()
    .where('browser_id', '=', browser)
    .where('account_id', '=', account),
);

/** Null unless this account signed in here before. */
export async function findAcquaintance(
  handle: Handle,
  browser: BrowserId | null,
  account: AccountId | null,
): Promise<Acquaintance | null> {
  const [row] = await rowOf(handle, browser ?? '', account ?? '');
  return row === undefined ? null : acquaintanceOf(row);
}

const acquaintanceOf = (row: Tables['browser_account']): Acquaintance => ({
  lastMethod: row.last_method,
  lastFirst: row.last_first,
  offers: row.offers,
  offerAfter: row.offer_after as Instant,
});

/** Who signed in here last, and how they began. */
export async function findLatest(
  handle: Handle,
  browser: BrowserId | null,
): Promise<(Acquaintance & { readonly account: AccountId }) | null> {
  const row = await own(handle)
    .selectFrom('browser_account')
    .selectAll()
    .where('browser_id', '=', browser ?? '')
    .orderBy('signed_in_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...acquaintanceOf(row), account: row.account_id as AccountId };
}

/** @param given what is null stays as it was */
export async function saveAcquaintance(
  tx: Transaction,
  given: {
    browser: BrowserId;
    account: AccountId;
    lastMethod: string | null;
    lastFirst: string | null;
    offered: Pick<Acquaintance, 'offers' | 'offerAfter'> | null;
    at: Instant;
  },
): Promise<void> {
  const { browser, account, lastMethod, lastFirst, offered, at } = given;
  await own(tx)
    .insertInto('browser_account')
    .values({
      browser_id: browser,
      account_id: account,
      last_method: lastMethod,
      last_first: lastFirst,
      offers: offered?.offers ?? 0,
      offer_after: offered?.offerAfter ?? 0,
      signed_in_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['browser_id', 'account_id']).doUpdateSet((row) => ({
        signed_in_at: at,
        last_method: lastMethod ?? row.ref('browser_account.last_method'),
        last_first: lastFirst ?? row.ref('browser_account.last_first'),
        ...(offered !== null && { offers: offered.offers, offer_after: offered.offerAfter }),
      })),
    )
    .execute();
}

/** When each of them last signed in, in whatever browser knows them still. */
export async function listSeen(handle: Handle, accounts: readonly AccountId[]): Promise<ReadonlyMap<string, Instant>> {
  if (accounts.length === 0) return new Map();
  const rows = await own(handle)
    .selectFrom('browser_account')
    .select(({ fn }) => ['account_id', fn.max('signed_in_at').as('at')])
    .where('account_id', 'in', accounts)
    .groupBy('account_id')
    .execute();
  return new Map(rows.map(({ account_id, at }) => [account_id, at as Instant]));
}

/** Nobody is welcomed back here by name any more. */
export async function forgetFirst(tx: Transaction, browser: BrowserId): Promise<void> {
  await own(tx).updateTable('browser_account').set({ last_first: null }).where('browser_id', '=', browser).execute();
}

/** The browsers of an account are strangers again: after a reset, a guess from there is anybody's guess. */
export async function removeAcquaintances(tx: Transaction, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('browser_account').where('account_id', '=', account).execute();
}

/** Browsers in which nobody has signed in since then. */
export async function removeUnseen(tx: Transaction, before: Instant): Promise<void> {
  const seen = own(tx).selectFrom('browser_account').select('browser_id').where('signed_in_at', '>=', before);
  await own(tx).deleteFrom('browser').where('seen_at', '<', before).where('id', 'not in', seen).execute();
}
