import { type Instant, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { AccountId } from '../accounts/store.ts';

/** A number to be read back, a code, a PIN that was registered, a link to another password. */
export type What = 'number' | 'code' | 'pin' | 'link';

interface HandOut {
  readonly issuer: string;
  readonly account: AccountId;
  readonly what: What;
}

type Tables = { hand_out: { id: string; issuer: string; account_id: string; what: string; at: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

export async function addHandOut(
  tx: Transaction,
  { chance, clock }: Means,
  { issuer, account, what }: HandOut,
): Promise<void> {
  await own(tx)
    .insertInto('hand_out')
    .values({ id: newId(chance), issuer, account_id: account, what, at: clock.now() })
    .execute();
}

/** How many of these one issuer handed out lately. @param within milliseconds */
export async function countHandOuts(
  handle: Handle,
  { clock }: Means,
  { issuer, what }: Omit<HandOut, 'account'>,
  within: number,
): Promise<number> {
  const rows = await own(handle)
    .selectFrom('hand_out')
    .select('id')
    .where('issuer', '=', issuer)
    .where('what', '=', what)
    .where('at', '>', shift(clock.now(), -within))
    .execute();
  return rows.length;
}

/** Did this issuer hand this to this person lately? @param within milliseconds */
export async function handedOut(
  handle: Handle,
  { clock }: Means,
  { issuer, account, what }: HandOut,
  within: number,
): Promise<boolean> {
  const row = await own(handle)
    .selectFrom('hand_out')
    .select('id')
    .where('account_id', '=', account)
    .where('issuer', '=', issuer)
    .where('what', '=', what)
    .where('at', '>', shift(clock.now(), -within))
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeOldHandOuts(tx: Transaction, before: Instant): Promise<void> {
  await own(tx).deleteFrom('hand_out').where('at', '<=', before).execute();
}
