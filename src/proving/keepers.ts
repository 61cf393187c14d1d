import { type Account, listHolders } from '../core/accounts/store.ts';
import type { Rule } from '../core/policies/settings.ts';
import { keeper } from '../core/roles/roles.ts';
import { isWayIn } from '../flow/way-in.ts';
import type { AccountId } from '../methods/method.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { firstMethod, type Gate, type LiveMethod } from './gate.ts';
import { asOwned, type Owned, ownedBy } from './owned.ts';
import { handsIn, supposedAt } from './supposed.ts';

/** Those who can put everything right: one of them has to get in whatever else is down. */
export const listKeepers = async (handle: Handle): Promise<readonly Account[]> =>
  (await listHolders(handle, keeper)).filter(({ disabledAt }) => disabledAt === null);

/** Would nobody be left who gets in by themselves, were this one no keeper any more? */
export async function isLast(tx: Transaction, gate: Gate, { id, role }: Account): Promise<boolean> {
  if (role !== keeper) return false;
  const others = (await listKeepers(tx)).filter((one) => one.id !== id);
  const { policies } = await gate.policy(tx);
  for (const other of others) if ((await waysIn(tx, gate, policies, other)).includes(true)) return false;
  return true;
}

/** Everybody without whom the last would be gone: of two who go at once, the second sees what the first did. */
export async function heldTogether(tx: Transaction, account: AccountId): Promise<readonly AccountId[]> {
  const keepers = (await listHolders(tx, keeper)).map(({ id }) => id);
  return keepers.includes(account) ? keepers : [account];
}

/** From each place that rules tell apart: do they come in by themselves? */
export async function waysIn(
  handle: Handle,
  gate: Gate,
  policies: readonly Rule[],
  account: Account,
): Promise<readonly boolean[]> {
  const owned = await ownedBy(handle, gate, account.id);
  return addressesIn(policies).map((address) => getsIn(gate, policies, { account, owned, address }));
}

/**
 * Could this administrator still come in there while mail, SMS, providers and the directory are down? By what they own, or by what
 * they may set up on the way. A password is counted as there: `sallyport rescue` sets one.
 */
function getsIn(
  gate: Gate,
  policies: readonly Rule[],
  { account, owned, address }: { account: Account; owned: readonly Owned[]; address: string },
): boolean {
  const first = firstMethod(gate);
  const rescued = owned.some(({ id }) => id === first.id) ? owned : [...owned, asOwned(first, [])];
  const supposed = supposedAt(gate, policies, { account, owned: rescued }, { application: null, address });
  const isUp = ({ reliesOn }: LiveMethod) => reliesOn === undefined;
  const hands = handsIn(
    supposed,
    rescued.filter((one) => isUp(one) && !one.has.some(({ elsewhere }) => elsewhere)),
  );
  const makes = (id: string) => [...gate.methods.values()].some((one) => one.id === id && isUp(one));
  // A code that cannot be sent is asked another time, where the rule says so.
  const confirms = supposed.situation.confirms === true;
  return isWayIn({ ...supposed.situation, confirms }, hands, makes);
}

/** One place inside each network that is named, and one outside all usual ones (RFC 5737, RFC 3849). */
const addressesIn = (policies: readonly Rule[]): readonly string[] => [
  ...policies.flatMap(({ when }) => (when.networks ?? []).map((network) => network.split('/')[0] ?? '')),
  '192.0.2.1',
  '2001:db8::1',
];
