import { expect } from 'vitest';
import { type AccountId, findAccountByName } from '../../src/core/accounts/store.ts';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { handOver } from '../../src/proving/handing-over.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, erasePerson, unlockPerson } from '../../src/proving/people.ts';
import { weighSome } from '../../src/proving/weighing.ts';
import { decide } from '../attacks/tools.ts';
import { Browser } from './browser.ts';
import { busyMonth } from './busy-month.ts';
import { password } from './sallyport.ts';
import type { Scenario } from './scenario.ts';
import { type Look, longName, name, submit } from './scenario-tour.ts';
import { codeFor, codeSentTo, setUpAuthenticator, signIn } from './verbs.ts';

/** One that asks us itself, and one behind a proxy. */
export const withApplications = {
  applications: [
    {
      ...{ id: 'tracker', name: 'Tracker', owners: ['newcomer', 'nobody-yet'] },
      redirectUris: ['https://tracker.example.org/callback'],
    },
  ],
  sites: [{ id: 'storeroom', name: 'Storeroom', origin: 'https://storeroom.example.org', rules: [{ require: 'mfa' }] }],
};

/** Looks at everybody, and at one of them; does something to them, and forgets to say why. */
export async function others(scene: Scenario, look: Look): Promise<void> {
  const { page, sallyport } = scene;
  await sallyport.person('newcomer', { email: longName, groups: ['staff', 'people-who-sit-by-the-window'] });
  await sallyport.person('helper', { role: 'help-desk' });
  for (let n = 0; n < 50; n++) await sallyport.person(`person-${n}`);
  const { gate } = sallyport.house;
  const newcomer = (await findAccountByName(gate.database.read, 'newcomer')) ?? expect.fail();
  for (let n = 0; n < 6; n++)
    await gate.database.transaction((tx) =>
      charge(tx, { key: `second:${newcomer.id}`, schedule: 'second' }, gate.clock.now()),
    );
  await sallyport.person('boss', { role: 'system-administrator' });
  const secret = await protectedBy(scene, 'boss');
  await page.goto('/account');
  await look('overview, of whoever has a role', page);
  await dashboard(scene, look);
  await page.goto('/admin/people');
  await look('people', page);
  await page.locator('a[rel="next"]').click();
  await look('people, the last of them', page);
  await page.goto('/admin/people?q=nobody&state=disabled');
  await look('people, nobody', page);
  await handOver(gate, newcomer.id);
  await page.goto(`/admin/people/${newcomer.id}`);
  await look('a person', page);
  await page.goto(`/admin/people/${newcomer.id}/unlock`);
  await look('unlock', page);
  await page.fill('#reason', ' ');
  await submit(page, 'unlock');
  await look('unlock, without a reason', page);
  await temporaryCode(scene, look);
  await readLog(scene, look, newcomer.id);
  await gate.database.transaction(async (tx) => {
    for (const detail of [{}, { excused: true }])
      await addEntry(tx, gate, {
        ...{ event: 'session.started', account: newcomer.id, address: '192.0.2.7' },
        detail: { ways: 'password', application: 'tracker', ...detail },
      });
  });
  await page.goto('/admin/applications');
  await look('applications', page);
  await page.goto('/admin/applications/tracker');
  await look('an application', page);
  await page.goto(`/admin/people/${newcomer.id}/role`);
  await look('role', page);
  await page.selectOption('#role', 'auditor');
  await page.fill('#reason', 'Reads what was done');
  sallyport.clock.pass(minutes(6));
  await submit(page, 'role');
  await look('who wants that', page);
  await page.fill('#code', codeFor(sallyport, secret));
  await submit(page);
  await look('one press is left', page);
}

/** Reads what happened: all of it, one entry whole, of one person, of nobody, and of one whom there is no more. */
async function readLog({ page, sallyport }: Scenario, look: Look, newcomer: AccountId): Promise<void> {
  const { gate } = sallyport.house;
  const gone = await sallyport.person('gone');
  await disablePerson(gate, host, gone);
  await erasePerson(gate, gone);
  await unlockPerson(gate, host, newcomer);
  while ((await sealEntries(gate)) > 0);
  await page.goto('/admin/audit');
  await page.locator('.grave summary').first().click();
  await look('log', page);
  await page.goto(`/admin/audit?person=${newcomer}`);
  await look('log, of a person', page);
  await page.goto(`/admin/audit?person=${gone}&kind=accounts`);
  await look('log, of somebody who was erased', page);
  await page.goto('/admin/audit?person=somebody&kind=keys.rotated&from=2026-01-01');
  await look('log, of nobody', page);
  await page.goto('/admin/audit?kind=keys.rotated');
  await look('log, nothing', page);
}

/** Codes that are kept for bad days are taken no more: who has an app hangs on a phone, and reads it. */
export async function onOneThing(scene: Scenario, look: Look): Promise<void> {
  const { page, sallyport } = scene;
  await sallyport.person('boss', { role: 'system-administrator' });
  await protectedBy(scene, 'boss');
  await decide(sallyport, { name: 'everybody', require: 'mfa-if-owned', methods: { backup: [] } });
  while ((await weighSome(sallyport.house.gate)) > 0);
  await page.goto('/account');
  await look('overview, on one thing', page);
  await page.goto('/account/security');
  await look('ways to sign in, on one thing', page);
  await page.goto('/admin/people?state=hanging');
  await look('people, on one thing', page);
  await page.locator('.people .name a').click();
  await look('a person, on one thing', page);
}

/** On the first day, and after a month in which much happened, with the numbers behind one picture. */
async function dashboard({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await page.goto('/admin');
  await look('dashboard, of a house that is new', page);
  await busyMonth(sallyport);
  await page.goto('/admin');
  await page.locator('summary').first().click();
  await look('dashboard', page);
}

/** Gives somebody a code who forgot their phone, and forgets to type the number first. */
async function temporaryCode({ page, sallyport }: Scenario, look: Look): Promise<void> {
  const caller = await sallyport.person('caller');
  await setUpAuthenticator(
    sallyport,
    await signIn(new Browser(sallyport.app, { host: new URL(page.url()).host }), 'caller'),
  );
  const give = () => page.locator('form[action$="/code"] button[type=submit]').click();
  await page.goto(`/admin/people/${caller}/code`);
  await look('temporary code', page);
  await submit(page, 'code/number');
  await look('temporary code, the number is sent', page);
  await page.fill('#number', '0');
  await page.fill('#reason', 'Left the phone at home');
  await give();
  await look('temporary code, not that number', page);
  await page.fill('#number', await codeSentTo(sallyport, 'caller@example.org'));
  await page.fill('#reason', 'Left the phone at home');
  await give();
  await look('temporary code, to be read out', page);
}

/** Comes in, and sets an authenticator app up. */
export async function protectedBy({ page, sallyport }: Scenario, username: string): Promise<string> {
  await name(page, username);
  await page.fill('#password', password);
  await submit(page);
  await page.goto('/account/security');
  await submit(page, 'totp/set-up');
  const secret = (await page.locator('.secret').textContent())?.replaceAll(' ', '') ?? '';
  await page.fill('#code', codeFor(sallyport, secret));
  await submit(page, 'set-up');
  await page.check('#stored');
  await submit(page, 'set-up');
  return secret;
}
