import { open, type Place, seal } from '../kernel/seal.ts';
import type { Means } from './means.ts';

/** What a method remembers between two pages, by name. */
export type Memo = Map<string, string>;

/** Of all methods that had a page: each finds its own, and nobody else's. */
export type Memos = Map<string, Memo>;

export function memoOf(memos: Memos, method: string): Memo {
  const memo = memos.get(method) ?? new Map<string, string>();
  memos.set(method, memo);
  return memo;
}

/** As text: to be sealed, and to tell whether anything has changed. */
export const memoText = (memos: ReadonlyMap<string, ReadonlyMap<string, string>>): string => {
  const kept = [...memos].filter(([, memo]) => memo.size > 0);
  return kept.length === 0 ? '' : JSON.stringify(kept.map(([method, memo]) => [method, [...memo]]));
};

/** Kept sealed, and as nothing at all where there is nothing. */
export function sealMemos({ ring, chance }: Means, place: Place, memos: Memos): string {
  const text = memoText(memos);
  return text === '' ? '' : seal(ring, chance, place, text);
}

export function openMemos({ ring }: Means, place: Place, sealed: string): Memos {
  if (sealed === '') return new Map();
  const kept = JSON.parse(open(ring, place, sealed)) as [string, [string, string][]][];
  return new Map(kept.map(([method, memo]) => [method, new Map(memo)]));
}
