import { isMailAddress, isUsername } from '../../core/accounts/names.ts';
import type { Group } from '../../core/scim/groups.ts';
import type { Kept, Names } from '../../core/scim/users.ts';
import { dateOf } from '../../kernel/clock.ts';
import type { Profile } from '../../proving/provisioning.ts';
import { Refused } from './errors.ts';
import { fits, plain, readFilter } from './filter.ts';
import type { Operation } from './patch.ts';
import { tagOf } from './shown.ts';
import { attributeOf, type Bag, bag, line, several, truth } from './values.ts';

/** Somebody as a resource (RFC 7643, 4.1), and what a client says of them. */

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** @param base where resources are, without a slash at the end */
export function userResource(
  base: string,
  { account, externalId, names, changedAt }: Kept,
  groups: readonly Group[],
): Bag {
  const { id, username, email, createdAt, disabledAt } = account;
  const at = (kind: string, one: string) => `${base}/${kind}/${one}`;
  const { display, formatted, given, family } = names;
  const name = {
    ...(formatted !== null && { formatted }),
    ...(given !== null && { givenName: given }),
    ...(family !== null && { familyName: family }),
  };
  const resource = {
    schemas: [userSchema],
    id,
    ...(externalId !== null && { externalId }),
    userName: username,
    ...(Object.keys(name).length > 0 && { name }),
    ...(display !== null && { displayName: display }),
    ...(email !== null && { emails: [{ value: email, type: 'work', primary: true }] }),
    active: disabledAt === null,
    groups: groups.map((group) => ({
      value: group.id,
      $ref: at('Groups', group.id),
      display: group.name,
      type: 'direct',
    })),
    meta: {
      resourceType: 'User',
      created: dateOf(createdAt).toISOString(),
      lastModified: dateOf(Math.max(changedAt, disabledAt ?? 0) as typeof changedAt).toISOString(),
      location: at('Users', id),
    },
  };
  return { ...resource, meta: { ...resource.meta, version: tagOf(resource) } };
}

export const tagIn = (resource: Bag): string => (resource['meta'] as { version: string }).version;

/** Nobody yet. */
const nobody: Profile = {
  username: '',
  email: null,
  externalId: null,
  names: { display: null, formatted: null, given: null, family: null },
  active: true,
};

type Says = (profile: Profile, value: unknown) => Profile;
const called =
  (part: keyof Names, name: string): Says =>
  (profile, value) => ({ ...profile, names: { ...profile.names, [part]: line(name, value, 128) } });

/** Each attribute that is kept, by its path, and what it says of somebody. */
const kept: Readonly<Record<string, Says>> = {
  username: (profile, value) => ({ ...profile, username: username(value) }),
  externalid: (profile, value) => ({ ...profile, externalId: line('externalId', value) }),
  displayname: called('display', 'displayName'),
  'name.formatted': called('formatted', 'name.formatted'),
  'name.givenname': called('given', 'name.givenName'),
  'name.familyname': called('family', 'name.familyName'),
  name: (profile, value) =>
    value === null
      ? { ...profile, names: { ...profile.names, formatted: null, given: null, family: null } }
      : Object.entries(bag('name', value)).reduce(
          (so, [part, one]) => rows.get(`name.${part.toLowerCase()}`)?.(so, one) ?? so,
          profile,
        ),
  active: (profile, value) => ({ ...profile, active: truth('active', value) }),
  emails: (profile, value) => ({ ...profile, email: chosen(value, profile.email) ?? profile.email }),
  'emails.value': (profile, value) => ({ ...profile, email: address(value) ?? profile.email }),
};

const rows: ReadonlyMap<string, Says> = new Map(Object.entries(kept));

/** Of the core schema and its extension for enterprises (RFC 7643, 4.1 and 4.3): what is not kept here is left out of answers. */
const notKept = new RegExp(
  `^(${[
    'id|schemas|meta|groups|nickname|profileurl|title|usertype|preferredlanguage|locale|timezone|phonenumbers|ims|photos',
    'addresses|entitlements|roles|x509certificates|name\\.(middlename|honorificprefix|honorificsuffix)|emails\\.(type|primary|display)',
    'urn:ietf:params:scim:schemas:extension:enterprise:2\\.0:user',
  ].join('|')})([.:].*)?$`,
);

