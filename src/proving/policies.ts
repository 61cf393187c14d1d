import { type AccountId, findAccount, findAccountByName, listHolders, listMembers } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import type { Policy } from '../core/policies/document.ts';
import type { Rule } from '../core/policies/settings.ts';
import { addVersion, findLatest } from '../core/policies/store.ts';
import { type Weaker, weakerIn } from '../core/policies/weaker.ts';
import { isRole, may } from '../core/roles/roles.ts';
import { unhurried } from '../kernel/timers.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { listKeepers, waysIn } from './keepers.ts';
import { host, type Office, spendLeave } from './office.ts';
import { Outrun } from './outrun.ts';
import { type Tried, triedOver } from './policy-laws.ts';

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

/** Puts a policy in force, for every decision from now on. @throws Outrun when whoever does it may not any more */
export async function applyPolicy(gate: Gate, office: Office, { policy, after }: Next): Promise<Applied> {
  const tried = await triedOver(gate, policy);
  return gate.database.transaction(async (tx) => {
    const { mistakes, warnings } = await weighPolicy(tx, gate, policy, tried);
    if (mistakes.length > 0) return { is: 'refused', mistakes };
    if (!(await putInForce(tx, gate, office, { policy, after })))
      return { is: 'outrun', version: await findLatest(tx) };
    await mustBeTheirs(tx, gate, office);
    return { is: 'applied', version: after + 1, warnings };
  });
}

interface Next {
  readonly policy: Policy;
  /** The version it was made from. */
  readonly after: number;
}

/** It is asked again where it comes into force: of a person, who has to have the office at this moment, and leave to spend. */
async function mustBeTheirs(tx: Transaction, gate: Gate, office: Office): Promise<void> {
  const { actor: id, program } = office;
  if (id === host.actor || program !== undefined) return;
  const actor = await findAccount(tx, id as AccountId);
  if (actor === null || actor.disabledAt !== null || !may(actor, 'change-policy')) throw new Outrun();
  await spendLeave(tx, gate, office);
}

/** Written down, and not weighed. @returns false: another one came into force since the one it was made from */
export async function putInForce(
  tx: Transaction,
  gate: Gate,
  { actor, address, reason }: Office,
  { policy, after }: Next,
): Promise<boolean> {
  if (!(await addVersion(tx, gate, { after, author: actor, policy }))) return false;
  const detail = { version: after + 1, ...(reason !== undefined && { reason }) };
  await addEntry(tx, gate, { event: 'policy.changed', account: null, actor, address, detail });
  return true;
}

/** What less is asked of anybody than before: whoever puts it in force says that it is meant. */
export const weakerThan = ({ methods }: Pick<Gate, 'methods'>, both: Both): Promise<readonly Weaker[]> =>
  unhurried(weakerIn({ ...both, natures: [...methods.values()] }));

/** What is before, and what comes after. */
export interface Both {
  readonly before: Policy;
  readonly after: Policy;
}

/**
 * One weighing for all who put a policy in force: a page, a program, a file.
 * @param tried what the flow's laws say of it: inside a transaction, asked before that began
 */
export async function weighPolicy(handle: Handle, gate: Gate, policy: Policy, tried?: Tried): Promise<Weighed> {
  const { policies } = policy;
  if (policies.every(({ require }) => require === 'deny'))
    return { mistakes: ['policies: every rule denies: nobody could sign in'], warnings: [] };
  const keepers = await listKeepers(handle);
  const open: boolean[] = [];
  for (const keeper of keepers) open.push(...(await waysIn(handle, gate, policies, keeper)));
  if (keepers.length > 0 && !open.includes(true)) return { mistakes: [shutOut], warnings: [] };
  const { broken, whole } = tried ?? (await triedOver(gate, policy));
  if (broken.length > 0) return { mistakes: broken, warnings: [] };
  return {
    mistakes: [],
    warnings: [
      ...(keepers.length === 0 ? ['there is no administrator whom it could shut out'] : []),
      ...(open.includes(false)
        ? ['policies: some administrators could not sign in from everywhere by themselves']
        : []),
      ...(whole ? [] : ['policies: too much is told apart to try all of it: each rule was tried by itself']),
      ...unreached(policies),
      ...(await emptyGroups(handle, policies)),
      ...(await strangers(handle, policies)),
    ],
  };
}

const shutOut =
  'policies: no administrator could sign in to their own pages by what needs neither mail nor SMS nor a provider';

function unreached(policies: readonly Rule[]): readonly string[] {
  const all = policies.findIndex(({ when }) => Object.keys(when).length === 0);
  return policies
    .slice(all + 1)
    .map(({ name }) => `policies: ${name} is never reached, for ${policies[all]?.name} before it matches everybody`);
}

async function emptyGroups(handle: Handle, policies: readonly Rule[]): Promise<readonly string[]> {
  const groups = [...new Set(policies.flatMap(({ when }) => when.groups ?? []))];
  const warnings: string[] = [];
  for (const group of groups) {
    const members = isRole(group) ? await listHolders(handle, group) : await listMembers(handle, group);
    if (members.length === 0) warnings.push(`policies: nobody is in the group ${group} so far`);
  }
  return warnings;
}

async function strangers(handle: Handle, policies: readonly Rule[]): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const name of new Set(policies.flatMap(({ when }) => when.people ?? [])))
    if ((await findAccountByName(handle, name)) === null) warnings.push(`policies: nobody is called ${name} so far`);
  return warnings;
}
