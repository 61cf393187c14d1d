import { open, type Place, seal } from '../kernel/seal.ts';
import type { Means } from './means.ts';

/** What is remembered between two pages, by name: kept sealed, and as nothing at all where there is nothing. */
export const sealMemo = ({ ring, chance }: Means, place: Place, memo: ReadonlyMap<string, string>): string =>
  memo.size === 0 ? '' : seal(ring, chance, place, JSON.stringify([...memo]));

export const openMemo = ({ ring }: Means, place: Place, sealed: string): Map<string, string> =>
  new Map(sealed === '' ? [] : (JSON.parse(open(ring, place, sealed)) as [string, string][]));
