import { describe, expect, test } from 'vitest';
import { days, type Instant, minutes, shift } from '../kernel/clock.ts';
import type { Proof } from './assurance.ts';
import { type Demand, gather, type Situation } from './gather.ts';
import { bestOf, strict, today, tomorrow } from './journeys/world.ts';
import { nextStep } from './next-step.ts';

const now = 1_000_000_000_000 as Instant;
const aMomentAgo = shift(now, -minutes(1));
const longAgo = shift(now, -days(20));

const gave = (method: string, at = aMomentAgo): Proof => ({ ...bestOf(method), method, credential: `${method} 1`, at });
const wants = (level: Demand['level'], more: Partial<Demand> = {}): Demand => ({
  level,
  by: 'policy',
  strict: false,
  notBefore: null,
  withoutRecovery: false,
  denied: false,
  ...more,
});

const someone: Situation = {
  identified: true,
  demand: wants(1),
  methods: today.methods,
  owns: ['password'],
  made: [],
  proofs: [],
  blocked: false,
  returning: null,
  offers: [],
  confirms: false,
  preferred: null,
  chosen: null,
  choosing: false,
  wanted: null,
  freshSince: shift(now, -minutes(10)),
};
const facts = (change: Partial<Situation>) => gather({ ...someone, ...change });
const screen = (change: Partial<Situation>) => {
  const { step } = nextStep(facts(change));
  return 'method' in step ? `${step.screen} ${step.method}` : step.screen;
};

describe('before the first proof', () => {
  test('what is asked is what everybody is asked', () => {
    const nobody = { owns: [], demand: wants(2) };
    const somebody = { owns: ['password', 'totp', 'codes'], demand: wants(2), blocked: true };
    expect(facts(nobody).usable).toEqual(['password']);
    expect(facts(somebody)).toMatchObject({ usable: ['password'], spare: [], met: false });
  });
});

describe('where one way is to be the only one', () => {
  const two = { owns: ['password', 'totp', 'key', 'codes'], proofs: [gave('password')], demand: wants(2) };
  test('it is, beside backups, if it leads on', () => {
    expect(facts({ ...two, only: 'totp' })).toMatchObject({ usable: ['totp'], spare: ['codes'] });
    expect(facts({ ...two, only: 'totp', demand: wants(3) }).usable).toEqual(
      facts({ ...two, demand: wants(3) }).usable,
    );
  });
  test('nothing changes before the first proof', () => {
    expect(facts({ ...two, only: 'totp', proofs: [] }).usable).toEqual(['password']);
  });
});

describe('the first second factor', () => {
  test('is set up after the password, where the policy wants two', () => {
    expect(screen({ demand: wants(2), proofs: [gave('password')] })).toBe('enrol totp');
  });
  test('is set up and counts, where an application wants two', () => {
    const demand = wants(2, { by: 'request' });
    expect(screen({ demand, proofs: [gave('password')] })).toBe('enrol totp');
    const made = { owns: ['password', 'totp'], made: ['totp'], proofs: [gave('password'), gave('totp')] };
    expect(screen({ demand, ...made })).toBe('duty');
    expect(screen({ demand, ...made, owns: ['password', 'totp', 'codes'], made: ['totp', 'codes'] })).toBe('done');
  });
  test('wants the password again, when the session is twenty days old', () => {
    expect(screen({ demand: wants(2, { by: 'request' }), proofs: [gave('password', longAgo)] })).toBe('prove password');
  });
  test('is not set up, when it would not be enough', () => {
    expect(screen({ demand: wants(3), proofs: [gave('password')] })).toBe('stuck');
  });
  test('is the one that is enough, be another before it', () => {
    expect(screen({ methods: tomorrow.methods, demand: wants(3), proofs: [gave('password')] })).toBe('choose-new');
  });
});

