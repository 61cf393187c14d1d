import type { Group } from '../../core/scim/groups.ts';
import { dateOf } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Wanted } from '../../proving/provisioned-groups.ts';
import { Refused } from './errors.ts';
import { anchorsOf, plain, readFilter } from './filter.ts';
import type { Operation } from './patch.ts';
import { attributeOf, type Bag, bag, line, several } from './values.ts';

/** A group as a resource (RFC 7643, 4.2), and what a client says of it. */

export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export const tagOfGroup = ({ version }: Group): string => `W/"${version}"`;

/** @param members null: they were not asked for */
export function groupResource(base: string, group: Group, members: readonly AccountId[] | null): Bag {
  const { id, name, externalId, createdAt, changedAt } = group;
  return {
    schemas: [groupSchema],
    id,
    ...(externalId !== null && { externalId }),
    displayName: name,
    ...(members !== null && {
      members: members.map((value) => ({ value, $ref: `${base}/Users/${value}`, type: 'User' })),
    }),
    meta: {
      resourceType: 'Group',
      created: dateOf(createdAt).toISOString(),
      lastModified: dateOf(changedAt).toISOString(),
      location: `${base}/Groups/${id}`,
      version: tagOfGroup(group),
    },
  };
}

/** As it is, with nobody to come or to go. */
export const asItIs = ({ name, externalId }: Group): Wanted => ({ name, externalId, only: null, join: [], leave: [] });

const nameIn = (value: unknown): string => {
  const name = line('displayName', value, 128);
  if (name === null) throw new Refused('bad-value', 'displayName is required.');
  return name;
};

/** Groups are in no groups here. */
function peopleIn(value: unknown): readonly AccountId[] {
  return several(value).map((given) => {
    const one = bag('members', given);
    const id = attributeOf(one, 'value');
    if (String(attributeOf(one, 'type') ?? 'User').toLowerCase() !== 'user')
      throw new Refused('bad-value', 'Members are people: groups in groups are not kept here.');
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id))
      throw new Refused('bad-value', 'members.value is the id of somebody who is kept here.');
    return id as AccountId;
  });
}

/** What an object says of it; what is not kept is passed over. */
const said = (wanted: Wanted, given: Bag): Wanted =>
  Object.entries(given).reduce((so, [name, value]) => rows.get(plain(name))?.(so, value) ?? so, wanted);

const kept: Readonly<Record<string, (wanted: Wanted, value: unknown) => Wanted>> = {
  displayname: (wanted, value) => ({ ...wanted, name: nameIn(value) }),
  externalid: (wanted, value) => ({ ...wanted, externalId: line('externalId', value) }),
  members: (wanted, value) => ({ ...wanted, only: peopleIn(value), join: [], leave: [] }),
};
const rows = new Map(Object.entries(kept));

/** All of it said anew: who is not named is in it no more. */
export function groupIn(body: unknown): Wanted {
  const given = bag('the body', body);
  const name = nameIn(attributeOf(given, 'displayName'));
  return said({ name, externalId: null, only: [], join: [], leave: [] }, given);
}

/** One change after the other. */
export const patchedGroup = (wanted: Wanted, operations: readonly Operation[]): Wanted =>
  operations.reduce(
    (so, { op, path, value }) =>
      path === null ? addedOr(so, op, bag('the value', value)) : assigned(so, op, { path, value }),
    wanted,
  );

function assigned(wanted: Wanted, op: Operation['op'], { path, value }: { path: string; value: unknown }): Wanted {
  const [, attribute = '', filter] = /^([^[\]]+)(?:\[(.*)\])?(?:\.value)?$/.exec(plain(path.trim())) ?? [];
  if (attribute === 'members') return moved(wanted, op, filter === undefined ? value : named(path));
  const says = filter === undefined ? rows.get(attribute) : undefined;
  if (says === undefined) throw new Refused('bad-path');
  return says(wanted, op === 'remove' ? null : value);
}

/** Members in an object are added as they are by their path. */
function addedOr(wanted: Wanted, op: Operation['op'], given: Bag): Wanted {
  const members = attributeOf(given, 'members');
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => name.toLowerCase() !== 'members'));
  const so = said(wanted, others);
  return members === undefined ? so : moved(so, op, members);
}

function moved(wanted: Wanted, op: Operation['op'], value: unknown): Wanted {
  const people = peopleIn(value);
  if (op === 'replace') return { ...wanted, only: people, join: [], leave: [] };
  if (op === 'remove' && value === undefined) return { ...wanted, only: [], join: [], leave: [] };
  const rest = (ids: readonly AccountId[]) => ids.filter((id) => !people.includes(id));
  const [joins, leaves] = op === 'add' ? [people, []] : [[], people];
  if (wanted.only !== null) return { ...wanted, only: [...rest(wanted.only), ...joins] };
  return { ...wanted, join: [...rest(wanted.join), ...joins], leave: [...rest(wanted.leave), ...leaves] };
}

/** `members[value eq "…"]`, as a value. */
const named = (path: string): readonly Bag[] =>
  anchorsOf(readFilter(path.replace(/\.value$/, '')), ['members.value']).map(({ value }) => ({ value }));
