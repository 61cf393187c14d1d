import { canonical } from '../core/accounts/canonical.ts';
import { isCarried, saveGroups } from '../core/accounts/listing.ts';
import type { AccountId } from '../core/accounts/store.ts';
import { addEntries } from '../core/audit/store.ts';
import { isRole } from '../core/roles/roles.ts';
import {
  addGroup,
  addMembers,
  findGroup,
  findGroupByExternalId,
  findGroupByName,
  type Group,
  type GroupId,
  listAmong,
  listMembers,
  removeGroup,
  removeMembers,
  saveGroup,
} from '../core/scim/groups.ts';
import { oneProgramAtATime } from '../core/scim/shelves.ts';
import { newId } from '../kernel/ids.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { type Office, record } from './office.ts';
import { findAllHeld } from './provisioning.ts';

/**
 * Groups that a program makes here, and who is in them: people it keeps (`docs/adr/0043`). To rules and applications they are
 * groups like all others, so none takes the name of one that is somebody's already, or of a role.
 */

export interface Wanted {
  readonly name: string;
  readonly externalId: string | null;
  /** These and nobody else; null: whoever is in it, with those who join and without those who leave. */
  readonly only: readonly AccountId[] | null;
  readonly join: readonly AccountId[];
  readonly leave: readonly AccountId[];
}

/**
 * `gone`: there is no such group; `taken`: its name or its external id is another's; `office`: somebody it concerns has a role;
 * `stranger`: somebody who is to join is not kept by a program; `too-many`: it would change more people than at once.
 */
export type Hindrance = 'gone' | 'taken' | 'office' | 'stranger' | 'too-many';

/** So many people are changed at once, and told of at once. */
export const most = 10_000;

export const provisionGroup = (gate: Gate, office: Office, wanted: Wanted): Promise<Group | Hindrance> =>
  whole(gate, async (tx) => {
    await mustBeFree(tx, null, wanted);
    const now = gate.clock.now();
    const { name, externalId } = wanted;
    const group = { id: newId<'group'>(gate.chance), name, externalId, version: 1, createdAt: now, changedAt: now };
    await addGroup(tx, group);
    await tell(tx, gate, office, { event: 'group.added', group: name });
    await changeMembers(tx, gate, office, { group, wanted });
    return group;
  });

/** @param weigh what is to become of it: it throws where nothing is */
export const changeGroup = (
  gate: Gate,
  office: Office,
  id: GroupId,
  weigh: (group: Group) => Wanted,
): Promise<Group | Hindrance> =>
  whole(gate, async (tx) => {
    const group = await findGroup(tx, id);
    if (group === null) throw new Hindered('gone');
    const wanted = weigh(group);
    await mustBeFree(tx, group, wanted);
    const isNamed = group.name !== wanted.name || group.externalId !== wanted.externalId;
    const changed = await changeMembers(tx, gate, office, { group, wanted });
    if (!isNamed && changed === 0) return group;
    if (isNamed) await tell(tx, gate, office, { event: 'group.changed', group: wanted.name, before: group.name });
    await saveGroup(tx, id, { ...wanted, changedAt: gate.clock.now() });
    return (await findGroup(tx, id)) ?? group;
  });

/** Its members are in it no more; they stay. @param weigh throws where it is to stay */
export const dissolveGroup = (
  gate: Gate,
  office: Office,
  id: GroupId,
  weigh: (group: Group) => void,
): Promise<'done' | Hindrance> =>
  whole<'done'>(gate, async (tx) => {
    const group = await findGroup(tx, id);
    if (group === null) throw new Hindered('gone');
    weigh(group);
    await changeMembers(tx, gate, office, { group, wanted: { ...group, only: [], join: [], leave: [] } });
    await removeGroup(tx, id);
    await tell(tx, gate, office, { event: 'group.removed', group: group.name });
    return 'done';
  });

/** Thrown, so that whatever was done before goes back. */
class Hindered extends Error {
  override readonly name = 'Hindered';
  readonly by: Hindrance;
  constructor(by: Hindrance) {
    super(by);
    this.by = by;
  }
}

