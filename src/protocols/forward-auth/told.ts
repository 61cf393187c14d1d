import type { House } from '../../house.ts';
import type { Original } from '../../http/original.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';
import { type Place, placeOf } from './place.ts';

/** The route is bound to a proxy, so it has told. */
export function told({ original }: Asked): Original {
  if (original === null) throw new Problem('bad-request', 'nothing is asked about');
  return original;
}

/** @throws Problem where it is no place; nobody's address is written down */
export function placeIn({ sites }: Pick<House, 'sites'>, original: { url: string; method: string }): Place {
  const place = placeOf(sites, original);
  if (place === null) throw new Problem('unknown-place');
  return place;
}

/** Does a person look at what is answered? A browser that does not say so says at least that it reads pages. */
export function isForPeople(original: Original): boolean {
  const mode = original.header('sec-fetch-mode');
  return mode === 'navigate' || (mode === '' && original.header('accept').includes('text/html'));
}
