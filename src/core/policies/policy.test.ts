import { describe, expect, test } from 'vitest';
import { type Circumstances, rulingFor } from './policy.ts';
import { policySettings } from './settings.ts';

const rules = policySettings.parse([
  { name: 'blocked', when: { networks: ['198.51.100.0/24', '2001:db8:bad::/48'] }, require: 'deny' },
  { name: 'ann', when: { people: ['Ann'] }, require: 'phr' },
  { name: 'office', when: { networks: ['10.0.0.0/8'] }, require: 'sfa' },
  { name: 'operators', when: { groups: ['operators'] }, require: 'mfa' },
  { name: 'everybody', require: 'mfa-if-owned' },
]);
const someone: Circumstances = { application: null, username: 'bob', groups: [], address: '203.0.113.7' };
const asked = (more: Partial<Circumstances>) => rulingFor(rules, { ...someone, ...more }).require;

describe('the first rule that matches asks', () => {
  test.each<[string, Partial<Circumstances>, string]>([
    ['nobody in particular', {}, 'mfa-if-owned'],
    ['nobody that we know', { username: null }, 'mfa-if-owned'],
    ['a person, however their name is written', { username: 'ANN' }, 'phr'],
    ['somebody in the office', { address: '10.1.2.3' }, 'sfa'],
    ['the same by the longer form of the address', { address: '::ffff:10.1.2.3' }, 'sfa'],
    ['somebody in a group', { groups: ['staff', 'operators'] }, 'mfa'],
    ['a network that is blocked', { address: '198.51.100.9' }, 'deny'],
    ['the same for who else would have got in', { address: '2001:db8:bad::1', username: 'ann' }, 'deny'],
  ])('%s', (_, more, require) => {
    expect(asked(more)).toBe(require);
  });

  test.each(['unknown', '', '10.1.2.3.4', 'office'])(
    'an address that is none, "%s", is wherever it is strictest',
    (address) => {
      expect(asked({ address })).toBe('deny');
      const open = rules.filter(({ require }) => require !== 'deny');
      expect(rulingFor(open, { ...someone, address }).require).toBe('mfa-if-owned');
      expect(rulingFor(open, { ...someone, address, groups: ['operators'] }).require).toBe('mfa');
    },
  );
});