function username(value: unknown): string {
  const name = line('userName', value, 64) ?? '';
  if (isUsername(name)) return name;
  throw new Refused('bad-value', 'userName has 1 to 64 characters and no spaces.');
}

function address(value: unknown): string | null {
  const text = line('emails.value', value);
  if (text === null || isMailAddress(text)) return text;
  throw new Refused('bad-value', 'emails.value is no mail address.');
}

/** There is one address here: the primary one, or the one at work. Another is taken where there is none yet. */
function chosen(value: unknown, now: string | null): string | null {
  const all = several(value).map((one) => (typeof one === 'string' ? { value: one } : bag('emails', one)));
  const isPrimary = (one: Bag) => [true, 'true', 'True'].includes(attributeOf(one, 'primary') as never);
  const isWork = (one: Bag) => ['work', undefined, null].includes(attributeOf(one, 'type') as never);
  const one = all.find(isPrimary) ?? all.find(isWork) ?? (now === null ? all[0] : undefined);
  return one === undefined ? null : address(attributeOf(one, 'value'));
}

/** Passwords are people's own. What is sent with somebody new stands in for one (Okta always sends it), and is not looked at. */
function mustHoldNoPassword(given: Bag): void {
  if (attributeOf(given, 'password') === undefined) return;
  throw new Refused('immutable', 'Passwords are not set here: turn the synchronisation of passwords off.');
}

/** What an object says, by all attributes in it; others than those that are kept are passed over (RFC 7644, 3.3). */
function said(profile: Profile, given: Bag): Profile {
  return Object.entries(given).reduce(
    (so, [name, value]) =>
      name.includes('[') ? assigned(so, name, value) : (rows.get(plain(name))?.(so, value) ?? so),
    profile,
  );
}

export function newcomerIn(body: unknown): Profile {
  return whole(said(nobody, bag('the body', body)));
}

function whole(profile: Profile): Profile {
  if (profile.username === '') throw new Refused('bad-value', 'userName is required.');
  return profile;
}

/** Everything is said anew: what is left out is nothing any more, but that they are in, and their address, which stays. */
export function replaced({ email, active }: Profile, body: unknown): Profile {
  mustHoldNoPassword(bag('the body', body));
  return whole(said({ ...nobody, email, active }, bag('the body', body)));
}

/** One value of one attribute. */
function assigned(profile: Profile, path: string, value: unknown): Profile {
  const [, attribute = '', filter, part = ''] = /^([^[\]]+?)(?:\[(.*)\])?(\.[\w$]+)?$/.exec(plain(path.trim())) ?? [];
  mustHoldNoPassword({ [attribute]: value });
  if (filter !== undefined) {
    if (attribute !== 'emails') return passedOver(profile, attribute);
    if (!isOurs(path, profile)) return profile;
  }
  const says = rows.get(`${attribute}${part}`);
  return says === undefined ? passedOver(profile, `${attribute}${part}`) : says(profile, value);
}

function passedOver(profile: Profile, attribute: string): Profile {
  if (!notKept.test(attribute)) throw new Refused('bad-path', `There is no attribute ${attribute.slice(0, 100)}.`);
  return profile;
}

/** Is it the one address that is kept, of those that the path tells apart? */
function isOurs(path: string, { email }: Profile): boolean {
  const filter = /\[(.*)\]/.exec(path)?.[1] ?? '';
  return fits(readFilter(filter), { value: email ?? '', type: 'work', primary: true }, 'emails');
}

/** One change after the other. */
export const patched = (profile: Profile, operations: readonly Operation[]): Profile =>
  operations.reduce((so, { op, path, value }) => {
    if (op === 'remove') return removed(so, path ?? '');
    if (path !== null) return assigned(so, path, value);
    const given = bag('the value', value);
    mustHoldNoPassword(given);
    return said(so, given);
  }, profile);

function removed(profile: Profile, path: string): Profile {
  if (/^(username|active)$/.test(plain(path))) throw new Refused('immutable', `${path} is always there.`);
  return assigned(profile, path, null);
}