describe('whoever owns a second factor', () => {
  const owner = { methods: tomorrow.methods, owns: ['password', 'totp', 'codes'] };
  test('proves it before a better one is set up, for the policy', () => {
    expect(screen({ ...owner, demand: wants(3), proofs: [gave('password')] })).toBe('prove totp');
    expect(screen({ ...owner, demand: wants(3), proofs: [gave('password'), gave('totp')] })).toBe('choose-new');
  });
  test('sets up none for a request, and is not asked for what leads nowhere', () => {
    expect(screen({ ...owner, demand: wants(3, { by: 'request' }), proofs: [gave('password')] })).toBe('stuck');
  });
  test('sets up none where theirs is not taken', () => {
    const here = { methods: strict.methods, owns: ['password', 'totp'], demand: wants(3) };
    expect(screen({ ...here, proofs: [gave('password')] })).toBe('stuck');
  });
  test('does not pass with a proof that is not taken here', () => {
    const { reached } = facts({ ...owner, methods: strict.methods, proofs: [gave('password'), gave('totp')] });
    expect(reached).toBe(1);
  });
  test('adds a second of a kind and is not asked again', () => {
    const proofs = [gave('password'), gave('totp'), { ...gave('totp'), credential: 'totp 2' }];
    expect(screen({ ...owner, demand: wants(2, { by: 'request' }), made: ['totp'], wanted: 'totp', proofs })).toBe(
      'done',
    );
  });
});

describe('saved codes', () => {
  const owner = { owns: ['password', 'totp', 'codes'] };
  test('are never the first thing asked', () => {
    const { usable, spare } = facts({ ...owner, demand: wants(2), proofs: [gave('password')] });
    expect([usable, spare]).toEqual([['totp'], ['codes']]);
  });
  test('get in, and take nothing away', () => {
    const proofs = [gave('password'), gave('codes')];
    expect(facts({ ...owner, demand: wants(2), proofs }).reached).toBe(2);
    expect(screen({ ...owner, demand: wants(2, { by: 'request', withoutRecovery: true }), proofs })).toBe('prove totp');
  });
  test('are due again when the last is used, and that one goes on counting', () => {
    const proofs = [gave('password'), gave('codes')];
    const demand = wants(2, { by: 'request' });
    expect(screen({ owns: ['password', 'totp'], demand, proofs })).toBe('duty');
    expect(screen({ ...owner, made: ['codes'], demand, proofs })).toBe('done');
  });
  test('are not due from somebody who has proven but a part of what they own', () => {
    expect(screen({ owns: ['password', 'totp'], proofs: [gave('password')] })).toBe('done');
  });
});

describe('a session from before', () => {
  const owner = { methods: tomorrow.methods, owns: ['password', 'totp', 'passkey'] };
  test('lends its password to a young code', () => {
    const now = wants(2, { notBefore: someone.freshSince });
    const old = [gave('password', longAgo), gave('totp', longAgo)];
    expect(facts({ ...owner, owns: ['password', 'totp'], demand: now, proofs: old }).usable).toEqual(['totp']);
  });
  test('of a passkey that lies at home leaves the password and the app', () => {
    const demand = wants(2, { notBefore: someone.freshSince });
    expect(facts({ ...owner, demand, proofs: [gave('passkey', longAgo)] }).usable).toEqual(['passkey', 'password']);
  });
  test('that ends on the way leaves nobody in by a code alone', () => {
    expect(facts({ ...owner, proofs: [gave('totp')] })).toMatchObject({ met: true, reached: 0 });
  });
});

test('nobody waits for a provider while another way is open, and it is not asked first because it was last time', () => {
  const methods = tomorrow.methods.map((method) => (method.id === 'totp' ? { ...method, down: true } : method));
  const owns = ['password', 'totp', 'key'];
  const second = facts({ methods, owns, proofs: [gave('password')], demand: wants(2), preferred: 'totp' });
  expect([second.usable, second.preferred]).toEqual([['key', 'totp'], null]);
  expect(facts({ methods, owns: ['password', 'totp'], proofs: [gave('password')], demand: wants(2) }).usable).toEqual([
    'totp',
  ]);
});
