import type { Facts } from '../facts.ts';

/**
 * Every combination of facts: few enough to try them all instead of picking examples. Lists are as long as makes a
 * difference (none, one, several); level 4 is left out, as no row names a level: three of them have an order already.
 */
const choices: { readonly [Name in keyof Facts]: readonly Facts[Name][] } = {
  identified: [false, true],
  met: [false, true],
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
  returning: [null, 'app'],
  confirm: [
    null,
    ...[[], ['app'], ['app', 'saved']].map((by) => ({ by, anew: false })),
    ...[['new'], ['new', 'newer']].map((by) => ({ by, anew: true })),
  ],
  offers: [[], ['passkey'], ['passwordless'], ['passkey', 'passwordless']],
};

type Known = Readonly<Record<string, unknown>>;

/** Left out, as `gather` never says it, so that only the first value is tried. */
const unheardOf: { readonly [Name in keyof Facts]?: (known: Known) => boolean } = {
  // Nobody in particular has proven anything; and whoever proved nothing has reached nothing.
  met: ({ identified }) => identified === false,
  reached: ({ met }) => met === false,
  spare: ({ met }) => met === false,
  offers: ({ met, demandedBy }) => met === false || demandedBy === 'request',
  // Two factors need no code besides; nor does whoever has proven nothing.
  confirm: ({ met, reached }) => met === false || Number(reached) > 1,
  // Whoever has said who they are does not come back as somebody.
  returning: ({ identified }) => identified === true,
};

const valuesOf = (name: keyof Facts, known: Known): readonly unknown[] =>
  unheardOf[name]?.(known) === true ? choices[name].slice(0, 1) : choices[name];

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
    for (const value of valuesOf(name, record)) {
      record[name] = value;
      if (fill(i + 1)) return true;
    }
    return false;
  };
  fill(0);
  return count;
}
