import { describe, expect, test } from 'vitest';
import type { Account } from '../core/accounts/store.ts';
import { type Policy, policyDocument } from '../core/policies/document.ts';
import type { Evidence } from '../flow/assurance.ts';
import { subsets } from '../flow/journeys/subsets.ts';
import type { Credential, CredentialId, Hold } from '../methods/method.ts';
import type { LiveMethod } from './gate.ts';
import { lossesOf, remedyOf } from './hanging.ts';
import { asOwned, type Owned } from './owned.ts';

const proves = (kinds: Evidence['kinds'], more: Partial<Evidence> = {}): Evidence => ({
  kinds,
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: [],
  ...more,
});

/** A method as far as anybody asks here what it is: each hangs on something else, and nothing names a real one. */
const method = (id: string, hangsOn: Hold, given: Partial<LiveMethod>): LiveMethod =>
  ({ id, hangsOn, role: 'second', ...given }) as LiveMethod;

const all = [
  method('word', 'head', { role: 'first', one: true, best: proves(['knowledge']) }),
  method('stick', 'key', { alone: 'anywhere', best: proves(['possession', 'inherence'], { phishingResistant: true }) }),
  method('app', 'phone', { best: proves(['possession']) }),
  method('text', 'phone', { one: true, onlyWhereNamed: true, best: proves(['possession'], { relayed: true }) }),
  method('mail', 'mailbox', { one: true, onlyWhereNamed: true, best: proves(['possession'], { relayed: true }) }),
  method('pets', 'head', { one: true, onlyWhereNamed: true, best: proves(['knowledge'], { standsIn: true }) }),
  method('list', 'paper', { role: 'backup', one: true, best: proves(['possession'], { recovery: true }) }),
];
const gate = { realms: [], methods: new Map(all.map((one) => [one.id, one])) };

const credential = (id: string, more: Partial<Credential> = {}): Credential => ({
  id: id as CredentialId,
  label: null,
  left: null,
  lastUsedAt: null,
  bound: { at: 0 as never, level: 1 },
  ...more,
});
const owning = (...ids: string[]): readonly Owned[] =>
  all.filter(({ id }) => ids.includes(id)).map((one) => asOwned(one, [credential(one.id)]));

const ann = { id: 'ann', username: 'ann', groups: ['staff'], role: null } as unknown as Account;
const rule = (require: string, more: object = {}) => ({ name: 'everybody', require, ...more });
const policy = (...policies: object[]): Policy => policyDocument.parse({ policies });
const everyWay = { methods: { second: ['stick', 'app', 'text', 'mail', 'pets'] } };
const codesToo = { methods: { second: ['stick', 'app', 'text', 'mail', 'pets'], backup: ['list'] } };

const told = ({ policies }: Policy, owned: readonly Owned[]) =>
  lossesOf(gate, policies, { account: ann, owned }).map(({ thing, shuts }) => `${thing.hold}: ${shuts}`);

