import type { Instant } from '../../kernel/clock.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { open, SealError, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { removeOwned } from '../../store/owned.ts';
import type { AccountId } from '../accounts/store.ts';
import type { BrowserId } from './store.ts';

/** A browser in which one person goes on without a password: whom to ask and for what, and no proof of anything. */
export type OptInId = Id<'opt-in'>;

export interface OptIn {
  readonly id: OptInId;
  readonly account: AccountId;
  /** What is asked instead of the password. */
  readonly method: string;
  /** Who set it for them, where they did not themselves. */
  readonly preparedBy: AccountId | null;
  readonly agent: string;
  readonly address: string;
  readonly createdAt: Instant;
}

/** What the cookie says. `broken`: it is none of ours, or no longer; it is to be taken away. */
export type Choice = ({ readonly is: 'in' } & OptIn) | { readonly is: 'out' } | { readonly is: 'broken' };

/** The same for everybody who said no, so that it tells nothing of them. */
export const optedOut = 'no';

type Tables = {
  opt_in: {
    id: string;
    browser_id: string;
    account_id: string;
    method: string;
    prepared_by: string | null;
    agent: string;
    address: string;
    created_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** The cookie has no row of its own: sealed to its name, it opens in no other place. */
const place = { table: 'cookie', column: 'passwordless', row: '' } as const;

const optInOf = (row: Tables['opt_in']): OptIn => ({
  id: row.id as OptInId,
  account: row.account_id as AccountId,
  method: row.method,
  preparedBy: row.prepared_by as AccountId | null,
  agent: row.agent,
  address: row.address,
  createdAt: row.created_at as Instant,
});

/** Opening changes nothing. Copied to another browser it says nothing either. */
export async function readChoice(
  handle: Handle,
  { ring }: Pick<Means, 'ring'>,
  { cookie, browser }: { readonly cookie: string; readonly browser: BrowserId | null },
): Promise<Choice> {
  if (cookie === optedOut) return { is: 'out' };
  const id = opened(ring, cookie);
  if (id === null) return { is: 'broken' };
  const row = await own(handle)
    .selectFrom('opt_in')
    .selectAll()
    .where('id', '=', id)
    .where('browser_id', '=', browser ?? '')
    .executeTakeFirst();
  return row === undefined ? { is: 'broken' } : { is: 'in', ...optInOf(row) };
}

function opened(ring: Means['ring'], cookie: string): string | null {
  try {
    return open(ring, place, cookie);
  } catch (failure) {
    if (failure instanceof SealError) return null;
    throw failure;
  }
}

/** From now on this browser is theirs, whosever it was. @returns what its cookie holds */
export async function optIn(
  tx: Transaction,
  { chance, ring, clock }: Pick<Means, 'chance' | 'ring' | 'clock'>,
  given: Omit<OptIn, 'id' | 'createdAt'> & { readonly browser: BrowserId },
): Promise<string> {
  const { browser, account, method, preparedBy, agent, address } = given;
  const id = newId<'opt-in'>(chance);
  const row = {
    id,
    account_id: account,
    method,
    prepared_by: preparedBy,
    agent,
    address,
    created_at: clock.now(),
  };
  // Said twice at once, the later one holds: the other's cookie opens to nothing.
  await own(tx)
    .insertInto('opt_in')
    .values({ ...row, browser_id: browser })
    .onConflict((conflict) => conflict.column('browser_id').doUpdateSet(row))
    .execute();
  return seal(ring, chance, place, id);
}

/** Nobody's any more: the cookie opens to nothing, wherever it is. */
export async function optOut(tx: Transaction, browser: BrowserId): Promise<void> {
  await own(tx).deleteFrom('opt_in').where('browser_id', '=', browser).execute();
}

export async function listOptIns(handle: Handle, account: AccountId): Promise<readonly OptIn[]> {
  const rows = await own(handle)
    .selectFrom('opt_in')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(optInOf);
}

/** One, or all of a person's. @returns how many went */
export const removeOptIns = (tx: Transaction, account: AccountId, which: OptInId | 'all'): Promise<number> =>
  removeOwned(tx, 'opt_in', account, which);
