import { type AccountId, findAccountByName } from '../../core/accounts/store.ts';
import { listGroupsOf } from '../../core/scim/groups.ts';
import { findKept, findKeptByExternalId, type Kept, listKept } from '../../core/scim/users.ts';
import type { House } from '../../house.ts';
import {
  changeProvisioned,
  eraseProvisioned,
  type Profile,
  profileOf,
  provisionPerson,
} from '../../proving/provisioning.ts';
import type { Handle } from '../../store/database.ts';
import { Refused, unhindered } from './errors.ts';
import { type Anchor, anchorsOf, fits, readFilter } from './filter.ts';
import { operationsIn } from './patch.ts';
import { isKnown, listed, mustMatch, pageIn, part, shown } from './shown.ts';
import { baseOf, type Call, type Called, type Query, type Reply } from './speak.ts';
import { newcomerIn, patched, replaced, tagIn, userResource } from './user.ts';
import type { Bag } from './values.ts';

/** People that a program keeps here: nobody else is seen by it. */

/** With the groups they are in. */
async function resourcesOf(house: House, handle: Handle, kept: readonly Kept[]): Promise<readonly Bag[]> {
  const groups = await listGroupsOf(
    handle,
    kept.map(({ account }) => account.id),
  );
  return kept.map((one) => userResource(baseOf(house), one, groups.get(one.account.id) ?? []));
}

async function resourceOf(house: House, handle: Handle, kept: Kept): Promise<Bag> {
  const [resource] = await resourcesOf(house, handle, [kept]);
  return resource ?? {};
}

const reply = (resource: Bag, query: Query): Reply => ({ body: shown(resource, query), tag: tagIn(resource) });

const list: Call = {
  scope: 'scim:read',
  async answer(house, { query }) {
    const { read } = house.gate.database;
    const { before, limit } = pageIn(query);
    const filter = query['filter'];
    const { total, page } =
      filter === undefined
        ? await everybody(house, read, { before, limit })
        : part(await filtered(house, read, String(filter)), { before, limit });
    return {
      body: listed(
        total,
        before,
        page.map((one) => shown(one, query)),
      ),
    };
  },
};

type Page = { readonly before: number; readonly limit: number };

async function everybody(house: House, read: Handle, page: Page) {
  const { total, kept } = await listKept(read, page);
  return { total, page: await resourcesOf(house, read, kept) };
}

/** By what somebody is found at once. */
const findable = ['id', 'username', 'emails.value', 'externalid'];

async function filtered(house: House, read: Handle, text: string): Promise<readonly Bag[]> {
  const filter = readFilter(text);
  const found = new Map<AccountId, Kept>();
  for (const anchor of anchorsOf(filter, findable)) {
    const kept = await lookUp(read, anchor);
    if (kept !== null) found.set(kept.account.id, kept);
  }
  const all = await resourcesOf(house, read, [...found.values()]);
  return all.filter((one) => fits(filter, one));
}

async function lookUp(read: Handle, { attribute, value }: Anchor): Promise<Kept | null> {
  if (attribute === 'id') return findKept(read, value as AccountId);
  if (attribute === 'externalid') return findKeptByExternalId(read, value);
  const account = await findAccountByName(read, value);
  return account === null ? null : findKept(read, account.id);
}

const create: Call = {
  scope: 'scim:write',
  async answer(house, { body, office, query }) {
    const kept = unhindered(await provisionPerson(house.gate, office, newcomerIn(body)));
    const resource = await resourceOf(house, house.gate.database.read, kept);
    return { ...reply(resource, query), status: 201, location: `${baseOf(house)}/Users/${kept.account.id}` };
  },
};

const read: Call = {
  scope: 'scim:read',
  async answer(house, called) {
    const handle = house.gate.database.read;
    const kept = await findKept(handle, idIn(called));
    if (kept === null) throw new Refused('gone');
    const resource = await resourceOf(house, handle, kept);
    const tag = tagIn(resource);
    return isKnown(called, tag) ? { status: 304, tag } : reply(resource, called.query);
  },
};

/** One of them, made into what is wanted of them, if it is as the client has seen it. */
const changing = (wanted: (profile: Profile, body: unknown) => Profile): Call => ({
  scope: 'scim:write',
  async answer(house, called) {
    const { gate } = house;
    const came = await changeProvisioned(gate, called.office, idIn(called), async (kept, tx) => {
      mustMatch(called, tagIn(await resourceOf(house, tx, kept)));
      return wanted(profileOf(kept), called.body);
    });
    return reply(await resourceOf(house, gate.database.read, unhindered(came)), called.query);
  },
});

const remove: Call = {
  scope: 'scim:write',
  async answer(house, called) {
    const came = await eraseProvisioned(house.gate, called.office, idIn(called), async (kept, tx) =>
      mustMatch(called, tagIn(await resourceOf(house, tx, kept))),
    );
    if (came !== 'done') throw new Refused(came);
    return {};
  },
};

const idIn = ({ params }: Called): AccountId => (params['id'] ?? '') as AccountId;

export const users = {
  list,
  create,
  read,
  replace: changing(replaced),
  patch: changing((profile, body) => patched(profile, operationsIn(body))),
  remove,
};
