import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyDocument } from '../../src/core/policies/document.ts';
import { type Row, table } from '../../src/flow/table.ts';
import { triedOver } from '../../src/proving/policy-laws.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

/** A row of the flow fits otherwise, while it is tried whether that is noticed. */
async function mutated<Found>(name: string, when: Row['when'], look: () => Promise<Found>): Promise<Found> {
  const row = table.find((one) => one.name === name) ?? expect.fail();
  const before = row.when;
  Object.assign(row, { when });
  return look().finally(() => Object.assign(row, { when: before }));
}

const usual = { name: 'everybody', require: 'mfa-if-owned' };

describe.each(kinds)('the laws over a policy, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const broken = async (...policies: readonly object[]) => {
    const { gate } = sallyport.house;
    return (await triedOver(gate, policyDocument.parse({ policies }))).broken;
  };

  test.each<readonly object[]>([
    [usual],
    [{ name: 'all', require: 'sfa' }],
    [{ name: 'all', require: 'mfa', rememberDays: 30 }],
    [{ name: 'all', require: 'phr', setUp: 'never', help: 'Room 114.' }],
    [{ name: 'out', when: { networks: ['198.51.100.0/24'] }, require: 'deny' }, usual],
    [{ name: 'apps', when: { groups: ['ops'] }, require: 'mfa', methods: { second: ['totp'], backup: [] } }, usual],
    [{ name: 'all', require: 'sfa', confirm: 'each-sign-in' }],
  ])('%j keeps them', async (...policies) => {
    expect(await broken(...policies)).toEqual([]);
  });

  test('a rule that nobody could meet, whatever they have set up, is named', async () => {
    const stuck = expect.stringMatching(/^policies: far: nobody could pass/);
    expect(await broken({ name: 'far', when: { groups: ['ops'] }, require: 'phrh' }, usual)).toEqual([stuck]);
    const nothing = { second: [], backup: [] };
    expect(await broken({ name: 'far', require: 'phr', methods: nothing })).toEqual([stuck]);
    // Neither of the two is wrong by itself.
    const app = { name: 'app', when: { groups: ['ops'] }, require: 'mfa', methods: { second: ['totp'], backup: [] } };
    const place = { name: 'vault', when: { applications: ['vault'] }, require: 'phr' };
    expect(await broken(place, app, usual)).toEqual([
      expect.stringMatching(/^policies: vault, narrowed by app: nobody could pass/),
    ]);
  });

  test('of more rules than anybody waits for, each is tried by itself, and that is said', async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      name: `r${n}`,
      when: { groups: [`g${n}`], networks: [`10.${n}.0.0/16`], applications: [`a${n}`] },
      require: n === 7 ? 'phrh' : 'mfa',
    }));
    const { gate } = sallyport.house;
    const found = await triedOver(gate, policyDocument.parse({ policies: [...many, usual] }));
    expect(found).toEqual({ broken: [expect.stringMatching(/^policies: r7: nobody could pass/)], whole: false });
  });

  test('a flow that let somebody through with less, or chose for them, would be noticed', async () => {
    const rules = [{ name: 'all', require: 'mfa' }];
    const tried = async (row: string, when: Row['when']) => (await mutated(row, when, () => broken(...rules))).join();
    expect(await tried('let-through', ({ met }) => met)).toMatch(/law of the flow|pass with less/);
    expect(await tried('set-up-which', () => false)).toMatch(/law of the flow/);
    expect(await broken(...rules)).toEqual([]);
  });
});
