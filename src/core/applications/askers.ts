import { edgesOf, insideAny, isNetwork } from '../../kernel/networks.ts';

/** Somebody who asks from where they stand, for an application. */
interface Asking {
  readonly id: string;
  readonly networks: readonly string[];
  readonly application?: string | undefined;
}

/** What is wrong with who may ask. @param applications ids that policies may name */
export const askingMistakes = (
  where: string,
  clients: readonly Asking[],
  applications: readonly string[],
): readonly string[] => [
  ...clients.flatMap(({ id, application = id }) =>
    applications.includes(application) ? [] : [`${where}: ${id}: there is no application ${application}`],
  ),
  ...clients.flatMap((one, at) =>
    clients
      .slice(at + 1)
      .filter((other) => standsIn(one, other) || standsIn(other, one))
      .map((other) => `${where}: ${one.id} and ${other.id} may ask from the same address: which is it?`),
  ),
];

/** Of two networks one is in the other, or they have nothing in common. */
const standsIn = (inner: Asking, outer: Asking): boolean =>
  inner.networks.some((network) =>
    insideAny(outer.networks, isNetwork(network) ? (edgesOf(network)[0] ?? '') : network),
  );
