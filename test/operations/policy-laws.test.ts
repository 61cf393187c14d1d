import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { policyDocument } from '../../src/core/policies/document.ts';
import type { Facts } from '../../src/flow/facts.ts';
import type { Row } from '../../src/flow/table.ts';
import { brokenBy } from '../../src/proving/policy-laws.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

/** A row of the flow that is to say something else, while it is tried whether that is noticed. */
const mutant = vi.hoisted((): { row: string | null; when: (facts: Facts) => boolean } => ({
  row: null,
  when: () => false,
}));

vi.mock(import('../../src/flow/next-step.ts'), async (original) => {
  const { nextStep } = await original();
  const { table } = await import('../../src/flow/table.ts');
  const changed = (): readonly Row[] =>
    table.map((row) => (row.name === mutant.row ? { ...row, when: mutant.when } : row));
  return { nextStep: (facts: Facts) => nextStep(facts, changed()) };
});

const usual = { name: 'everybody', require: 'mfa-if-owned' };

describe.each(kinds)('the laws over a policy, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const broken = (...policies: readonly object[]) => {
    const { gate } = sallyport.house;
    return brokenBy(gate, policyDocument.parse({ policies })).broken;
  };

  test.each<readonly object[]>([
    [usual],
    [{ name: 'all', require: 'sfa' }],
    [{ name: 'all', require: 'mfa', rememberDays: 30 }],
    [{ name: 'all', require: 'phr', setUp: 'never', help: 'Room 114.' }],
    [{ name: 'out', when: { networks: ['198.51.100.0/24'] }, require: 'deny' }, usual],
    [{ name: 'apps', when: { groups: ['ops'] }, require: 'mfa', methods: { second: ['totp'], backup: [] } }, usual],
    [{ name: 'all', require: 'sfa', confirm: 'each-sign-in' }],
  ])('%j keeps them', (...policies) => {
    expect(broken(...policies)).toEqual([]);
  });

  test('a rule that nobody could meet, whatever they have set up, is named', () => {
    const stuck = expect.stringMatching(/^policies: far: nobody could pass/);
    expect(broken({ name: 'far', when: { groups: ['ops'] }, require: 'phrh' }, usual)).toEqual([stuck]);
    const nothing = { second: [], backup: [] };
    expect(broken({ name: 'far', require: 'phr', methods: nothing })).toEqual([stuck]);
  });

  test('a flow that let somebody through with less, or chose for them, would be noticed', () => {
    const rules = [{ name: 'all', require: 'mfa' }];
    const tried = (row: string, when: (facts: Facts) => boolean) => {
      Object.assign(mutant, { row, when });
      const found = broken(...rules).join();
      Object.assign(mutant, { row: null });
      return found;
    };
    expect(tried('let-through', ({ met }) => met)).toMatch(/law of the flow|pass with less/);
    expect(tried('set-up-which', () => false)).toMatch(/law of the flow/);
    expect(broken(...rules)).toEqual([]);
  });
});