async function whole<Result>(gate: Gate, work: (tx: Transaction) => Promise<Result>): Promise<Result | Hindrance> {
  try {
    return await gate.database.transaction(async (tx) => {
      await oneProgramAtATime(tx);
      return work(tx);
    });
  } catch (failure) {
    if (failure instanceof Hindered) return failure.by;
    throw failure;
  }
}

/** A group that people carry whom no program keeps is theirs: whoever joined it would be taken for one of them. */
async function mustBeFree(tx: Transaction, group: Group | null, { name, externalId }: Wanted): Promise<void> {
  const isNew = group === null || canonical(group.name) !== canonical(name);
  if (isNew && (isRole(canonical(name)) || (await isCarried(tx, name)) || (await findGroupByName(tx, name)) !== null))
    throw new Hindered('taken');
  const owner = externalId === null ? null : await findGroupByExternalId(tx, externalId);
  if (owner !== null && owner.id !== group?.id) throw new Hindered('taken');
}

interface Change {
  readonly group: Group;
  readonly wanted: Wanted;
}

/** So many people go to the database at once. */
const batch = 500;

/** @returns how many people were changed */
async function changeMembers(tx: Transaction, gate: Gate, office: Office, { group, wanted }: Change): Promise<number> {
  const { all, joins, leaves } = await moved(tx, group, wanted);
  const rest = group.name === wanted.name ? [] : all.filter((id) => !leaves.has(id));
  const step = (what: Step['what']) => (id: AccountId) => ({ id, what });
  const steps = [...[...joins].map(step('joined')), ...[...leaves].map(step('left')), ...rest.map(step('renamed'))];
  if (steps.length > most) throw new Hindered('too-many');
  // In one order, or two would wait for each other.
  const ordered = steps.sort((one, other) => (one.id < other.id ? -1 : 1));
  for (let from = 0; from < ordered.length; from += batch)
    await changeSome(tx, gate, office, { group, wanted, steps: ordered.slice(from, from + batch) });
  return steps.length;
}

interface Step {
  readonly id: AccountId;
  readonly what: 'joined' | 'left' | 'renamed';
}

async function changeSome(
  tx: Transaction,
  gate: Gate,
  { actor, address }: Office,
  { group, wanted, steps }: Change & { readonly steps: readonly Step[] },
): Promise<void> {
  const idsOf = (...what: readonly Step['what'][]) =>
    steps.filter((step) => what.includes(step.what)).map(({ id }) => id);
  const held = await findAllHeld(tx, idsOf('joined', 'left', 'renamed'));
  if (typeof held === 'string') throw new Hindered(held === 'gone' ? 'stranger' : held);
  const leaving = new Set(idsOf('left'));
  const named = held.map(({ account: { id, groups } }) => {
    const others = groups.filter((name) => name !== group.name);
    return { id, groups: leaving.has(id) ? others : [...others, wanted.name] };
  });
  await saveGroups(tx, named);
  await addMembers(tx, group.id, idsOf('joined'));
  await removeMembers(tx, group.id, [...leaving]);
  const told = steps.map(({ id, what }) => ({ account: id, detail: { group: wanted.name, what } }));
  await addEntries(
    tx,
    gate,
    told.map((one) => ({ ...one, event: 'account.changed', actor, address })),
  );
}

/** Who is in it, who is not yet, and who is not to be any more. */
async function moved(tx: Transaction, group: Group, { name, only, join, leave }: Wanted) {
  if (only === null && name === group.name) {
    const among = new Set(await listAmong(tx, group.id, [...join, ...leave]));
    return { all: [], joins: without(join, among), leaves: new Set(leave.filter((id) => among.has(id))) };
  }
  const all = await listMembers(tx, group.id, most + 1);
  if (all.length > most) throw new Hindered('too-many');
  const are = new Set(all);
  if (only === null) return { all, joins: without(join, are), leaves: new Set(leave.filter((id) => are.has(id))) };
  return { all, joins: without(only, are), leaves: without(all, new Set(only)) };
}

const without = (some: readonly AccountId[], others: ReadonlySet<AccountId>): ReadonlySet<AccountId> =>
  new Set(some.filter((id) => !others.has(id)));

const tell = (
  tx: Transaction,
  gate: Gate,
  office: Office,
  { event, ...detail }: { event: 'group.added' | 'group.changed' | 'group.removed'; group: string; before?: string },
): Promise<void> => record(tx, gate, office, { event, account: null, detail });
