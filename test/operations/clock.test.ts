import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchClock } from '../../src/upkeep.ts';
import { Browser } from '../support/browser.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

let sallyport: Sallyport;
beforeAll(async () => {
  sallyport = await openSallyport('postgres');
});
afterAll(() => sallyport.close());

test('a clock that is off from the database’s is noticed', async () => {
  const { gate } = sallyport.house;
  const told: number[] = [];
  const ahead = { ...gate, clock: { now: () => (Date.now() + 10_000) as never } };
  await watchClock(ahead, (seconds) => told.push(seconds));
  expect(Math.round(told[0] ?? 0)).toBe(-10);
  expect(gate.skew.worthTelling).toBe(true);
  expect(gate.skew.tooFar).toBe(false);
  await watchClock({ ...gate, clock: { now: () => Date.now() as never } }, (seconds) => told.push(seconds));
  expect(told).toHaveLength(1);
});

test('while it is off by more than a code lives, codes get "come back", and no guess is counted', async () => {
  await sallyport.person('ann');
  const { secret, backupCodes } = await setUpAuthenticator(sallyport, await signIn(new Browser(sallyport.app), 'ann'));
  const browser = await signIn(new Browser(sallyport.app), 'ann');
  const asked = browser.url;
  sallyport.house.gate.skew.milliseconds = 31_000;
  for (let n = 0; n < 8; n++) {
    await browser.visit(asked);
    await typeCode(browser, codeFor(sallyport, secret));
    expect([browser.response.statusCode, browser.response.headers['retry-after']]).toEqual([503, '5']);
  }
  // What does not rest on the time still serves.
  await browser.visit(asked);
  await browser.press('Try another way');
  await browser.press('Backup codes');
  await typeCode(browser, backupCodes[0] ?? '');
  expect(browser.url).toBe('/account');

  sallyport.house.gate.skew.milliseconds = 0;
  const later = await signIn(new Browser(sallyport.app), 'ann');
  await typeCode(later, codeFor(sallyport, secret));
  expect(later.url).toBe('/account');
});
