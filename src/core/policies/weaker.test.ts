import { describe, expect, test } from 'vitest';
import { edgesOf } from '../../kernel/networks.ts';
import { type Policy, policyDocument } from './document.ts';
import { type Circumstances, rulingFor } from './policy.ts';
import { type Rule, requirements } from './settings.ts';
import { type Both, toldOf, weakerFor, weakerIn } from './weaker.ts';

const natures: Both['natures'] = [
  { id: 'password', role: 'first' },
  { id: 'app', role: 'second' },
  { id: 'key', role: 'second' },
  { id: 'mail', role: 'second', onlyWhereNamed: true },
  { id: 'codes', role: 'backup' },
];
/** What comes of it in the end. */
function endOf<Result>(work: Generator<void, Result, void>): Result {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
const everybody = { name: 'everybody', require: 'mfa' };
const policy = (...policies: object[]): Policy => policyDocument.parse({ policies });
const weaker = (before: Policy, after: Policy) => endOf(weakerIn({ before, after, natures })).map(toldOf);

describe('a policy is weaker', () => {
  const sparing = (more: object = {}) => ({ passwordless: { methods: ['app'], ...more } });
  test.each<[string, object, object]>([
    ['asks for less', {}, { require: 'sfa' }],
    ['remembers a device for longer', { rememberDays: 1 }, { rememberDays: 2 }],
    ['takes another method', { methods: { second: ['key'] } }, { methods: { second: ['key', 'mail'] } }],
    ['counts another method for more', {}, { countsForStepUp: ['mail'] }],
    ['goes on without a password', {}, sparing()],
    ['goes on without a password', sparing({ when: { group: 'a' } }), sparing()],
    ['goes on without a password', sparing({ when: { group: 'a' } }), sparing({ when: { group: 'b' } })],
    ['counts a synced passkey for more', { passkeys: { syncedAlone: 'sfa' } }, {}],
    ['asks for a code besides less often', { confirm: 'each-sign-in' }, { confirm: 'new-browser' }],
    [
      'lets people in while no code can be sent',
      { confirm: 'each-sign-in' },
      { confirm: 'each-sign-in', confirmWhenDown: 'postpone' },
    ],
    ['lets people set up more', { setUp: 'never' }, { setUp: 'when-asked' }],
  ])('that %s', (what, then, now) => {
    const [before, after] = [policy({ ...everybody, ...then }), policy({ ...everybody, ...now })];
    expect(weaker(before, after)).toEqual([expect.stringContaining(`${what}: rule everybody`)]);
    expect(weaker(after, before).filter((line) => line.startsWith(`${what}:`))).toEqual(
      what === 'goes on without a password' && JSON.stringify(now).includes('"b"') ? [expect.anything()] : [],
    );
  });

  test.each([
    [{ sessions: { oneFactor: { idle: 60_000 } } }, {}, 'sessions.oneFactor.idle'],
    [{}, { sessions: { twoFactors: { idle: 7_200_000 } } }, 'sessions.twoFactors.idle'],
    [{ guessing: { lockAfter: 5 } }, {}, 'guessing.lockAfter'],
    [{}, { guessing: { within: 60_000 } }, 'guessing.within'],
    [{}, { support: { sharedWithAdministrators: true } }, 'support.sharedWithAdministrators'],
  ])('by a number of %j', (then, now, name) => {
    const parse = (more: object) => policyDocument.parse({ policies: [everybody], ...more });
    expect(weaker(parse(then), parse(now))).toEqual([expect.stringContaining(name)]);
    expect(weaker(parse(now), parse(then))).toEqual([]);
  });

  test('by whatever no row knows', () => {
    const more = { ...policy(everybody), doors: { open: 1 } };
    expect(weaker(policy(everybody), more)).toEqual(['doors.open: none -> 1']);
    expect(weaker(more, more)).toEqual([]);
  });

  test('by a rule that comes before, for those alone whom it is for', () => {
    const office = { name: 'office', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' };
    expect(weaker(policy(everybody), policy(office, everybody))).toEqual([
      'asks for less: rule office, where it was everybody (anybody on their own pages from 10.0.0.0)',
    ]);
    expect(weaker(policy(office, everybody), policy(everybody))).toEqual([]);
  });

  test('also where only the inside of another network is', () => {
    const inner = { name: 'inner', when: { networks: ['10.0.0.0/16'] }, require: 'mfa' };
    const office = { name: 'office', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' };
    expect(weaker(policy(inner, everybody), policy(inner, office, everybody))).toEqual([
      expect.stringContaining('from 10.1.0.0'),
    ]);
  });

  test('not by what it says of those whom it denies', () => {
    expect(weaker(policy(everybody), policy({ ...everybody, require: 'deny', rememberDays: 9 }))).toEqual([]);
  });

  test('for whoever is somebody else to it: who joins a group that a condition opens something to', () => {
    const opened = policy({
      ...everybody,
      ...sparing({ when: { anyOf: [{ group: 'desk' }, { network: '10.0.0.0/8' }] } }),
    });
    const both = { before: opened, after: opened, natures };
    const step = (was: string[], is: string[]) => [
      { was: { username: 'ann', groups: was }, is: { username: 'ann', groups: is } },
    ];
    expect(endOf(weakerFor(both, step([], ['desk']))).map(toldOf)).toEqual([
      expect.stringContaining('goes on without a password'),
    ]);
    expect(endOf(weakerFor(both, step(['desk'], [])))).toEqual([]);
    const strict = policy({ name: 'desk', when: { groups: ['desk'] }, require: 'phr' }, everybody);
    expect(endOf(weakerFor({ ...both, before: strict, after: strict }, step(['desk'], []))).map(toldOf)).toEqual([
      'asks for less: rule everybody, where it was desk (ann on their own pages from 0.0.0.0)',
    ]);
  });

  test('where too much changed to tell', () => {
    const groups = Array.from({ length: 60 }, (_, n) => ({
      name: `g${n}`,
      when: { groups: [`g${n}`] },
      require: 'phr',
    }));
    expect(weaker(policy(everybody), policy(...groups, everybody))).toEqual([
      expect.stringContaining('too much changes'),
    ]);
  });
});

/** Numbers that look like chance, and are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

test('of any two policies, whoever is asked less anywhere is found, in however many groups they are', () => {
  const groups = ['a', 'b', 'c', 'd', 'e'];
  const networks = ['10.0.0.0/8', '10.0.0.0/16', '10.9.0.0/16', '2001:db8::/32'];
  const addresses = ['10.0.0.1', '10.5.0.0', '10.9.3.3', '192.0.2.1', '2001:db8::5', '::1', 'unknown'];
  let found = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const roll = dice(seed);
    const some = (values: readonly string[]) => values.filter(() => roll(3) === 0);
    const rule = (name: string) => {
      const when = {
        groups: some(groups),
        networks: some(networks),
        people: some(['ann', 'bob']),
        applications: some(['wiki']),
      };
      const named = Object.entries(when).filter(([, values]) => values.length > 0 && roll(2) === 0);
      const more = roll(2) === 0 ? { rememberDays: roll(4) } : { methods: { second: some(['app', 'key', 'mail']) } };
      return { name, when: Object.fromEntries(named), require: requirements[roll(6)], ...more };
    };
    const rules = () => [rule('1'), rule('2'), rule('3'), { ...rule('last'), when: {} }];
    const [before, after] = [policy(...rules()), policy(...rules())];
    const isFound = weaker(before, after).length > 0;
    const circumstances: Circumstances[] = [...Array(32).keys()].flatMap((bits) =>
      addresses.flatMap((address) =>
        [null, 'wiki'].flatMap((application) =>
          [null, 'ann', 'zed'].map((username) => ({
            address,
            application,
            username,
            groups: groups.filter((_, n) => bits & (1 << n)),
          })),
        ),
      ),
    );
    const isLess = circumstances.some((at) => asksLess(before.policies, after.policies, at));
    expect([seed, isFound]).toEqual([seed, isFound || isLess]);
    if (isLess) found++;
  }
  expect(found).toBeGreaterThan(12);
});

/** Said again in other words than the prover's. */
function asksLess(before: readonly Rule[], after: readonly Rule[], at: Circumstances): boolean {
  const [then, now] = [rulingFor(before, at), rulingFor(after, at)];
  if (now.require === 'deny') return false;
  return requirements.indexOf(now.require) < requirements.indexOf(then.require) || now.rememberDays > then.rememberDays;
}

test('a network has a first address, and one that comes after it, unless it ends where all do', () => {
  expect(edgesOf('10.1.2.3/8')).toEqual(['10.0.0.0', '11.0.0.0']);
  expect(edgesOf('0.0.0.0/0')).toEqual(['0.0.0.0']);
  expect(edgesOf('2001:db8::/32')).toEqual(['2001:db8::', '2001:db9::']);
  expect(edgesOf('255.255.255.255/32')).toEqual(['255.255.255.255']);
});
