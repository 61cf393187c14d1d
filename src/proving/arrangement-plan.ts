import { canonical } from '../core/accounts/canonical.ts';
import { type Account, findAccountByName, listHolders } from '../core/accounts/store.ts';
import { type Change, changesOfPolicy, come, gone, other } from '../core/arrangement/changes.ts';
import type { Arrangement } from '../core/arrangement/document.ts';
import type { Policy } from '../core/policies/document.ts';
import type { Role } from '../core/roles/roles.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Handle } from '../store/database.ts';
import { isKeptElsewhere, listOurs, markOf, numbered } from './arranged.ts';
import type { Gate } from './gate.ts';

/** Somebody, and what they are by the document. */
export interface Move {
  readonly person: Account;
  readonly role: Role | null;
  readonly groups: readonly string[];
}

/** What a document comes to, where everything stands as it does. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly moves: readonly Move[];
  readonly policy: { readonly was: Policy; readonly is: Policy; readonly version: number; readonly changes: boolean };
  /** What it changes and was not made from. */
  readonly outrun: readonly string[];
  readonly mistakes: readonly string[];
}

/** Whoever holds one role, or is in one group: by now, and by the document. */
interface List {
  readonly kind: 'role' | 'group';
  readonly name: string;
  readonly now: readonly Account[];
  readonly wanted: readonly Account[];
  readonly mistakes: readonly string[];
  readonly outrun: boolean;
}

export async function planOf(handle: Handle, gate: Gate, wanted: Arrangement): Promise<Plan> {
  const { version, policy: was } = await numbered(handle, gate);
  const is = wanted.policy ?? was;
  const ofPolicy = changesOfPolicy(was, is);
  const lists = await listsOf(handle, gate, wanted);
  const moves = movesBy(lists);
  return {
    changes: [...ofPolicy, ...moves.flatMap(changesOfMove)],
    moves,
    policy: { was, is, version, changes: ofPolicy.length > 0 },
    outrun: [
      ...(ofPolicy.length > 0 && wanted.madeFrom.policy !== version ? [`policy: version ${version} is in force`] : []),
      ...lists.filter(({ outrun }) => outrun).map(({ kind, name }) => `${kind} ${name}`),
    ],
    mistakes: lists.flatMap(({ mistakes }) => mistakes),
  };
}

async function listsOf(handle: Handle, gate: Gate, { madeFrom, roles, groups }: Arrangement): Promise<readonly List[]> {
  const lists: List[] = [];
  for (const [name, people] of Object.entries(roles))
    lists.push(
      await listOf(
        handle,
        { kind: 'role', name, people, from: madeFrom.roles?.[name as Role] },
        await listHolders(handle, name as Role),
      ),
    );
  for (const [name, people] of Object.entries(groups)) {
    const list = await listOf(
      handle,
      { kind: 'group', name, people, from: madeFrom.groups?.[name] },
      await listOurs(handle, gate, name),
    );
    lists.push({ ...list, mistakes: [...list.mistakes, ...(await keptElsewhere(handle, gate, list))] });
  }
  return lists;
}

interface Given extends Pick<List, 'kind' | 'name'> {
  readonly people: readonly string[];
  /** What the list was known by when the document was made. */
  readonly from: string | undefined;
}

async function listOf(handle: Handle, { kind, name, people, from }: Given, now: readonly Account[]): Promise<List> {
  const byName = new Map(now.map((one) => [canonical(one.username), one]));
  const wanted = new Map<AccountId, Account>();
  const mistakes: string[] = [];
  for (const called of people) {
    const found = byName.get(canonical(called)) ?? (await findAccountByName(handle, called));
    if (found !== null && canonical(found.username) === canonical(called)) wanted.set(found.id, found);
    else mistakes.push(`${kind} ${name}: nobody has the user name ${called}`);
  }
  const same = wanted.size === now.length && now.every(({ id }) => wanted.has(id));
  return { kind, name, now, wanted: [...wanted.values()], mistakes, outrun: !same && from !== markOf(now) };
}

async function keptElsewhere(handle: Handle, gate: Gate, { name, now, wanted }: List): Promise<readonly string[]> {
  const mistakes: string[] = [];
  for (const { id, username } of wanted)
    if (!now.some((one) => one.id === id) && (await isKeptElsewhere(handle, gate, id)))
      mistakes.push(`group ${name}: ${username} is kept elsewhere, and put in groups there`);
  return mistakes;
}

/** Only those who are to be somebody else. Whoever loses one role and is given another has the other. */
function movesBy(lists: readonly List[]): readonly Move[] {
  const moves = new Map<AccountId, Move>();
  const move = (person: Account, change: (was: Move) => Partial<Move>) => {
    const was = moves.get(person.id) ?? { person, role: person.role, groups: person.groups };
    moves.set(person.id, { ...was, ...change(was) });
  };
  for (const { kind, name, now, wanted } of lists) {
    const stays = new Set(wanted.map(({ id }) => id));
    for (const one of now)
      if (!stays.has(one.id))
        move(one, ({ role, groups }) =>
          kind === 'role'
            ? { role: role === name ? null : role }
            : { groups: groups.filter((group) => group !== name) },
        );
    for (const one of wanted)
      move(one, ({ groups }) =>
        kind === 'role' ? { role: name as Role } : { groups: groups.includes(name) ? groups : [...groups, name] },
      );
  }
  return [...moves.values()].filter(
    ({ person, role, groups }) => person.role !== role || person.groups.join('\n') !== groups.join('\n'),
  );
}

const changesOfMove = ({ person, role, groups }: Move): readonly Change[] => [
  ...changesOfRole(person, role),
  ...person.groups
    .filter((group) => !groups.includes(group))
    .map((group) => gone(`group ${group}: ${person.username}`)),
  ...groups
    .filter((group) => !person.groups.includes(group))
    .map((group) => come(`group ${group}: ${person.username}`)),
];

function changesOfRole({ username, role: was }: Account, role: Role | null): readonly Change[] {
  if (was === role) return [];
  if (was === null) return [come(`role ${role}: ${username}`)];
  return [role === null ? gone(`role ${was}: ${username}`) : other(`role of ${username}`, was, role)];
}
