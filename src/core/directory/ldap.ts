import type { Client, Entry as Found } from 'ldapts';
import type { Clock } from '../../kernel/clock.ts';
import type { Network } from '../../kernel/network.ts';
import { once } from '../../kernel/once.ts';
import { type Connections, openConnections } from './connection.ts';
import { attributesOf, type Entry, entryOf, kinds } from './entries.ts';
import type { DirectorySettings } from './settings.ts';

/** What is asked of a directory. Each @throws DirectoryDown when none of its servers answers. */
export interface Ldap extends Pick<Connections, 'binds'> {
  /** Who signs in by that name; nobody, where it is not clear who. */
  byName(typed: string): Promise<Entry | null>;
  /** By the id that nothing changes. */
  byId(id: string): Promise<Entry | null>;
  /** Everybody who may sign in, a page at a time. */
  everybody(): Promise<readonly Entry[]>;
  /** Under which nobody is: asked for whoever is not there. */
  readonly nobody: string;
}

type Filters = typeof import('ldapts');

/** Names go into filters as values, never as text: what is typed is compared, and means nothing (RFC 4515). */
export function openLdap(settings: DirectorySettings, network: Network, clock: Clock): Ldap {
  const kind = kinds[settings.kind];
  const library = once(() => import('ldapts'));
  const { asReader, binds } = openConnections(settings, network);

  return {
    binds,
    nobody: `cn=nobody at all,${settings.people}`,
    byName: (typed) =>
      asReader(async (client) => {
        const { EqualityFilter, OrFilter } = await library();
        const names = kind.names.map((attribute) => new EqualityFilter({ attribute, value: typed }));
        return onlyOne(await people(client, new OrFilter({ filters: names })));
      }),
    byId: (id) =>
      asReader(async (client) => {
        const { EqualityFilter } = await library();
        const value = kind.id.bytes ? Buffer.from(id, 'hex') : id;
        return onlyOne(await people(client, new EqualityFilter({ attribute: kind.id.attribute, value })));
      }),
    everybody: () => asReader((client) => people(client)),
  };

  async function people(client: Client, which?: InstanceType<Filters['Filter']>): Promise<readonly Entry[]> {
    const { AndFilter, EqualityFilter, FilterParser } = await library();
    const filters = [
      new EqualityFilter({ attribute: 'objectClass', value: kind.objectClass }),
      ...(which === undefined ? [] : [which]),
      ...(settings.filter === undefined ? [] : [FilterParser.parseString(settings.filter)]),
    ];
    const { searchEntries } = await client.search(settings.people, {
      scope: 'sub',
      filter: new AndFilter({ filters }),
      attributes: attributesOf(kind),
      explicitBufferAttributes: kind.id.bytes ? [kind.id.attribute] : [],
      paged: { pageSize: 500 },
    });
    const entries: Entry[] = [];
    for (const found of searchEntries) {
      const entry = entryOf(kind, found.dn, found, clock.now());
      if (entry !== null) entries.push({ ...entry, groups: await groupsOf(client, found.dn) });
    }
    return entries;
  }

  /** And the groups that those are in, however deep: each is asked for once, so that a circle ends. */
  async function groupsOf(client: Client, dn: string): Promise<readonly string[]> {
    const { groups } = settings;
    if (groups === undefined) return [];
    const known = new Map<string, string>();
    for (let level = [dn]; level.length > 0; ) {
      const found = (await holding(client, groups, level)).filter((group) => !known.has(group.dn));
      for (const group of found) known.set(group.dn, String(group['cn']));
      level = found.map((group) => group.dn);
    }
    return [...new Set(known.values())].sort();
  }

  async function holding(client: Client, groups: string, members: readonly string[]): Promise<readonly Found[]> {
    const { EqualityFilter, OrFilter } = await library();
    const filters = ['member', 'uniqueMember'].flatMap((attribute) =>
      members.map((value) => new EqualityFilter({ attribute, value })),
    );
    const wanted = { filter: new OrFilter({ filters }), attributes: ['cn'], paged: { pageSize: 500 } };
    return (await client.search(groups, { scope: 'sub', ...wanted })).searchEntries;
  }
}

const onlyOne = (entries: readonly Entry[]): Entry | null => (entries.length === 1 ? (entries[0] ?? null) : null);
