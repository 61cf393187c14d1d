import { describe, expect, test } from 'vitest';
import { type Offering, offersPasskey, type Somebody, upgradesPasskey } from './offering.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const pilot: Somebody = {
  account: 'a-pilot',
  agent: firefox,
  application: 'wiki',
  groups: ['pilots'],
  address: '192.0.2.7',
  owns: [],
};

describe('a passkey is offered to whom the rule says', () => {
  test.each<[Offering, boolean]>([
    [{ offer: true }, true],
    [{}, false],
    [{ offer: true, when: { group: 'pilots' } }, true],
    [{ offer: true, when: { network: '10.0.0.0/8' } }, false],
    [{ offer: true, browsers: ['Chrome', 'Firefox'] }, true],
    [{ offer: true, browsers: ['Safari'] }, false],
    [{ offer: true, systems: ['Linux'] }, true],
    [{ offer: true, systems: ['Windows', 'macOS'] }, false],
    [{ offer: true, browsers: ['Firefox'], systems: ['Windows'] }, false],
    [{ offer: true, percent: 100 }, true],
    [{ offer: true, percent: 0 }, false],
  ])('%j: %s', (rule, offered) => expect(offersPasskey([rule], pilot)).toBe(offered));

  test('and to nobody whom another rule for one of their groups says no to', () => {
    expect(offersPasskey([{ offer: true }, {}], pilot)).toBe(true);
    expect(offersPasskey([{ offer: true }, { offer: false }], pilot)).toBe(false);
    expect(offersPasskey([{ offer: true }, { systems: ['iOS'] }], pilot)).toBe(false);
    expect(upgradesPasskey([{ upgrade: true }, { upgrade: false }])).toBe(false);
  });

  test('a browser that does not say what it is, is none of those that are named', () => {
    expect(offersPasskey([{ offer: true, browsers: ['Firefox'] }], { ...pilot, agent: '' })).toBe(false);
  });
});

test('so many of a hundred are always the same, and stay when it grows', () => {
  const people = Array.from({ length: 2000 }, (_, n) => ({ ...pilot, account: `account-${n}` }));
  const offered = (percent: number) =>
    new Set(people.filter((one) => offersPasskey([{ offer: true, percent }], one)).map(({ account }) => account));
  const [some, more] = [offered(10), offered(25)];
  expect(some.size).toBeGreaterThan(150);
  expect(some.size).toBeLessThan(250);
  expect([...some].every((account) => more.has(account))).toBe(true);
});
