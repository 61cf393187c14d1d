import { beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from './facts.ts';
import { gather } from './gather.ts';
import { faultsOf } from './journeys/actors.ts';
import { situationOf } from './journeys/situation.ts';
import { explore, type Flow } from './journeys/walk.ts';
import { worlds } from './journeys/worlds.ts';
import { everyFacts } from './laws/every-facts.ts';
import { same, tryAll } from './laws/laws.ts';
import { gatherMutants } from './mutants/of-gather.ts';
import { type TableMutant, tableMutants } from './mutants/of-table.ts';
import { nextStep } from './next-step.ts';
import { type Row, table } from './table.ts';

/** A law that nothing can break says nothing: here the flow is broken on purpose, and somebody has to notice. */

// biome-ignore format: a reason a line
const secondGuards: Readonly<Record<string, string>> = {
  'a request passes for the policy':      'where a request may not be answered so, nothing that may be set up was found either',
};
// biome-ignore format: a reason a line
const sameScreens: Readonly<Record<string, string>> = {
  'not-here before who-are-you':          'whoever is nobody in particular has proven nothing, and is not told',
  'a-passkey before asked-for':           'one is for who wants something, the other for who does not',
  'as-last-time before only-way':         'the one that was used last is the only one',
  'another-way before no-code':           'one is for who has a way left, the other for who has none',
  'several-ways though there is one':     'the only one was asked for three rows above',
};

const ours: Flow = { read: situationOf, gather, nextStep };
// Neighbours are alike: taken with strides, a fault is met sooner.
const stride = 149;
const inOrder = worlds();
const all = Array.from({ length: stride }, (_, first) => inOrder.filter((_, n) => n % stride === first)).flat();

/** The first fault in the first world that has one. */
function firstFault(flow: Flow, among = all): string | null {
  for (const world of among) for (const fault of faultsOf(world, flow)) return fault;
  return null;
}

/** Some here and there: what is broken shows in many combinations, and mostly in one of these. */
const some: Facts[] = [];
let n = 0;
everyFacts((facts) => {
  if (n++ % 101 === 0) some.push({ ...facts });
  return false;
});
const someFacts: typeof everyFacts = (visit) => some.findIndex(visit);

const lawBrokenBy = (rows: readonly Row[], every = someFacts): string | null => {
  try {
    const { broken } = tryAll(every, (facts) => nextStep(facts, rows));
    return broken !== null || every === everyFacts ? broken : lawBrokenBy(rows, everyFacts);
  } catch (failure) {
    return String(failure);
  }
};

describe('what is gathered wrong is noticed on some journey', () => {
  for (const { name, ...change } of gatherMutants.filter((mutant) => !(mutant.name in secondGuards)))
    test(name, { timeout: 300_000 }, () => expect(firstFault({ ...ours, ...change })).not.toBeNull());
});

test('every fact is gathered wrong by somebody', { timeout: 300_000 }, () => {
  const wrong = new Set<string>();
  const situations = all.slice(0, 60).flatMap((world) => explore(world, ours).map(({ at }) => situationOf(world, at)));
  const right = situations.map((situation) => Object.entries(gather(situation)));
  for (const mutant of gatherMutants.map(({ gather: other }) => other).filter((other) => other !== undefined))
    for (const [at, situation] of situations.entries()) {
      const others = mutant(situation);
      const unseen = (right[at] ?? []).filter(([name]) => !wrong.has(name));
      for (const [name, fact] of unseen)
        if (JSON.stringify(fact) !== JSON.stringify(others[name as keyof Facts])) wrong.add(name);
    }
  expect([...wrong].sort()).toEqual(Object.keys(gather(situations[0] ?? expect.fail())).sort());
});

describe('what is gathered wrong, but guarded twice, is not', () => {
  for (const [name, reason] of Object.entries(secondGuards))
    test(`${name}: ${reason}`, { timeout: 300_000 }, () => {
      const mutant = gatherMutants.find((one) => one.name === name);
      expect(mutant).toBeDefined();
      expect(firstFault({ ...ours, ...mutant }, all.slice(0, 100))).toBeNull();
    });
});

describe('a table that says something else breaks a law', () => {
  for (const { name, rows } of tableMutants.filter((mutant) => !(mutant.name in sameScreens)))
    test(name, { timeout: 300_000 }, () => expect(lawBrokenBy(rows)).not.toBeNull());
});

/** Where it says something else: a row above decides still, and one below, if the rows between only changed places. */
function withPlaces(mutant: TableMutant): TableMutant & { first: number; last: number } {
  const differs = (row: Row, at: number) => row !== table[at];
  const isReordered = mutant.rows.length === table.length && mutant.rows.every((row) => table.includes(row));
  const last = isReordered ? mutant.rows.findLastIndex(differs) : table.length;
  return { ...mutant, first: mutant.rows.findIndex(differs), last };
}

describe('a table that shows the same screens is the same', () => {
  const differing = new Set<string>();
  beforeAll(() => {
    const candidates = tableMutants.filter(({ name }) => name in sameScreens).map(withPlaces);
    everyFacts((facts) => {
      const { step, row } = nextStep(facts);
      const at = table.indexOf(row);
      for (const { name, rows, first, last } of candidates)
        if (at >= first && at <= last && !same(step, nextStep(facts, rows).step)) differing.add(name);
      return differing.size > 0;
    });
  }, 300_000);
  for (const [name, reason] of Object.entries(sameScreens))
    test(`${name}: ${reason}`, () => {
      expect(tableMutants.map((mutant) => mutant.name)).toContain(name);
      expect([...differing]).not.toContain(name);
    });
});
