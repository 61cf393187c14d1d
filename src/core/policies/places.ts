import { edgesOf, insideAny } from '../../kernel/networks.ts';
import type { Circumstances } from './policy.ts';
import type { Rule } from './settings.ts';

/** Who stands where, as far as rules tell people and places apart. */
export type Whom = Pick<Circumstances, 'username' | 'groups'>;
export type Where = Pick<Circumstances, 'application' | 'address'>;

/**
 * Everywhere: at no application and at each that is named; at each edge of a network, outside all, and where nobody can tell. Of
 * those that are in the same networks, the first.
 * @param more applications that something else tells apart
 */
export function wheresIn(rules: readonly Rule[], more: readonly string[] = []): readonly Where[] {
  const applications = [null, ...distinct([...rules.flatMap(({ when }) => when.applications ?? []), ...more])];
  const networks = distinct(rules.flatMap(({ when }) => when.networks ?? []));
  const addresses = toldApart(['0.0.0.0', '::', ...networks.flatMap(edgesOf)], networks).concat(unreadable);
  return applications.flatMap((application) => addresses.map((address) => ({ application, address })));
}

const unreadable = 'unknown';

function toldApart(addresses: readonly string[], networks: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const address of addresses) {
    const inside = networks.filter((network) => insideAny([network], address)).join();
    if (!first.has(inside)) first.set(inside, address);
  }
  return [...first.values()];
}

/** More of both together than this nobody waits for. */
export const most = 20_000;

/** Everybody: each name that is known and one that is not, in none of the groups, one, or up to three at once. */
export function whomsIn(rules: readonly Rule[], atOnce: 1 | 3 = 3): readonly Whom[] {
  const names = [null, ...distinct(rules.flatMap(({ when }) => when.people ?? []))];
  const groups = distinct(rules.flatMap(({ when }) => when.groups ?? []));
  const some = atOnce === 1 ? [[], ...groups.map((one) => [one])] : upToThree(groups);
  return names.flatMap((username) => some.map((groups) => ({ username, groups })));
}

const upToThree = (groups: readonly string[]): readonly (readonly string[])[] => [
  [],
  ...groups.flatMap((first, i) => [
    [first],
    ...groups
      .slice(i + 1)
      .flatMap((second, j) => [[first, second], ...groups.slice(i + j + 2).map((third) => [first, second, third])]),
  ]),
];

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];
