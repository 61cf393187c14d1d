import type { Facts } from '../facts.ts';

/**
 * Every combination of facts: few enough to try them all instead of picking examples. Lists are as long as makes a
 * difference (none, one, several); level 4 is left out, as no row names a level: three of them have an order already.
 */
const choices: { readonly [Name in keyof Facts]: readonly Facts[Name][] } = {
  met: [true, false],
  required: [1, 2, 3],
  demandedBy: ['policy', 'request'],
  reached: [0, 1, 2, 3],
  owned: [0, 1, 2, 3],
  denied: [false, true],
  blocked: [false, true],
  usable: [[], ['app'], ['key', 'app']],
  spare: [[], ['saved']],
  preferred: [null, 'app', 'saved'],
  chosen: [null, 'app', 'saved', 'new', 'newer', 'gone'],
  choosing: [false, true],
  fresh: [true, false],
  mayEnrol: [[], ['new'], ['new', 'newer']],
  wanted: [null, 'wanted'],
  duties: [[], ['keep-backup-codes']],
  identified: [true, false],
};

/** Left out, as `gather` never says it: something is reached though nothing was proven, or a spare is offered by then. */
const valuesOf = (name: keyof Facts, met: unknown): readonly unknown[] =>
  met === false && (name === 'reached' || name === 'spare') ? choices[name].slice(0, 1) : choices[name];

/** The same record is filled again and again: look at it, do not keep it. Ends early when `visit` says so. */
export function everyFacts(visit: (facts: Facts) => boolean): number {
  const names = Object.keys(choices) as (keyof Facts)[];
  const record: Record<string, unknown> = {};
  let count = 0;
  const fill = (i: number): boolean => {
    const name = names[i];
    if (name === undefined) {
      count += 1;
      return visit(record as unknown as Facts);
    }
    for (const value of valuesOf(name, record['met'])) {
      record[name] = value;
      if (fill(i + 1)) return true;
    }
    return false;
  };
  fill(0);
  return count;
}
