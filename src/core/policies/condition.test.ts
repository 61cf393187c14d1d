import { describe, expect, test } from 'vitest';
import { type About, type Condition, condition, holds, namedIn } from './condition.ts';

const ann: About = {
  application: 'wiki',
  groups: ['pilots'],
  address: '192.0.2.7',
  owns: [{ method: 'webauthn', traits: ['roaming', 'verifying'] }],
};
const stranger: About = { application: null, groups: [], address: 'unreadable', owns: [] };

describe('each condition holds of whom it says, and of nobody of whom it cannot be told', () => {
  test.each<Condition>([
    { group: 'pilots' },
    { network: '192.0.2.0/24' },
    { application: 'wiki' },
    { owns: 'webauthn' },
    { owns: 'webauthn', with: ['roaming', 'verifying'] },
    { allOf: [{ group: 'pilots' }, { anyOf: [{ owns: 'duo' }, { owns: 'webauthn', with: ['roaming'] }] }] },
  ])('%j', (one) => {
    expect(condition.safeParse(one).success).toBe(true);
    expect([holds(one, ann), holds(one, stranger)]).toEqual([true, false]);
  });

  test.each<Condition>([
    { group: 'others' },
    { network: '10.0.0.0/8' },
    { application: 'vault' },
    { owns: 'webauthn', with: ['roaming', 'synced'] },
    { allOf: [{ group: 'pilots' }, { owns: 'duo' }] },
    { anyOf: [{ group: 'others' }, { owns: 'duo' }] },
    { weather: 'fine' } as never,
  ])('%j does not', (one) => {
    expect(holds(one, ann)).toBe(false);
  });
});

test.each([
  {},
  { allOf: [] },
  { anyOf: [] },
  { group: '' },
  { network: 'home' },
  { network: '0.0.0.0/33' },
  { owns: 'webauthn', with: ['pretty'] },
  { group: 'pilots', application: 'wiki' },
  { weather: 'fine' },
])('%j is no condition', (one) => {
  expect(condition.safeParse(one).success).toBe(false);
});

test('what is named shows, however deep', () => {
  const deep = { allOf: [{ application: 'wiki' }, { anyOf: [{ owns: 'duo' }, { group: 'pilots' }] }] };
  expect(namedIn(deep)).toEqual({ applications: ['wiki'], methods: ['duo'], groups: ['pilots'] });
});
