import { type Account, listHolders, listMembers } from '../core/accounts/store.ts';
import type { Arrangement } from '../core/arrangement/document.ts';
import { namedIn } from '../core/policies/condition.ts';
import type { Policy } from '../core/policies/document.ts';
import { findLatest, findVersion } from '../core/policies/store.ts';
import { isRole, roles } from '../core/roles/roles.ts';
import { findKept } from '../core/scim/users.ts';
import type { AccountId } from '../kernel/ids.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Handle } from '../store/database.ts';
import type { Gate } from './gate.ts';

/** The policy in force, and its number; 0: the configuration's. */
export async function numbered(handle: Handle, gate: Gate): Promise<{ version: number; policy: Policy }> {
  const version = await findLatest(handle);
  const found = version === 0 ? null : await findVersion(handle, version);
  return { version, policy: found?.policy ?? (await gate.policy(handle)) };
}

/** Do others say in which groups they are: a directory, or a program that keeps them (`docs/scim.md`)? */
export const isKeptElsewhere = async (handle: Handle, { directory }: Gate, id: AccountId): Promise<boolean> =>
  (await directory.find(handle, id)) !== null || (await findKept(handle, id)) !== null;

/** Who is in a group by our word. Whoever is kept elsewhere is put in groups there. */
export async function listOurs(handle: Handle, gate: Gate, group: string): Promise<readonly Account[]> {
  const ours: Account[] = [];
  for (const one of await listMembers(handle, group))
    if (!(await isKeptElsewhere(handle, gate, one.id))) ours.push(one);
  return ours;
}

/** What a list of people is known by: another one as soon as somebody comes, goes, or is called otherwise. */
export const markOf = (people: readonly Account[]): string =>
  hashOf(JSON.stringify(people.map(({ id, username }) => `${id} ${username}`).sort())).slice(0, 16);

/** All of it as it stands: of the groups those that rules name, and these. */
export async function readArranged(handle: Handle, gate: Gate, more: readonly string[]): Promise<Arrangement> {
  const { version, policy } = await numbered(handle, gate);
  const holders = await each(roles, (role) => listHolders(handle, role));
  const members = await each(groupsNamedIn(policy, more), (group) => listOurs(handle, gate, group));
  return {
    madeFrom: { policy: version, roles: mapped(holders, markOf), groups: mapped(members, markOf) },
    policy,
    roles: mapped(holders, namesOf),
    groups: mapped(members, namesOf),
  };
}

/** By which something is decided; a role is a group to the rules, and none of these. */
const groupsNamedIn = ({ policies }: Policy, more: readonly string[]): readonly string[] => {
  const named = policies.flatMap(({ when, passwordless, passkeys }) => [
    ...(when.groups ?? []),
    ...[passwordless?.when, passkeys.when].flatMap((condition) =>
      condition === undefined ? [] : namedIn(condition).groups,
    ),
  ]);
  return [...new Set([...named, ...more])].filter((group) => !isRole(group)).sort();
};

const namesOf = (people: readonly Account[]): string[] => people.map(({ username }) => username).sort();

type Lists<Name extends string> = ReadonlyMap<Name, readonly Account[]>;

async function each<Name extends string>(
  names: readonly Name[],
  list: (name: Name) => Promise<readonly Account[]>,
): Promise<Lists<Name>> {
  const lists = new Map<Name, readonly Account[]>();
  for (const name of names) lists.set(name, await list(name));
  return lists;
}

const mapped = <Name extends string, Value>(
  lists: Lists<Name>,
  of: (people: readonly Account[]) => Value,
): Record<Name, Value> =>
  Object.fromEntries([...lists].map(([name, people]) => [name, of(people)])) as Record<Name, Value>;
