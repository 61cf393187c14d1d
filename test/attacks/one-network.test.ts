import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schedules } from '../../src/core/throttle/schedules.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { begunBudget, networkBudget } from '../../src/proving/budgets.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';
import { isIn, letters, rowsOf } from './tools.ts';

/** So many guesses from one network are looked at in an hour. */
const cap = schedules.network[0]?.from ?? 0;

describe.each(kinds)('many accounts are guessed at from one network, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { trustedProxies: ['127.0.0.0/8'] });
    for (const name of ['ann', 'bob', 'cleo']) await sallyport.person(name);
  });
  afterAll(() => sallyport.close());

  const at = (address: string) => new Browser(sallyport.app, { 'x-forwarded-for': address });
  async function guessed(address: string, times: number): Promise<void> {
    const { database, clock } = sallyport.house.gate;
    await database.transaction(async (tx) => {
      for (let n = 0; n < times; n++) await charge(tx, networkBudget(address, clock.now()), clock.now());
    });
  }
  const wrong = (address: string, n: number) => signIn(at(address), `nobody-${n}`, 'a password of a list');

  test('after so many the next is not looked at, whoever it is for; elsewhere and an hour later it is', async () => {
    await guessed('198.51.100.7', cap - 1);
    await wrong('198.51.100.8', 1);
    expect(await isIn(await signIn(at('198.51.100.9'), 'ann'))).toBe(false);
    expect(await isIn(await signIn(at('203.0.113.9'), 'ann'))).toBe(true);
    sallyport.clock.pass(3_600_000);
    await wrong('198.51.100.8', 2);
    expect(await isIn(await signIn(at('198.51.100.9'), 'ann'))).toBe(true);
  });

  test('whoever signed in there before is not troubled by what others behind the same line do', async () => {
    const known = await signIn(at('192.0.2.5'), 'bob');
    known.cookies.delete('__Host-session');
    await guessed('192.0.2.6', cap);
    expect(await isIn(await signIn(at('192.0.2.5'), 'bob'))).toBe(false);
    expect(await isIn(await signIn(known, 'bob'))).toBe(true);
  });

  test('with an account of one’s own nobody buys more guesses', async () => {
    expect(await isIn(await signIn(at('2001:db8::1'), 'cleo'))).toBe(true);
    await guessed('2001:db8:0:0:1::1', cap - 2);
    expect(await isIn(await signIn(at('2001:db8::2'), 'cleo'))).toBe(true);
    await wrong('2001:db8::3', 1);
    await wrong('2001:db8::4', 2);
    expect(await isIn(await signIn(at('2001:db8::5'), 'cleo'))).toBe(false);
  });

  test('a few guesses at each of many accounts are written down and told to administrators, once', async () => {
    await sallyport.person('chief', { role: 'system-administrator' });
    for (let n = 0; n < 52; n++) {
      await sallyport.person(`many-${n}`);
      await signIn(at(`192.0.2.${n}`), `many-${n}`, 'a password of a list');
    }
    expect((await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'guessing.spread')).toHaveLength(1);
    expect((await letters(sallyport, 'chief@example.org')).length).toBe(1);
  });
});

/** So many sign-ins are begun by newcomers from one network in ten minutes. */
const most = (schedules.begun[0]?.from ?? 0) - 1;

describe.each(kinds)('sign-in pages are opened without end from one network, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { trustedProxies: ['127.0.0.0/8'] });
    await sallyport.person('ann');
  });
  afterAll(() => sallyport.close());

  const at = (address: string) =>
    new Browser(sallyport.app, { 'x-forwarded-for': address, accept: 'text/html', 'accept-language': 'en' });
  async function begun(address: string, times: number): Promise<void> {
    const { database, clock } = sallyport.house.gate;
    await database.transaction(async (tx) => {
      for (let n = 0; n < times; n++) await charge(tx, begunBudget(address, clock.now()), clock.now());
    });
  }

  test('the last one is still served, the next is told when to come again, and no row is written for it', async () => {
    await begun('198.51.100.7', most - 1);
    expect((await at('198.51.100.8').visit('/sign-in')).response.statusCode).toBe(200);
    await begun('198.51.100.7', 1);
    const before = await rowsOf(sallyport, 'attempt');
    const { response, title } = await at('198.51.100.9').visit('/sign-in');
    expect([response.statusCode, response.headers['retry-after'], title]).toEqual([
      429,
      '600',
      'Very many people come from where you are',
    ]);
    expect(await rowsOf(sallyport, 'attempt')).toEqual(before);
    expect((await at('203.0.113.9').visit('/sign-in')).response.statusCode).toBe(200);
    sallyport.clock.pass(600_000);
    expect((await at('198.51.100.9').visit('/sign-in')).response.statusCode).toBe(200);
  });

  test('whoever signed in there before comes in all the same', async () => {
    const known = await signIn(at('192.0.2.5'), 'ann');
    known.cookies.delete('__Host-session');
    await begun('192.0.2.6', most + 1);
    expect((await at('192.0.2.5').visit('/sign-in')).response.statusCode).toBe(429);
    expect(await isIn(await signIn(known, 'ann'))).toBe(true);
  });
});
