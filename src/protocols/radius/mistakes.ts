import { readFileSync } from 'node:fs';
import { edgesOf, insideAny, isNetwork } from '../../kernel/networks.ts';
import { type RadiusClient, type RadiusSettings, shortest } from './settings.ts';

/** What is wrong with who may ask, beside everything else. @param applications ids that policies may name */
export function radiusMistakes(radius: RadiusSettings | undefined, applications: readonly string[]): readonly string[] {
  if (radius === undefined) return [];
  const { clients } = radius;
  return [
    ...clients.flatMap(({ id, application = id }) =>
      applications.includes(application) ? [] : [`radius.clients: ${id}: there is no application ${application}`],
    ),
    ...clients.flatMap((one, at) =>
      clients
        .slice(at + 1)
        .flatMap((other) =>
          overlap(one, other)
            ? [`radius.clients: ${one.id} and ${other.id} may ask from the same address: whose secret is it?`]
            : [],
        ),
    ),
    ...clients.flatMap(({ id, secretFile }) => (secretFile === undefined ? [] : fileMistake(id, secretFile))),
  ];
}

const overlap = (one: RadiusClient, other: RadiusClient): boolean => standsIn(one, other) || standsIn(other, one);

/** Of two networks one is in the other, or they have nothing in common. */
const standsIn = (inner: RadiusClient, outer: RadiusClient): boolean =>
  inner.networks.some((network) =>
    insideAny(outer.networks, isNetwork(network) ? (edgesOf(network)[0] ?? '') : network),
  );

function fileMistake(id: string, file: string): readonly string[] {
  try {
    const { length } = readFileSync(file, 'utf8').trimEnd();
    return length < shortest ? [`radius.clients: ${id}: ${file} must hold at least ${shortest} characters`] : [];
  } catch {
    return [`radius.clients: ${id}: ${file} cannot be read`];
  }
}
