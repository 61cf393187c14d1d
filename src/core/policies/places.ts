import { edgesOf } from '../../kernel/networks.ts';
import type { Circumstances } from './policy.ts';
import type { Rule } from './settings.ts';

/** Who stands where, as far as rules tell people and places apart. */
export type Whom = Pick<Circumstances, 'username' | 'groups'>;
export type Where = Pick<Circumstances, 'application' | 'address'>;

/**
 * Everywhere: at no application and at each that is named; at each edge of a network, outside all, and where nobody can tell.
 * @param more applications that something else tells apart
 */
export function wheresIn(rules: readonly Rule[], more: readonly string[] = []): readonly Where[] {
  const applications = [null, ...distinct([...rules.flatMap(({ when }) => when.applications ?? []), ...more])];
  const edges = rules.flatMap(({ when }) => when.networks ?? []).flatMap(edgesOf);
  const addresses = distinct(['0.0.0.0', '::', ...edges, unreadable]);
  return applications.flatMap((application) => addresses.map((address) => ({ application, address })));
}

const unreadable = 'unknown';

/** Everybody: each name that is known and one that is not, in up to three of the groups at once. */
export function whomsIn(rules: readonly Rule[]): readonly Whom[] {
  const names = [null, ...distinct(rules.flatMap(({ when }) => when.people ?? []))];
  const some = upToThree(distinct(rules.flatMap(({ when }) => when.groups ?? [])));
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
