import {
  findGroup,
  findGroupByExternalId,
  findGroupByName,
  type Group,
  type GroupId,
  listAmong,
  listGroups,
  listGroupsOf,
  listMembers,
} from '../../core/scim/groups.ts';
import type { House } from '../../house.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { changeGroup, dissolveGroup, most, provisionGroup, type Wanted } from '../../proving/provisioned-groups.ts';
import type { Handle } from '../../store/database.ts';
import { Refused, unhindered } from './errors.ts';
import { type Anchor, anchorsOf, comparedIn, fits, readFilter } from './filter.ts';
import { asItIs, groupIn, groupResource, patchedGroup, tagOfGroup } from './group.ts';
import { operationsIn } from './patch.ts';
import { isKnown, isWanted, listed, mustMatch, pageIn, part, shown } from './shown.ts';
import { baseOf, type Call, type Called, type Query, type Reply } from './speak.ts';
import type { Bag } from './values.ts';

/** Groups that a program made here. */

/** With its members, unless the query does without. @throws Refused where they are too many to be told */
async function resourceOf(house: House, group: Group, query: Query): Promise<Bag> {
  if (!isWanted(query, 'members')) return shown(groupResource(baseOf(house), group, null), query);
  const members = await listMembers(house.gate.database.read, group.id, most + 1);
  if (members.length > most)
    throw new Refused(
      'too-many',
      `More than ${most} people are in ${group.name}: ask with excludedAttributes=members.`,
    );
  return shown(groupResource(baseOf(house), group, members), query);
}

const list: Call = {
  scope: 'scim:read',
  async answer(house, { query }) {
    const { read } = house.gate.database;
    const page = pageIn(query);
    const filter = query['filter'];
    const { total, page: groups } =
      filter === undefined ? await everyGroup(read, page) : part(await filtered(house, read, String(filter)), page);
    const resources: Bag[] = [];
    for (const group of groups) resources.push(await resourceOf(house, group, query));
    return { body: listed(total, page.before, resources) };
  },
};

async function everyGroup(read: Handle, page: ReturnType<typeof pageIn>) {
  const { total, groups } = await listGroups(read, page);
  return { total, page: groups };
}

/** By what a group is found at once. */
const findable = ['id', 'displayname', 'externalid', 'members.value'];

async function filtered(house: House, read: Handle, text: string): Promise<readonly Group[]> {
  const filter = readFilter(text);
  const found = new Map<GroupId, Group>();
  for (const anchor of anchorsOf(filter, findable))
    for (const group of await lookUp(read, anchor)) found.set(group.id, group);
  // Who is in it is looked up for those alone whom the filter names.
  const asked = comparedIn(filter).filter(({ attribute }) => attribute === 'members.value');
  if (asked.some(({ op }) => op !== 'eq')) throw new Refused('bad-filter', 'Members are asked for with eq.');
  const people = asked.map(({ value }) => String(value));
  const fitting: Group[] = [];
  for (const group of found.values()) {
    const members = await listAmong(read, group.id, people);
    if (fits(filter, groupResource(baseOf(house), group, members))) fitting.push(group);
  }
  return fitting;
}

async function lookUp(read: Handle, { attribute, value }: Anchor): Promise<readonly Group[]> {
  if (attribute === 'members.value')
    return (await listGroupsOf(read, [value as AccountId])).get(value as AccountId) ?? [];
  const finders = { id: findGroup, displayname: findGroupByName, externalid: findGroupByExternalId };
  const group = await finders[attribute as keyof typeof finders](read, value as GroupId);
  return group === null ? [] : [group];
}

const create: Call = {
  scope: 'scim:write',
  async answer(house, { body, office, query }) {
    const group = unhindered(await provisionGroup(house.gate, office, groupIn(body)));
    const location = `${baseOf(house)}/Groups/${group.id}`;
    return { body: await resourceOf(house, group, query), status: 201, tag: tagOfGroup(group), location };
  },
};

const read: Call = {
  scope: 'scim:read',
  async answer(house, called) {
    const group = await findGroup(house.gate.database.read, idIn(called));
    if (group === null) throw new Refused('gone');
    const tag = tagOfGroup(group);
    if (isKnown(called, tag)) return { status: 304, tag };
    return { body: await resourceOf(house, group, called.query), tag };
  },
};

/** It, made into what is wanted of it, if it is as the client has seen it. */
const changed = async (house: House, called: Called, wanted: (now: Wanted) => Wanted): Promise<Group> =>
  unhindered(
    await changeGroup(house.gate, called.office, idIn(called), (group) => {
      mustMatch(called, tagOfGroup(group));
      return wanted(asItIs(group));
    }),
  );

const replace: Call = {
  scope: 'scim:write',
  async answer(house, called) {
    const group = await changed(house, called, () => groupIn(called.body));
    return { body: await resourceOf(house, group, called.query), tag: tagOfGroup(group) };
  },
};

/** Who is in it is not told again, unless attributes are asked for (RFC 7644, 3.5.2): they may be many. */
const patch: Call = {
  scope: 'scim:write',
  async answer(house, called): Promise<Reply> {
    const group = await changed(house, called, (now) => patchedGroup(now, operationsIn(called.body)));
    const tag = tagOfGroup(group);
    if (called.query['attributes'] === undefined) return { tag };
    return { body: await resourceOf(house, group, called.query), tag };
  },
};

const remove: Call = {
  scope: 'scim:write',
  async answer(house, called) {
    const came = await dissolveGroup(house.gate, called.office, idIn(called), (group) =>
      mustMatch(called, tagOfGroup(group)),
    );
    if (came !== 'done') throw new Refused(came);
    return {};
  },
};

const idIn = ({ params }: Called): GroupId => (params['id'] ?? '') as GroupId;

export const groups = { list, create, read, replace, patch, remove };
