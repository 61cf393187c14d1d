import { expect } from 'vitest';
import { ledgerScenario, statusOf } from '../support/ledger-scene.ts';
import { heading, signOut, typeCode, typeName, typePassword, withAuthenticator } from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

const rules = [{ paths: ['/books'], require: 'mfa', withinMinutes: 5 }];

ledgerScenario('U-8 A site that knows nothing of us opens to whoever signs in', rules, async (scene) => {
  const { sallyport, page, step, site, ledger } = scene;
  const { secret } = await withAuthenticator(scene, 'ann');
  await signOut(page);

  await step('She goes to the ledger', () => page.goto(`${site}/?month=may`));
  expect(await page.locator('.for').textContent()).toContain('Ledger');
  expect(ledger.arrived).toEqual([]);
  await step('She says who she is', () => typeName(page, 'ann'));
  await step('She types her password', () => typePassword(page));
  await page.waitForURL(`${site}/?month=may`);
  expect(await page.locator('b').textContent()).toBe('ann');

  await step('The books ask for more', () => page.getByRole('link', { name: 'Books' }).click());
  expect(await heading(page)).toBe('Enter the code from your app');
  await step('She types the code', () => typeCode(page, codeFor(sallyport, secret)));
  await page.waitForURL(`${site}/books`);
  expect(ledger.arrived.at(-1)?.headers).toMatchObject({
    'remote-user': 'ann',
    'remote-acr': 'https://refeds.org/profile/mfa',
  });

  sallyport.clock.pass(6 * 60_000);
  await step('Later she opens them again', () => page.goto(`${site}/books`));
  expect(await heading(page)).toBe('Enter the code from your app');
  await typeCode(page, codeFor(sallyport, secret));
  await page.waitForURL(`${site}/books`);

  await step('She signs out', () => signOut(page));
  await step('The ledger asks again', () => page.goto(`${site}/books`));
  expect(await page.getByLabel('Email or username').isVisible()).toBe(true);
});

ledgerScenario('U-8 What a visitor says of themselves does not reach the site', rules, async (scene) => {
  const { sallyport, page, site, ledger, context } = scene;
  await sallyport.person('ann');
  await page.goto(site);
  await typeName(page, 'ann');
  await typePassword(page);
  await page.waitForURL(`${site}/`);
  const lies = {
    'remote-user': 'root',
    remote_user: 'root',
    'remote-groups': 'admins',
    'remote-acr': 'phrh',
    'x-original-url': `${site}/`,
    'x-original-method': 'GET',
    'x-forwarded-uri': '/',
    'x-forwarded-for': '10.0.0.1',
    'x-http-method-override': 'DELETE',
  };
  // Not shared with nginx: names that end where it does.
  const connection = { connection: 'close, Remote-User, Cookie' };

  expect(await statusOf(site, '/', { ...lies, ...connection, cookie: await cookiesAt(site) })).toBe(200);
  const headers = ledger.arrived.find((one) => one.headers['cookie'] === 'theirs=1')?.headers ?? {};
  expect(headers).toMatchObject({ 'remote-user': 'ann', 'remote-acr': 'https://refeds.org/profile/sfa' });
  expect(headers).not.toHaveProperty('remote_user');
  expect(headers).not.toHaveProperty('remote-groups');
  expect(headers).not.toHaveProperty('x-http-method-override');
  expect(headers['x-forwarded-for']).toMatch(/^(127\.0\.0\.1|::1)$/);

  for (const path of ['/books', '/x/../books', '/%62ooks', '//books', '/books;x', '/BOOKS', '/.sallyport/ask'])
    expect([path, await statusOf(site, path, { ...lies, cookie: await cookiesAt(site) })]).toEqual([
      path,
      expect.toSatisfy((status: number) => status >= 300 && status !== 500),
    ]);
  expect(ledger.arrived.filter(({ line }) => /ooks/i.test(line))).toEqual([]);

  async function cookiesAt(url: string): Promise<string> {
    const own = await context.cookies(url);
    return ['theirs=1', ...own.map(({ name, value }) => `${name}=${value}`)].join('; ');
  }
});
