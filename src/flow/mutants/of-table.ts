import type { Facts } from '../facts.ts';
import { type Row, table } from '../table.ts';

/** What could go wrong in the table. The laws, or the journeys, must notice each, but for those that change nothing. */
export interface TableMutant {
  readonly name: string;
  readonly rows: readonly Row[];
}

const without = ({ name }: Row): TableMutant => ({
  name: `without ${name}`,
  rows: table.filter((row) => row.name !== name),
});

const swapped = (row: Row, i: number): readonly TableMutant[] => {
  const next = table[i + 1];
  if (!next) return [];
  return [{ name: `${next.name} before ${row.name}`, rows: table.with(i, next).with(i + 1, row) }];
};

const weaker = (name: string, says: string, when: (f: Facts) => boolean): TableMutant => ({
  name: `${name} ${says}`,
  rows: table.map((row) => (row.name === name ? { ...row, when } : row)),
});

const ways = (f: Facts) => [...f.usable, ...f.spare];
const enough = (f: Facts) => f.identified && f.reached >= f.required;

// biome-ignore format: a mutant a line
const weakened: readonly TableMutant[] = [
  weaker('not-here',     'before the first proof',              (f) => f.denied),
  weaker('welcome-back', 'whoever said who they are',           (f) => f.returning !== null || (f.identified && f.met)),
  weaker('a-passkey',    'below what is required',              (f) => f.identified && f.reached > 0 && f.reached >= f.owned && f.fresh && f.wanted === null && f.offers.includes('passkey')),
  weaker('a-passkey',    'on less than is owned',               (f) => enough(f) && f.fresh && f.wanted === null && f.offers.includes('passkey')),
  weaker('a-passkey',    'on old proofs',                       (f) => enough(f) && f.reached > 0 && f.reached >= f.owned && f.wanted === null && f.offers.includes('passkey')),
  weaker('a-passkey',    'though none was found',               (f) => enough(f) && f.reached > 0 && f.reached >= f.owned && f.fresh && f.wanted === null),
  weaker('no-password',  'below what is required',              (f) => f.identified && f.reached > 0 && f.wanted === null && f.offers.includes('passwordless')),
  weaker('no-password',  'though it was not found',             (f) => enough(f) && f.wanted === null),
  weaker('usual-way',    'though something is proven',          (f) => f.usable.length > 1),
  weaker('keep-codes',   'below what is required',              (f) => f.reached > 0 && f.reached >= f.owned && f.fresh && f.duties.length > 0),
  weaker('keep-codes',   'on less than is owned',               (f) => enough(f) && f.fresh && f.duties.length > 0),
  weaker('keep-codes',   'on old proofs',                       (f) => enough(f) && f.reached >= f.owned && f.duties.length > 0),
  weaker('asked-for',    'below what is required',              (f) => f.reached > 0 && f.reached >= f.owned && f.fresh && f.wanted !== null),
  weaker('asked-for',    'on less than is owned',               (f) => enough(f) && f.fresh && f.wanted !== null),
  weaker('asked-for',    'on old proofs',                       (f) => enough(f) && f.reached >= f.owned && f.wanted !== null),
  weaker('let-through',  'below what is required',              (f) => f.reached > 0 && f.wanted === null),
  weaker('let-through',  'with a level less',                   (f) => f.reached + 1 >= f.required && f.wanted === null),
  weaker('let-through',  'without what was wanted',             enough),
  weaker('let-through',  'without the code besides',           (f) => enough(f) && f.wanted === null),
  weaker('confirm-it',   'below what is required',             (f) => f.wanted === null && f.confirm !== null && f.confirm.by.length > 0 && (!f.confirm.anew || (f.reached > 0 && f.reached >= f.owned && f.fresh))),
  weaker('confirm-it',   'set up on less than is owned',       (f) => enough(f) && f.wanted === null && f.confirm !== null && f.confirm.by.length > 0),
  weaker('confirm-it',   'in place of what was wanted',        (f) => enough(f) && f.confirm !== null && f.confirm.by.length > 0 && (!f.confirm.anew || (f.reached > 0 && f.reached >= f.owned && f.fresh))),
  weaker('confirm-it',   'by nothing',                         (f) => enough(f) && f.wanted === null && f.confirm !== null && (!f.confirm.anew || (f.reached > 0 && f.reached >= f.owned && f.fresh))),
  weaker('turn-away',    'before the first proof',              (f) => f.blocked),
  weaker('another-way',  'where there is none',                 (f) => f.choosing),
  weaker('another-way',  'only where there are several',        (f) => f.choosing && ways(f).length > 1),
  weaker('as-chosen',    'be it offered or not',                (f) => f.chosen !== null),
  weaker('as-chosen',    'but a spare',                         (f) => f.chosen !== null && f.usable.includes(f.chosen)),
  weaker('only-way',     'though there are others',             (f) => f.usable.length > 0),
  weaker('only-way',     'counting the spare',                  (f) => ways(f).length === 1 && f.usable.length === 1),
  weaker('as-last-time', 'be it offered or not',                (f) => f.preferred !== null),
  weaker('as-last-time', 'though it was a spare',               (f) => f.preferred !== null && ways(f).includes(f.preferred)),
  weaker('several-ways', 'though there is one',                 (f) => f.usable.length > 0),
  weaker('only-a-spare', 'never',                               () => false),
  weaker('set-up-which', 'though there is one',                 (f) => f.mayEnrol.length > 0 && f.reached > 0 && f.reached >= f.owned && f.fresh && (f.demandedBy === 'policy' || f.owned < 2)),
  weaker('set-up-which', 'past an owned second factor',         (f) => f.mayEnrol.length > 1 && f.reached > 0 && f.reached >= f.owned && f.fresh && !f.mayEnrol.includes(f.chosen ?? '')),
  weaker('set-up-which', 'on old proofs',                       (f) => f.mayEnrol.length > 1 && f.reached > 0 && f.reached >= f.owned && (f.demandedBy === 'policy' || f.owned < 2) && !f.mayEnrol.includes(f.chosen ?? '')),
  weaker('set-one-up',   'past an owned second factor',         (f) => f.mayEnrol.length > 0 && f.reached > 0 && f.reached >= f.owned && f.fresh),
  weaker('set-one-up',   'on less than is owned',               (f) => f.mayEnrol.length > 0 && f.reached > 0 && f.fresh && (f.demandedBy === 'policy' || f.owned < 2)),
  weaker('set-one-up',   'on nothing',                          (f) => f.mayEnrol.length > 0 && f.reached >= f.owned && f.fresh && (f.demandedBy === 'policy' || f.owned < 2)),
  weaker('set-one-up',   'on old proofs',                       (f) => f.mayEnrol.length > 0 && f.reached > 0 && f.reached >= f.owned && (f.demandedBy === 'policy' || f.owned < 2)),
  weaker('set-one-up',   'for the policy only',                 (f) => f.mayEnrol.length > 0 && f.reached > 0 && f.reached >= f.owned && f.fresh && f.demandedBy === 'policy'),
];

