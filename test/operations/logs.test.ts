import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openApp, openHouse, openMeans } from '../../src/app.ts';
import { host } from '../../src/proving/office.ts';
import { addPerson, giveLink } from '../../src/proving/people.ts';
import { settings } from '../../src/settings.ts';
import { Browser } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';
import { emptyDatabase } from '../support/databases.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { codeFor, codesShown, secretShown, signIn, typeCode } from '../support/verbs.ts';

const chosen = 'seven quiet herons at dusk';
const wrong = 'seven loud herons at dawn';

test('nothing that was typed, shown or handed out stands in the logs', async () => {
  const lines: string[] = [];
  const clock = testClock();
  const data = mkdtempSync(join(tmpdir(), 'sallyport-logs-'));
  const given = settings.parse({ publicUrl: 'http://localhost:4000', data, logLevel: 'debug' });
  const means = await openMeans(given, { clock, database: await emptyDatabase('sqlite') });
  const house = openHouse(given, means, resolve('dist/assets'));
  const app = await openApp(given, house, [], { log: { write: (line) => void lines.push(line) } });
  const sallyport = { app, house, clock } as Sallyport;

  const person = { username: 'ann-in-the-log', email: 'ann@example.org', name: 'Ann', groups: [] };
  const account = await addPerson(house.gate, host, person);
  if (account === null) throw new Error('taken');
  const token = await giveLink(house.gate, host, { account, method: 'password', lifetime: 60_000, rescue: false });

  const browser = await new Browser(app).visit(`/set-up/${token}`);
  const cookies = new Set<string>();
  const keep = () => {
    for (const value of browser.cookies.values()) cookies.add(value);
  };
  await browser.press('Begin');
  keep();
  await browser.press('Save password', { password: chosen });
  await signIn(browser, 'ann-in-the-log', wrong);
  keep();
  await browser.press('Continue', { password: chosen });
  keep();
  await browser.visit('/account/security');
  await browser.press('Set up: Authenticator app');
  const secret = secretShown(browser);
  const used = codeFor(sallyport, secret);
  await typeCode(browser, '12 34');
  await typeCode(browser, used);
  const backupCodes = codesShown(browser);
  await browser.press('Continue', { stored: 'yes' });
  keep();
  clock.pass(30_000);
  const again = await signIn(new Browser(app), 'ann-in-the-log', chosen);
  await typeCode(again, used);
  await again.press('Try another way');
  await again.press('Backup codes');
  await typeCode(again, backupCodes[0] ?? '');
  for (const value of again.cookies.values()) cookies.add(value);
  // What is malformed is logged most readily.
  await again.send('POST', again.url, `password=${chosen}&password=${chosen}`);
  await again.send('GET', `/sign-in?to=${token}&code=${used}`);
  await again.send('POST', '/sign-in', '%%%', { 'content-type': 'application/json', authorization: `Bearer ${token}` });
  await means.database.close();
  await again.visit('/account');
  expect(again.response.statusCode).toBe(500);
  await app.close();

  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(30);
  expect(log).toContain('"route":"/set-up/:token"');
  expect(log).toContain('unforeseen');
  const secrets = [chosen, wrong, secret, secret.toLowerCase(), used, token, ...backupCodes, ...cookies];
  expect(secrets.length).toBeGreaterThan(24);
  for (const each of secrets.flatMap((one) => [one, one.replaceAll(' ', '+'), one.replaceAll('-', '')]))
    expect([each, log.includes(each)]).toEqual([each, false]);
  expect(log).not.toMatch(/ann-in-the-log|ann@example/);
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
});
