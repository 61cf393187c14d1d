import type { AtPlace, Key } from './store.ts';

/** The domains that keys may belong to: today's first, then those from before Sallyport moved, the last one first. */
export type Places = readonly [today: string, ...former: readonly string[]];

type Placed = Pick<Key, 'kind' | 'rpId'>;

/** A key from the days of U2F goes by an address of its own, and is asked for wherever we are. */
export const placeOf = ({ kind, rpId }: Placed, [today]: Places): string => (kind === 'u2f' ? today : rpId);

export const isOfToday = (key: Placed, places: Places): boolean => placeOf(key, places) === places[0];

/** May it still be answered with? */
export const isTaken = (key: Placed, places: Places): boolean => places.includes(placeOf(key, places));

interface Place<One> {
  readonly rpId: string;
  readonly keys: readonly One[];
}

/**
 * Somebody's keys by place, those to be asked for first in front: a browser is asked for the keys of one place at a time
 * (WebAuthn 3, 5.5, rpId). Never empty.
 */
export function byPlace<One extends Placed>(
  keys: readonly One[],
  places: Places,
): readonly [Place<One>, ...Place<One>[]] {
  const [first, ...others] = places
    .map((rpId) => ({ rpId, keys: keys.filter((key) => placeOf(key, places) === rpId) }))
    .filter((place) => place.keys.length > 0);
  return [first ?? { rpId: places[0], keys: [] }, ...others];
}

/** What whoever runs the house is told of keys that belong elsewhere. */
export const worriesAbout = (found: readonly AtPlace[], places: Places): readonly string[] =>
  found
    .filter(({ rpId }) => rpId !== places[0])
    .map(({ rpId, people }) => {
      const who = `${people} ${people === 1 ? 'person has' : 'people have'} keys that belong to ${rpId}, not to ${places[0]}`;
      return places.includes(rpId)
        ? `${who}; they are asked for until one of today’s takes their place`
        : `${who}, and no browser shows them: set methods.webauthn.rpId, or name it in formerRpIds`;
    });
