import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute or so: begun last, it would run alone at the end while the other core has nothing to do. */
const long = [
  'scenarios/every-page',
  'flow/mutants',
  'crash/kills',
  'scenarios/u-6-tracker',
  'scenarios/m-8-duo',
  'operations/tokens',
  'scenarios/m-3-security-key',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.includes(name));
  return place < 0 ? long.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
