import { type Account, administrators, findAccountByName, listMembers } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import type { Policy } from '../core/policies/document.ts';
import { demandOf, roleAnywhere, rulingFor, rulingsAnywhere } from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import { addVersion, findLatest } from '../core/policies/store.ts';
import { worthHere } from '../flow/assurance.ts';
import type { Handle } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { nothingMore, type Owned, ownedBy, whoseRules } from './owned.ts';
import type { Office } from './people.ts';

/** What would follow from a policy, beside what it says. */
export interface Weighed {
  /** Why it is not to be put in force: it would shut out whoever could put it right. */
  readonly mistakes: readonly string[];
  /** What its author may not have meant. */
  readonly warnings: readonly string[];
}

export type Applied =
  | { readonly is: 'applied'; readonly version: number; readonly warnings: readonly string[] }
  | { readonly is: 'refused'; readonly mistakes: readonly string[] }
  /** Another one came into force since the one it was made from. */
  | { readonly is: 'outrun'; readonly version: number };

/**
 * Puts a policy in force, for every decision from now on.
 * @param after the version it was made from
 */
export function applyPolicy(
  gate: Gate,
  { actor, address }: Office,
  { policy, after }: { policy: Policy; after: number },
): Promise<Applied> {
  return gate.database.transaction(async (tx) => {
    const { mistakes, warnings } = await weighPolicy(tx, gate, policy);
    if (mistakes.length > 0) return { is: 'refused', mistakes };
    if (!(await addVersion(tx, gate, { after, author: actor, policy })))
      return { is: 'outrun', version: await findLatest(tx) };
    const version = after + 1;
    await addEntry(tx, gate, { event: 'policy.changed', account: null, actor, address, detail: { version } });
    return { is: 'applied', version, warnings };
  });
}

export async function weighPolicy(handle: Handle, gate: Gate, { policies }: Policy): Promise<Weighed> {
  if (policies.every(({ require }) => require === 'deny'))
    return { mistakes: ['policies: every rule denies: nobody could sign in'], warnings: [] };
  const keepers = (await listMembers(handle, administrators)).filter(({ disabledAt }) => disabledAt === null);
  const open: boolean[] = [];
  for (const keeper of keepers) {
    const owned = await ownedBy(handle, gate, keeper.id);
    open.push(...addressesIn(policies).map((address) => getsIn(gate, policies, { keeper, owned, address })));
  }
  if (keepers.length > 0 && !open.includes(true)) return { mistakes: [shutOut], warnings: [] };
  return {
    mistakes: [],
    warnings: [
      ...(keepers.length === 0 ? ['there is no administrator whom it could shut out'] : []),
      ...(open.includes(false)
        ? ['policies: some administrators could not sign in from everywhere by themselves']
        : []),
      ...unreached(policies),
      ...(await emptyGroups(handle, policies)),
      ...(await strangers(handle, policies)),
    ],
  };
}

const shutOut =
  'policies: no administrator could sign in to their own pages by what needs neither mail nor SMS nor a provider';

/**
 * Could this administrator still come in there while mail, SMS and providers are down? By what they own, or by what they may
 * set up on the way once all they own is proven. A password is counted as there: `sallyport rescue` sets one.
 */
function getsIn(
  gate: Gate,
  policies: readonly Rule[],
  { keeper, owned, address }: { keeper: Account; owned: readonly Owned[]; address: string },
): boolean {
  const here = { ...whoseRules(keeper), address };
  const { require, setUp, confirm, confirmWhenDown } = rulingFor(policies, { application: null, ...here });
  if (require === 'deny') return false;
  const rulings = rulingsAnywhere(policies, here);
  const standing = [...gate.methods.values()].filter(({ reliesOn }) => reliesOn === undefined);
  const mine = (id: string) => owned.find((one) => one.id === id);
  const have = standing
    .filter((method) => roleAnywhere(rulings, method) !== 'off')
    .flatMap((method) => mine(method.id) ?? (method.role === 'first' ? method : []))
    .map(({ best }) => best);
  // The code besides one factor is sent: nobody is asked for it who has two.
  if (confirm !== 'never' && confirmWhenDown === 'refuse' && worthHere(have) < 2) return false;
  const all = worthHere(owned.map(({ best }) => best));
  const { level } = demandOf(require, nothingMore, all);
  const settable =
    setUp === 'never' || all > worthHere(have)
      ? []
      : standing.filter((method) => roleAnywhere(rulings, method) === 'second');
  return worthHere(have) >= level || settable.some(({ best }) => worthHere([...have, best]) >= level);
}

/** One place inside each network that is named, and one outside all usual ones (RFC 5737, RFC 3849). */
const addressesIn = (policies: readonly Rule[]): readonly string[] => [
  ...policies.flatMap(({ when }) => (when.networks ?? []).map((network) => network.split('/')[0] ?? '')),
  '192.0.2.1',
  '2001:db8::1',
];

function unreached(policies: readonly Rule[]): readonly string[] {
  const all = policies.findIndex(({ when }) => Object.keys(when).length === 0);
  return policies
    .slice(all + 1)
    .map(({ name }) => `policies: ${name} is never reached, for ${policies[all]?.name} before it matches everybody`);
}

async function emptyGroups(handle: Handle, policies: readonly Rule[]): Promise<readonly string[]> {
  const groups = [...new Set(policies.flatMap(({ when }) => when.groups ?? []))];
  const warnings: string[] = [];
  for (const group of groups)
    if ((await listMembers(handle, group)).length === 0)
      warnings.push(`policies: nobody is in the group ${group} so far`);
  return warnings;
}

async function strangers(handle: Handle, policies: readonly Rule[]): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const name of new Set(policies.flatMap(({ when }) => when.people ?? [])))
    if ((await findAccountByName(handle, name)) === null) warnings.push(`policies: nobody is called ${name} so far`);
  return warnings;
}