describe('what somebody must not lose', () => {
  const ifOwned = policy(rule('mfa-if-owned', codesToo));
  test.each<[string, Policy, string[], string[]]>([
    ['a password alone hangs on nothing that can be lost', ifOwned, ['word'], []],
    ['an app, and nothing beside it', ifOwned, ['word', 'app'], ['phone: all']],
    ['two ways on the one phone', ifOwned, ['word', 'app', 'text'], ['phone: all']],
    ['an app and saved codes', ifOwned, ['word', 'app', 'list'], []],
    ['an app and a key', ifOwned, ['word', 'app', 'stick'], []],
    ['codes by mail alone', ifOwned, ['word', 'mail'], ['mailbox: all']],
    ['a key that is a way in by itself', ifOwned, ['stick'], ['key: all']],
    ['what one knows twice', ifOwned, ['word', 'pets'], []],
    ['where one factor is enough, what is beside it', policy(rule('sfa', everyWay)), ['word', 'app'], []],
    [
      'an app and saved codes, where only a key will do',
      policy(rule('phr', codesToo)),
      ['word', 'app', 'stick', 'list'],
      ['key: all'],
    ],
    [
      'what is not taken does not help',
      policy(rule('mfa', { methods: { second: ['app', 'mail'] } })),
      ['word', 'app', 'stick'],
      ['phone: all'],
    ],
    [
      'nobody hangs on anything where they do not get in as it is',
      policy({ name: 'x', when: { people: ['ann'] }, require: 'deny' }, rule('mfa', everyWay)),
      ['word', 'app'],
      [],
    ],
    [
      'one application that asks for a key is not everything',
      policy(
        { ...rule('phr', codesToo), name: 'x', when: { applications: ['vault'] } },
        rule('mfa-if-owned', codesToo),
      ),
      ['word', 'app', 'stick', 'list'],
      ['key: some'],
    ],
    [
      'whoever gets in from the office has a way in',
      policy({ name: 'x', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' }, rule('mfa', everyWay)),
      ['word', 'app'],
      [],
    ],
    [
      'a code besides that only the phone shows',
      policy(rule('sfa', { ...everyWay, confirm: 'each-sign-in' })),
      ['word', 'text'],
      ['phone: all'],
    ],
    [
      'what comes first alone, where the password is enough',
      policy(rule('sfa', { ...everyWay, primary: { methods: ['stick'], only: true } })),
      ['word', 'stick'],
      [],
    ],
    [
      'what comes first alone, with nothing else beside it',
      policy(rule('mfa', { ...everyWay, primary: { methods: ['app'], only: true } })),
      ['word', 'app', 'mail'],
      ['phone: all'],
    ],
  ])('%s', (_, under, owned, losses) => {
    expect(told(under, owning(...owned))).toEqual(losses);
  });

  test('of two keys each may be lost, and of a copy on several devices none is; what is built into a phone goes with it', () => {
    const stick = all.find(({ id }) => id === 'stick') ?? expect.fail();
    const having = (...some: Credential[]) => [...owning('word'), asOwned(stick, some)];
    const under = policy(rule('mfa-if-owned', everyWay));
    expect(told(under, having(credential('a')))).toEqual(['key: all']);
    expect(told(under, having(credential('a'), credential('b')))).toEqual([]);
    expect(told(under, having(credential('a', { hangsOn: 'several' })))).toEqual([]);
    expect(told(under, having(credential('a', { hangsOn: 'device' }), credential('b', { hangsOn: 'device' })))).toEqual(
      [],
    );
    const onPhone = [...owning('word', 'app'), asOwned(stick, [credential('a', { hangsOn: 'phone' })])];
    expect(told(under, onPhone)).toEqual(['phone: all']);
  });

  test('a PIN of one realm does not help at the applications of another', () => {
    const app = all.find(({ id }) => id === 'app') ?? expect.fail();
    const vault = { id: 'vault', name: 'Vault', applications: ['vault'], ownMark: false };
    const owned = [...owning('word', 'stick'), asOwned(app, [credential('pin', { realm: 'vault' })])];
    const { policies } = policy(
      { ...rule('mfa', everyWay), name: 'wiki', when: { applications: ['wiki'] } },
      rule('mfa', everyWay),
    );
    const lost = (realms: readonly (typeof vault)[]) =>
      lossesOf({ ...gate, realms }, policies, { account: ann, owned }).map(
        ({ thing, shuts }) => `${thing.hold}: ${shuts}`,
      );
    expect(lost([vault])).toEqual(['key: some']);
    expect(lost([{ ...vault, id: 'elsewhere' }])).toEqual(['key: some']);
  });

  test('the better of two keys is lost where the other proves too little', () => {
    const stick = all.find(({ id }) => id === 'stick') ?? expect.fail();
    const touched = proves(['possession'], { phishingResistant: true });
    const keys = asOwned(stick, [credential('good'), credential('old', { best: touched })]);
    const [loss] = lossesOf(gate, policy(rule('mfa', everyWay)).policies, { account: ann, owned: [keys] });
    expect([loss?.thing.credential.id, loss?.shuts]).toEqual(['good', 'all']);
    // With the password beside it either will do.
    expect(told(policy(rule('mfa', everyWay)), [...owning('word'), keys])).toEqual([]);
  });
});

const policies: readonly Policy[] = ['sfa', 'mfa-if-owned', 'mfa', 'phr', 'deny'].flatMap((require) =>
  [everyWay, codesToo, { methods: { second: ['app', 'mail'], backup: [] } }, {}].flatMap((ways) =>
    [{}, { confirm: 'each-sign-in' }, { setUp: 'never' }].map((more) => policy(rule(require, { ...ways, ...more }))),
  ),
);
const everybody = policies.flatMap(({ policies: rules }) =>
  subsets(all.map(({ id }) => id)).map((ids) => {
    const somebody = { account: ann, owned: owning(...ids) };
    return { rules, ids, somebody, losses: lossesOf(gate, rules, somebody) };
  }),
);

describe('whatever is owned, under whatever policy', () => {
  test('only what is owned and can be lost is named, and each once', () => {
    for (const { ids, losses } of everybody) {
      expect(new Set(losses.map(({ thing }) => thing.hold)).size).toBe(losses.length);
      for (const { thing } of losses) {
        expect(ids).toContain(thing.method.id);
        expect(['head', 'several']).not.toContain(thing.hold);
      }
    }
  });

  test('what is named as the remedy is theirs to set up, and is one', () => {
    const named = everybody.flatMap(({ losses, ...one }) => losses.map((loss) => ({ ...one, loss })));
    let healed = 0;
    for (const { rules, ids, somebody, loss } of named) {
      const remedy = remedyOf(gate, rules, somebody, loss);
      if (remedy === null) continue;
      const had = owning(...ids).find(({ id }) => id === remedy.id)?.has ?? [];
      const more = [...owning(...ids.filter((id) => id !== remedy.id)), asOwned(remedy, [...had, credential('new')])];
      const after = lossesOf(gate, rules, { account: ann, owned: more }).map(({ thing }) => thing.hold);
      expect([rules[0]?.setUp, remedy.role === 'first', after.includes(loss.thing.hold)]).toEqual([
        'anytime',
        false,
        false,
      ]);
      healed++;
    }
    expect(healed).toBeGreaterThan(100);
  });

  test('nobody loses what they have not: who gets in nowhere hangs on nothing', () => {
    const outside = everybody.filter(
      ({ rules, ids }) => rules[0]?.require === 'deny' || !(ids.includes('word') || ids.includes('stick')),
    );
    expect(outside.length).toBeGreaterThan(100);
    for (const { ids, losses } of outside) expect([ids, losses]).toEqual([ids, []]);
  });
});
