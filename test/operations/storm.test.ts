import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { typeName } from '../support/verbs.ts';

let sallyport: Sallyport;
beforeAll(async () => {
  sallyport = await openSallyport('sqlite', { hashing: { atOnce: 1, waiting: 8 } }, { cost: null });
});
afterAll(() => sallyport.close());

test('more sign-ins than can be hashed: some get in, the rest are asked to come back, and health answers', async () => {
  const people = Array.from({ length: 40 }, (_, n) => `ann-${n}`);
  for (const name of people) await sallyport.person(name);
  const browsers = await Promise.all(people.map((name) => typeName(new Browser(sallyport.app), name)));

  const start = performance.now();
  const storm = browsers.map((browser) => browser.press('Continue', { password: 'correct horse battery staple' }));
  const health = await sallyport.app.inject('/healthz');
  const healthy = performance.now() - start;
  await Promise.all(storm);

  expect(health.statusCode).toBe(200);
  expect(healthy).toBeLessThan(1000);
  const through = browsers.filter(({ url }) => url === '/account');
  const sentAway = browsers.filter(({ response }) => response.statusCode === 503);
  expect(through.length).toBeGreaterThan(0);
  expect(sentAway.length).toBeGreaterThan(0);
  expect(through.length + sentAway.length).toBe(people.length);
  for (const { response } of sentAway) expect(response.headers['retry-after']).toBe('5');

  // Nobody's guess was counted: each gets in at the second try, however often they were sent away.
  for (const browser of sentAway) {
    await browser.visit('/sign-in');
    await typeName(browser, people[browsers.indexOf(browser)] ?? '');
    await browser.press('Continue', { password: 'correct horse battery staple' });
    expect(browser.url).toBe('/account');
  }
});