/** The row as another one, at the same place or before a neighbour. */
const instead = (name: string, says: string, change: Partial<Row>, before = name): TableMutant => {
  const row = table.find((one) => one.name === name);
  const rest = table.filter((one) => one !== row || name === before);
  return {
    name: `${name} ${says}`,
    rows: rest.flatMap((one) =>
      one.name !== before ? [one] : row ? [{ ...row, ...change }, ...(one === row ? [] : [one])] : [],
    ),
  };
};

// biome-ignore format: a mutant a line
const misled: readonly TableMutant[] = [
  instead('several-ways', 'without the spare',              { go: (f) => ({ screen: 'choose', methods: f.usable }) }),
  instead('several-ways', 'first of all, though there is one', { when: (f) => f.usable.length > 0 }, 'only-way'),
  instead('another-way',  'without the spare',              { go: (f) => ({ screen: 'choose', methods: f.usable }) }),
  instead('only-way',     'by the spare, if there is one',  { go: (f) => ({ screen: 'prove', method: f.spare[0] ?? f.usable[0] ?? '' }) }),
  instead('confirm-it',   'whatever was chosen',            { go: (f) => ({ screen: 'confirm', methods: f.confirm?.by ?? [], anew: f.confirm?.anew === true }) }),
  instead('confirm-it',   'by the first of them',           { go: (f) => ({ screen: 'confirm', methods: f.confirm?.by.slice(0, 1) ?? [], anew: f.confirm?.anew === true }) }),
  instead('confirm-it',   'by what is not owned',           { go: (f) => ({ screen: 'confirm', methods: f.confirm?.by ?? [], anew: true }) }),
  instead('asked-for',    'by what may be set up',          { go: (f) => ({ screen: 'enrol', method: f.mayEnrol[0] ?? f.wanted ?? '' }) }),
  instead('set-up-which', 'but the first of them',          { go: (f) => ({ screen: 'choose-new', methods: f.mayEnrol.slice(1) }) }),
  instead('set-one-up',   'by what was wanted',             { go: (f) => ({ screen: 'enrol', method: f.wanted ?? f.mayEnrol[0] ?? '' }) }),
  instead('set-one-up',   'by the first that may',          { go: (f) => ({ screen: 'enrol', method: f.mayEnrol[0] ?? '' }) }),
  instead('set-one-up',   'by the last that may',           { go: (f) => ({ screen: 'enrol', method: f.mayEnrol.at(-1) ?? '' }) }),
];

export const tableMutants: readonly TableMutant[] = [
  ...table.map(without),
  ...table.flatMap(swapped),
  ...weakened,
  ...misled,
];
